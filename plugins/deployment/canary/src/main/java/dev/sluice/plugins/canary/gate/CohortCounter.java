package dev.sluice.plugins.canary.gate;

import java.util.Arrays;
import java.util.concurrent.atomic.LongAdder;

/** Counts the requests of one cohort on this node. Safe for all threads; it neither locks nor, as a rule, allocates. */
public final class CohortCounter {

  private static final long MICRO = 1000;

  private final LongAdder errors = new LongAdder();
  private final LongAdder[] latencies = new LongAdder[LatencyScale.SIZE];

  /** One that has counted nothing. */
  public CohortCounter() {
    Arrays.setAll(latencies, bucket -> new LongAdder());
  }

  /**
   * Counts a request that has ended, for whatever its cohort is to blame or to thank; not one whose client went away.
   *
   * @param error whether it failed
   * @param latencyNanos how long it took
   */
  public void count(boolean error, long latencyNanos) {
    latencies[LatencyScale.bucket(latencyNanos / MICRO)].increment();
    if (error) {
      errors.increment();
    }
  }

  /** What has been counted so far. */
  public Cohort snapshot() {
    // First the errors: each was counted after its request, so there are never more of them.
    long failed = errors.sum();
    return new Cohort(failed, Arrays.stream(latencies).mapToLong(LongAdder::sum).toArray());
  }
}
