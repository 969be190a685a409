package dev.sluice.plugins.tracing;

/**
 * What the upstream is told of a trace.
 *
 * @param traceId the trace
 * @param spanId the span that the upstream's descend from
 * @param parentId the parent of that span; 0 when there is none
 * @param sampling whether the trace is recorded
 */
public record Outgoing(TraceId traceId, long spanId, long parentId, Sampling sampling) {

  boolean sampled() {
    return sampling == Sampling.YES || sampling == Sampling.DEBUG;
  }

  /** The digit that most formats tell it by. */
  char flag() {
    return sampled() ? '1' : '0';
  }
}
