package dev.sluice.plugins.canary.gate;

/**
 * Evidence that the canary's p99 is longer than so many times the control's. Were the control's p99 some latency, at
 * least 1 % of its requests would take as long, and at most 1 % of the canary's longer than so many times that: bets
 * against both multiply, and of all latencies the one that explains both cohorts best decides. Within buckets the
 * canary has the benefit of the doubt.
 */
final class P99s {

  private static final double SLOWEST = 0.01;

  private P99s() {}

  /**
   * The logarithm of the evidence.
   *
   * @param requests of the canary, at least as many as were counted
   * @param ratio what is allowed
   */
  static double evidence(Cohort canary, long requests, Cohort control, double ratio) {
    long[] canaryFrom = canary.atLeast();
    long[] controlFrom = control.atLeast();
    double least = Double.POSITIVE_INFINITY;
    long slower = -1;
    long controls = -1;
    for (int bucket = 0; bucket < LatencyScale.SIZE; bucket++) {
      long slowerHere = canaryFrom[LatencyScale.from(ratio * LatencyScale.low(bucket + 1))];
      if (slowerHere != slower || controlFrom[bucket] != controls) {
        slower = slowerHere;
        controls = controlFrom[bucket];
        least = Math.min(
            least, Bets.more(slower, requests, SLOWEST) + Bets.fewer(controls, control.requests(), SLOWEST));
      }
    }
    return least;
  }
}
