package dev.sluice.plugins.zipkin;

import dev.sluice.plugins.tracing.Format;
import dev.sluice.plugins.tracing.Ids;
import dev.sluice.plugins.tracing.Incoming;
import dev.sluice.plugins.tracing.Outgoing;
import dev.sluice.plugins.tracing.Sampling;
import dev.sluice.plugins.tracing.TraceId;

/** What is known of the trace of one request. Of the event loop of the request. */
final class ZipkinTrace {

  private static final long NEVER = -1;

  private final Tracer owner;
  private final Incoming from;
  private final TraceId id;
  private final boolean sampled;
  private final long requestSpan;
  private final long proxySpan = Ids.span();
  private long access = NEVER;
  private long header = NEVER;

  ZipkinTrace(Tracer owner, Incoming from, boolean wide, double ratio) {
    this.owner = owner;
    this.from = from;
    this.id = from.traceId().orElseGet(() -> Ids.trace(wide));
    this.sampled = from.sampled(ratio);
    this.requestSpan = joins() ? from.spanId() : Ids.span();
  }

  /** With B3 the span that the client has begun is the server's as well: both tell their sides of it. */
  private boolean joins() {
    boolean b3 = from.format().filter(format -> format == Format.B3 || format == Format.B3_SINGLE).isPresent();
    return b3 && from.parentOfOurs() != 0;
  }

  boolean isOf(Tracer tracer) {
    return owner.equals(tracer);
  }

  Incoming from() {
    return from;
  }

  TraceId id() {
    return id;
  }

  boolean sampled() {
    return sampled;
  }

  /** Whether the span of the request is one that the client has begun. */
  boolean shared() {
    return joins();
  }

  long requestSpan() {
    return requestSpan;
  }

  /** The parent of the span of the request; 0 when there is none. */
  long requestParent() {
    return joins() ? from.parentId() : from.parentOfOurs();
  }

  long proxySpan() {
    return proxySpan;
  }

  /** What the upstream is told: its spans descend from that of the proxy. */
  Outgoing outgoing() {
    Sampling told = !sampled ? Sampling.NO : from.sampling() == Sampling.DEBUG ? Sampling.DEBUG : Sampling.YES;
    return new Outgoing(id, proxySpan, requestSpan, told);
  }

  void accessAt(long nanos) {
    access = nanos;
  }

  void headerAt(long nanos) {
    header = nanos;
  }

  /** When the phase ACCESS began, in nanoseconds since the head of the request; -1 when it did not. */
  long access() {
    return access;
  }

  /** When the phase HEADER_FILTER began, likewise. */
  long header() {
    return header;
  }
}
