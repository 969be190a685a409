package dev.sluice.plugins.opentelemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.Value;
import io.opentelemetry.api.logs.Severity;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.logs.data.Body;
import io.opentelemetry.sdk.logs.data.LogRecordData;
import io.opentelemetry.sdk.resources.Resource;

/**
 * A line of the log, as the SDK sees it.
 *
 * @param resource who tells of it
 * @param at nanoseconds since 1970
 * @param span the span of the request that it is about; the invalid one when there is none
 * @param severity how bad it is
 * @param level the same in the node's words
 * @param message what it says
 * @param attributes what else is known
 */
record WrittenLine(
    Resource resource,
    long at,
    SpanContext span,
    Severity severity,
    String level,
    String message,
    Attributes attributes) implements LogRecordData {

  /** The same line, told by another one. */
  WrittenLine by(Resource teller) {
    return new WrittenLine(teller, at, span, severity, level, message, attributes);
  }

  @Override
  public Resource getResource() {
    return resource;
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return Exports.SCOPE;
  }

  @Override
  public long getTimestampEpochNanos() {
    return at;
  }

  @Override
  public long getObservedTimestampEpochNanos() {
    return at;
  }

  @Override
  public SpanContext getSpanContext() {
    return span;
  }

  @Override
  public Severity getSeverity() {
    return severity;
  }

  @Override
  public String getSeverityText() {
    return level;
  }

  @Override
  public Value<?> getBodyValue() {
    return Value.of(message);
  }

  @Override
  @Deprecated
  public Body getBody() {
    return Body.string(message);
  }

  @Override
  public Attributes getAttributes() {
    return attributes;
  }

  @Override
  public int getTotalAttributeCount() {
    return attributes.size();
  }
}
