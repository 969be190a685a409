package dev.sluice.plugins.opentelemetry;

import dev.sluice.api.LogLine;
import dev.sluice.plugins.tracing.Ids;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Span.SpanKind;
import io.opentelemetry.proto.trace.v1.Status;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.event.Level;

/** Has the library load its classes, which takes longer than an event loop may be kept. */
final class WarmUp {

  private WarmUp() {}

  /** Writes one of everything. */
  static void run(Exports exports) {
    Span span = Span.newBuilder()
        .setTraceId(Bytes.of(Ids.trace(true)))
        .setSpanId(Bytes.of(Ids.span()))
        .setKind(SpanKind.SPAN_KIND_SERVER)
        .setStatus(Status.newBuilder().setCode(Status.StatusCode.STATUS_CODE_ERROR))
        .addAttributes(Attributes.text("text", "text"))
        .addAttributes(Attributes.number("number", 1))
        .build();
    exports.traces(List.of(span));
    LogLine line = new LogLine(Instant.EPOCH, Level.INFO, "logger", "thread", "message", Optional.empty());
    exports.logs(List.of(LogRecords.of(line, "", null)));
  }
}
