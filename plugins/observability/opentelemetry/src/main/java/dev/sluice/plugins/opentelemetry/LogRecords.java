package dev.sluice.plugins.opentelemetry;

import dev.sluice.api.LogLine;
import dev.sluice.plugins.tracing.Hex;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.sdk.resources.Resource;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;

import static io.opentelemetry.api.common.AttributeKey.stringKey;

/** Lines of the log in OpenTelemetry's form. */
final class LogRecords {

  private static final AttributeKey<String> LOGGER = stringKey("logger.name");
  private static final AttributeKey<String> THREAD = stringKey("thread.name");
  private static final AttributeKey<String> REQUEST = stringKey("request.id");
  private static final AttributeKey<String> TYPE = stringKey("exception.type");
  private static final AttributeKey<String> MESSAGE = stringKey("exception.message");
  private static final AttributeKey<String> STACK = stringKey("exception.stacktrace");
  private static final long SECOND = 1_000_000_000L;

  private LogRecords() {}

  /**
   * A line that nobody tells of yet.
   *
   * @param request the id of the request that it is about; empty when there is none
   * @param trace the trace of that request; null when it is not known
   */
  static WrittenLine of(LogLine line, String request, RequestTrace trace) {
    AttributesBuilder attributes = Attributes.builder().put(LOGGER, line.logger()).put(THREAD, line.thread());
    if (!request.isEmpty()) {
      attributes.put(REQUEST, request);
    }
    line.thrown().ifPresent(thrown -> thrown(attributes, thrown));
    return new WrittenLine(
        Resource.empty(),
        nanos(line.at()),
        trace == null ? SpanContext.getInvalid() : span(trace),
        severity(line),
        line.level().name(),
        line.message(),
        attributes.build());
  }

  private static SpanContext span(RequestTrace trace) {
    return SpanContext.create(
        trace.id().wideHex(),
        Hex.of(trace.root()),
        trace.sampled() ? TraceFlags.getSampled() : TraceFlags.getDefault(),
        TraceState.getDefault());
  }

  private static void thrown(AttributesBuilder attributes, Throwable thrown) {
    StringWriter stack = new StringWriter();
    thrown.printStackTrace(new PrintWriter(stack));
    attributes
        .put(TYPE, thrown.getClass().getName())
        .put(MESSAGE, String.valueOf(thrown.getMessage()))
        .put(STACK, stack.toString());
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * SECOND + at.getNano();
  }

  private static Severity severity(LogLine line) {
    return switch (line.level()) {
      case TRACE -> Severity.TRACE;
      case DEBUG -> Severity.DEBUG;
      case INFO -> Severity.INFO;
      case WARN -> Severity.WARN;
      case ERROR -> Severity.ERROR;
    };
  }
}
