package dev.sluice.plugins.canary.gate;

import java.util.Optional;
import java.util.function.DoubleUnaryOperator;

/**
 * A canary on a simulated clock: requests arrive evenly, and chance says where each belongs and whether it fails.
 *
 * @param perSecond requests of both cohorts
 * @param share of the canary
 * @param base chance of any request to fail, by the second
 * @param fault chance of the canary's requests to fail on top of it
 * @param slower how many times as long the canary's requests take
 * @param config the gate
 */
record Rollout(
    double perSecond, double share, DoubleUnaryOperator base, double fault, double slower, GateConfig config) {

  private static final double MEDIAN_MS = 50;

  /**
   * A rollback.
   *
   * @param seconds after the beginning
   * @param failed how many requests to the canary had failed
   */
  record Rollback(double seconds, long failed) {}

  /** Lets it run; empty if the gate has not failed it by then. */
  Optional<Rollback> run(long seed, double seconds) {
    return run(seed, seconds, at -> MEDIAN_MS);
  }

  /** Lets it run with latencies that change. */
  Optional<Rollback> run(long seed, double seconds, DoubleUnaryOperator medianMillis) {
    Draw draw = new Draw(seed);
    Arm canary = new Arm();
    Arm control = new Arm();
    double interval = config.intervalSeconds();
    for (double now = interval; now <= seconds + interval / 2; now += interval) {
      long requests = Math.round(perSecond * interval);
      long there = draw.about(requests, share);
      double chance = base.applyAsDouble(now);
      double median = medianMillis.applyAsDouble(now);
      fill(draw, canary, there, chance + fault * (1 - chance), median * slower);
      fill(draw, control, requests - there, chance, median);
      if (failing(canary, control)) {
        return Optional.of(new Rollback(now, canary.errors()));
      }
    }
    return Optional.empty();
  }

  private void fill(Draw draw, Arm arm, long requests, double chance, double median) {
    if (config.maxP99Ratio().isEmpty()) {
      arm.add(requests, draw.of(requests, chance));
      return;
    }
    for (long i = 0; i < requests; i++) {
      arm.took(draw.micros(median), draw.happens(chance));
    }
  }

  /** What the gate says; where one rate of the control already speaks for the canary, without asking it. */
  private boolean failing(Arm canary, Arm control) {
    return (config.maxP99Ratio().isPresent() || suspect(canary, control, config))
        && Gate.verdict(config, canary.cohort(), control.cohort()).failing();
  }

  /** Whether one rate, that of both cohorts together, does not clear it: the evidence is the least over all rates. */
  static boolean suspect(Arm canary, Arm control, GateConfig config) {
    double allowed = config.maxErrorRateDelta();
    double both = canary.errors() + control.errors() - allowed * canary.requests();
    double rate = Math.max(0, both / (canary.requests() + control.requests()));
    return canary.errors() > (rate + allowed) * canary.requests() && ErrorRates.at(
        rate, canary.errors(), Math.max(canary.requests(), config.minRequests()), control.errors(),
        control.requests(), allowed) >= -Math.log(config.alpha());
  }
}
