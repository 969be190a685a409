package dev.sluice.plugins.canary.gate;

import java.util.OptionalDouble;

/**
 * What a gate allows.
 *
 * @param intervalSeconds how often it is looked at; the guarantee holds for any interval
 * @param minRequests of the canary: before so many nothing is concluded, unless so many have failed already that the
 *     rest of them could not change it; of the control as many are wanted before anything passes
 * @param maxErrorRateDelta by how much the canary's error rate may exceed that of the control, from 0 to 1
 * @param maxP99Ratio how many times the control's p99 the canary's may be; empty: latencies are not judged
 * @param confidence one minus the chance that a canary within these bounds is ever called failing
 */
public record GateConfig(
    double intervalSeconds, long minRequests, double maxErrorRateDelta, OptionalDouble maxP99Ratio, double confidence) {

  private static final double DEFAULT_INTERVAL = 10;
  private static final long DEFAULT_REQUESTS = 100;
  private static final double DEFAULT_DELTA = 0.02;
  private static final double DEFAULT_CONFIDENCE = 0.99;

  /** What holds where nothing else is said. */
  public static final GateConfig DEFAULT = new GateConfig(
      DEFAULT_INTERVAL, DEFAULT_REQUESTS, DEFAULT_DELTA, OptionalDouble.empty(), DEFAULT_CONFIDENCE);

  /**
   * Checks the bounds.
   *
   * @throws IllegalArgumentException for a value that means nothing
   */
  public GateConfig {
    require(intervalSeconds > 0, "interval must be more than 0");
    require(minRequests >= 1, "min_requests must be 1 or more");
    require(maxErrorRateDelta >= 0 && maxErrorRateDelta <= 1, "max_error_rate_delta must be from 0 to 1");
    require(maxP99Ratio.isEmpty() || maxP99Ratio.getAsDouble() > 0, "max_p99_ratio must be more than 0");
    require(confidence > 0 && confidence < 1, "confidence must lie between 0 and 1");
  }

  private static void require(boolean met, String message) {
    if (!met) {
      throw new IllegalArgumentException(message);
    }
  }

  /** The chance of a false alarm that is allowed. */
  public double alpha() {
    return 1 - confidence;
  }

  /**
   * The same bounds for one of several periods that are each counted anew, such as the stages of a rollout: with it the
   * chance of a false alarm in any of them stays within {@link #alpha()}.
   *
   * @param periods how many there will be at most
   */
  public GateConfig over(int periods) {
    return new GateConfig(
        intervalSeconds, minRequests, maxErrorRateDelta, maxP99Ratio, 1 - alpha() / Math.max(1, periods));
  }
}
