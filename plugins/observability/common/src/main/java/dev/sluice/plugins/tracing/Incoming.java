package dev.sluice.plugins.tracing;

import java.util.Optional;

/**
 * What a request has brought along of a trace.
 *
 * @param format how it was written; empty when nothing was found
 * @param traceId the trace; empty when only a decision was found
 * @param spanId the span that the request is part of; 0 when it is not known
 * @param parentId the parent of that span; 0 when it is not known
 * @param sampling what has been decided
 */
public record Incoming(
    Optional<Format> format, Optional<TraceId> traceId, long spanId, long parentId, Sampling sampling) {

  /** Nothing was found. */
  public static final Incoming NONE = new Incoming(Optional.empty(), Optional.empty(), 0, 0, Sampling.UNDECIDED);

  static Incoming of(Format format, TraceId traceId, long spanId, long parentId, Sampling sampling) {
    return new Incoming(Optional.of(format), Optional.of(traceId), spanId, parentId, sampling);
  }

  /** A decision without a trace. */
  static Incoming of(Format format, Sampling sampling) {
    return sampling == Sampling.UNDECIDED ? NONE : new Incoming(Optional.of(format), Optional.empty(), 0, 0, sampling);
  }

  /** The span that one in this process descends from; 0 when there is none. */
  public long parentOfOurs() {
    return traceId.isPresent() ? spanId : 0;
  }

  /** Whether the trace is recorded, when nobody has decided by that share of all. */
  public boolean sampled(double rate) {
    return switch (sampling) {
      case UNDECIDED -> Ids.chance(rate);
      case NO -> false;
      case YES, DEBUG -> true;
    };
  }
}
