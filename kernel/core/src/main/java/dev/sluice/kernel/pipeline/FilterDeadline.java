package dev.sluice.kernel.pipeline;

import dev.sluice.kernel.snapshot.FilterInstance;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends a request whose filter does not go on: a future that never completes must not hold its place for ever. */
public final class FilterDeadline extends Deadlines.Timed {

  private static final Logger log = LoggerFactory.getLogger(FilterDeadline.class);

  private final Exchange exchange;
  private final FilterInstance filter;

  private FilterDeadline(Exchange exchange, FilterInstance filter) {
    this.exchange = exchange;
    this.filter = filter;
  }

  /** Begins to watch a filter that has not gone on at once; to be forgotten when it does. */
  public static FilterDeadline watch(Exchange exchange, FilterInstance filter) {
    FilterDeadline deadline = new FilterDeadline(exchange, filter);
    long millis = exchange.loop().settings().filterMillis();
    if (millis > 0) {
      deadline.deadline(System.nanoTime(), millis);
      exchange.loop().deadlines().watch(deadline);
    }
    return deadline;
  }

  @Override
  protected void expired() {
    if (!Responses.ended(exchange)) {
      log.error("request {}: plugin {} did not go on in phase {}", exchange.id(), filter, exchange.phase());
      exchange.closeAfter();
      Responses.gatewayError(exchange, 504, ErrorBodies.text(504));
    }
  }
}
