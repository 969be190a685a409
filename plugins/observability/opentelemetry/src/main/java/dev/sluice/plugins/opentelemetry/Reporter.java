package dev.sluice.plugins.opentelemetry;

import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.logging.BatchQueue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.trace.v1.Span;
import java.util.Optional;

/**
 * Puts what is to be told of a request into the queues of one configuration.
 *
 * @param spans makes spans
 * @param traces where spans wait; empty when nobody wants them
 * @param lines the lines of the log
 * @param logs where lines wait; empty when nobody wants them
 */
record Reporter(
    Spans spans, Optional<BatchQueue<Span>> traces, LogLines lines, Optional<BatchQueue<LogRecord>> logs) {

  /** A request has begun. */
  void begun(RequestContext context, RequestTrace trace) {
    if (logs.isPresent()) {
      lines.begun(context.id(), trace);
    }
  }

  /** A request has ended. */
  void ended(RequestContext context, RequestTrace trace) {
    if (traces.isPresent() && trace.recorded()) {
      spans.of(context, trace).forEach(traces.get()::add);
    }
    if (logs.isPresent()) {
      lines.ended(context.id());
      lines.drain(logs.get()::add);
    }
  }
}
