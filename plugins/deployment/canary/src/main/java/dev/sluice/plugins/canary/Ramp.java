package dev.sluice.plugins.canary;

import java.time.Clock;

/** How many of the buckets belong to the canary at a moment. */
final class Ramp {

  private static final double ALL = 100;

  private final double steps;
  private final double fixed;
  private final double start;
  private final double duration;
  private final Clock clock;

  /**
   * Makes a ramp.
   *
   * @param createdAt when it begins unless the configuration says so, in seconds since the epoch
   */
  Ramp(CanaryConfig config, long createdAt, Clock clock) {
    this.steps = config.steps();
    this.fixed = config.percentage().map(share -> share / ALL * config.steps()).orElse(-1.0);
    this.start = config.start().orElse((double) createdAt);
    this.duration = config.duration();
    this.clock = clock;
  }

  double steps() {
    return steps;
  }

  boolean fixed() {
    return fixed >= 0;
  }

  /** The buckets below this number are the canary's. */
  double reached() {
    if (fixed()) {
      return fixed;
    }
    double passed = clock.millis() / 1000.0 - start;
    if (passed < 0) {
      return 0;
    }
    return passed >= duration ? steps : Math.floor(passed / duration * steps);
  }

  /** The share that this gives, since buckets are whole. */
  double share() {
    return Math.min(1, Math.ceil(reached()) / Math.ceil(steps));
  }
}
