package dev.sluice.plugins.canary.gate;

/** One cohort of a simulation, growing. */
final class Arm {

  private final long[] latencies = new long[LatencyScale.SIZE];
  private long requests;
  private long errors;

  /** Adds requests that all took 50 ms. */
  Arm add(long more, long failed) {
    return add(more, failed, 50);
  }

  /** Adds requests that all took as long. */
  Arm add(long more, long failed, long millis) {
    requests += more;
    errors += failed;
    latencies[LatencyScale.bucket(millis * 1000)] += more;
    return this;
  }

  /** Adds a request. */
  void took(long micros, boolean failed) {
    requests++;
    errors += failed ? 1 : 0;
    latencies[LatencyScale.bucket(micros)]++;
  }

  long requests() {
    return requests;
  }

  long errors() {
    return errors;
  }

  Cohort cohort() {
    return new Cohort(errors, latencies.clone());
  }
}
