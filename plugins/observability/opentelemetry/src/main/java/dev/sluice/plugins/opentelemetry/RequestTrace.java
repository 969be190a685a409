package dev.sluice.plugins.opentelemetry;

import dev.sluice.plugins.tracing.Ids;
import dev.sluice.plugins.tracing.Incoming;
import dev.sluice.plugins.tracing.Outgoing;
import dev.sluice.plugins.tracing.Sampling;
import dev.sluice.plugins.tracing.TraceId;

/** What is known of the trace of one request. Immutable. */
final class RequestTrace {

  private final Tracer owner;
  private final Instrumentations on;
  private final Incoming from;
  private final TraceId id;
  private final boolean sampled;
  private final boolean recorded;
  private final long root = Ids.span();
  private final long attempt;

  RequestTrace(Tracer owner, Instrumentations on, Incoming from, double rate) {
    this.owner = owner;
    this.on = on;
    this.from = from;
    this.id = from.traceId().orElseGet(() -> Ids.trace(true));
    // Who records nothing decides nothing: what others have decided goes on.
    this.sampled = from.sampled(on.on() ? rate : 0);
    this.recorded = sampled && on.on();
    this.attempt = on.balancer() ? Ids.span() : root;
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

  /** Whether spans of the request are told of. */
  boolean recorded() {
    return recorded;
  }

  boolean sampled() {
    return sampled;
  }

  /** The span of the request. */
  long root() {
    return root;
  }

  /** The parent of the span of the request; 0 when there is none. */
  long parent() {
    return from.parentOfOurs();
  }

  /** The parent of the spans of attempts; 0 when there is none. */
  long parentOfAttempts() {
    return on.request() ? root : parent();
  }

  /** The span of the attempt that gets an answer: the one that the upstream was told of. */
  long attempt() {
    return attempt;
  }

  /** What the upstream is told. */
  Outgoing outgoing() {
    Sampling told = !sampled ? Sampling.NO : from.sampling() == Sampling.DEBUG ? Sampling.DEBUG : Sampling.YES;
    return new Outgoing(id, attempt, on.balancer() ? parentOfAttempts() : parent(), told);
  }
}
