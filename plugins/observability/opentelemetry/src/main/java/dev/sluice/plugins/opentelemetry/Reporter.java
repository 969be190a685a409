package dev.sluice.plugins.opentelemetry;

import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.logging.BatchQueue;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Optional;

/**
 * Puts what is to be told of a request into the queues of one configuration.
 *
 * @param resource who tells
 * @param spans makes spans
 * @param traces where spans wait; empty when nobody wants them
 * @param lines the lines of the log
 * @param logs where lines wait; empty when nobody wants them
 */
record Reporter(
    Resource resource,
    Spans spans,
    Optional<BatchQueue<SpanData>> traces,
    LogLines lines,
    Optional<BatchQueue<LogRecordData>> logs) {

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
      lines.drain(line -> logs.get().add(line.by(resource)));
    }
  }
}
