package dev.sluice.plugins.opentelemetry;

import dev.sluice.api.LogLine;
import io.opentelemetry.proto.common.v1.AnyValue;
import io.opentelemetry.proto.logs.v1.LogRecord;
import io.opentelemetry.proto.logs.v1.SeverityNumber;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;

/** Lines of the log in OpenTelemetry's form. */
final class LogRecords {

  private static final long SECOND = 1_000_000_000L;
  private static final int SAMPLED = 1;

  private LogRecords() {}

  /**
   * A line.
   *
   * @param request the id of the request that it is about; empty when there is none
   * @param trace the trace of that request; null when it is not known
   */
  static LogRecord of(LogLine line, String request, RequestTrace trace) {
    LogRecord.Builder out = LogRecord.newBuilder()
        .setTimeUnixNano(nanos(line.at()))
        .setObservedTimeUnixNano(nanos(line.at()))
        .setSeverityNumber(severity(line))
        .setSeverityText(line.level().name())
        .setBody(AnyValue.newBuilder().setStringValue(line.message()))
        .addAttributes(Attributes.text("logger.name", line.logger()))
        .addAttributes(Attributes.text("thread.name", line.thread()));
    if (!request.isEmpty()) {
      out.addAttributes(Attributes.text("request.id", request));
    }
    line.thrown().ifPresent(thrown -> thrown(out, thrown));
    if (trace != null) {
      out.setTraceId(Bytes.of(trace.id())).setSpanId(Bytes.of(trace.root())).setFlags(trace.sampled() ? SAMPLED : 0);
    }
    return out.build();
  }

  private static void thrown(LogRecord.Builder out, Throwable thrown) {
    StringWriter stack = new StringWriter();
    thrown.printStackTrace(new PrintWriter(stack));
    out.addAttributes(Attributes.text("exception.type", thrown.getClass().getName()))
        .addAttributes(Attributes.text("exception.message", String.valueOf(thrown.getMessage())))
        .addAttributes(Attributes.text("exception.stacktrace", stack.toString()));
  }

  private static long nanos(Instant at) {
    return at.getEpochSecond() * SECOND + at.getNano();
  }

  private static SeverityNumber severity(LogLine line) {
    return switch (line.level()) {
      case TRACE -> SeverityNumber.SEVERITY_NUMBER_TRACE;
      case DEBUG -> SeverityNumber.SEVERITY_NUMBER_DEBUG;
      case INFO -> SeverityNumber.SEVERITY_NUMBER_INFO;
      case WARN -> SeverityNumber.SEVERITY_NUMBER_WARN;
      case ERROR -> SeverityNumber.SEVERITY_NUMBER_ERROR;
    };
  }
}
