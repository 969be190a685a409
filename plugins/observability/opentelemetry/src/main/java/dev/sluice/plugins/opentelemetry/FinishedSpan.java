package dev.sluice.plugins.opentelemetry;

import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.sdk.common.InstrumentationLibraryInfo;
import io.opentelemetry.sdk.common.InstrumentationScopeInfo;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.data.EventData;
import io.opentelemetry.sdk.trace.data.LinkData;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.data.StatusData;
import java.util.List;

/**
 * A span that is over, as the SDK sees it.
 *
 * @param resource who tells of it
 * @param name what it is a span of
 * @param kind on which side of a call it is
 * @param context the span
 * @param parent the span that it descends from; the invalid one when there is none
 * @param begun nanoseconds since 1970
 * @param ended nanoseconds since 1970
 * @param attributes what else is known
 * @param status whether it failed
 */
record FinishedSpan(
    Resource resource,
    String name,
    SpanKind kind,
    SpanContext context,
    SpanContext parent,
    long begun,
    long ended,
    Attributes attributes,
    StatusData status) implements SpanData {

  @Override
  public String getName() {
    return name;
  }

  @Override
  public SpanKind getKind() {
    return kind;
  }

  @Override
  public SpanContext getSpanContext() {
    return context;
  }

  @Override
  public SpanContext getParentSpanContext() {
    return parent;
  }

  @Override
  public StatusData getStatus() {
    return status;
  }

  @Override
  public long getStartEpochNanos() {
    return begun;
  }

  @Override
  public long getEndEpochNanos() {
    return ended;
  }

  @Override
  public boolean hasEnded() {
    return true;
  }

  @Override
  public Attributes getAttributes() {
    return attributes;
  }

  @Override
  public int getTotalAttributeCount() {
    return attributes.size();
  }

  @Override
  public List<EventData> getEvents() {
    return List.of();
  }

  @Override
  public int getTotalRecordedEvents() {
    return 0;
  }

  @Override
  public List<LinkData> getLinks() {
    return List.of();
  }

  @Override
  public int getTotalRecordedLinks() {
    return 0;
  }

  @Override
  public InstrumentationScopeInfo getInstrumentationScopeInfo() {
    return Exports.SCOPE;
  }

  @Override
  @Deprecated
  public InstrumentationLibraryInfo getInstrumentationLibraryInfo() {
    return InstrumentationLibraryInfo.create(Exports.SCOPE.getName(), Exports.SCOPE.getVersion());
  }

  @Override
  public Resource getResource() {
    return resource;
  }
}
