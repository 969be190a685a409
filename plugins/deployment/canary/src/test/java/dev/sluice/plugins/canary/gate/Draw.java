package dev.sluice.plugins.canary.gate;

import java.util.SplittableRandom;

/** Random numbers of the kinds that requests come in. Not safe for several threads. */
final class Draw {

  private final SplittableRandom random;

  Draw(long seed) {
    this.random = new SplittableRandom(seed);
  }

  double fraction() {
    return random.nextDouble();
  }

  boolean happens(double chance) {
    return random.nextDouble() < chance;
  }

  /** How many of some trials happen. Takes as long as there are of the rarer outcome. */
  long of(long trials, double chance) {
    if (chance > 0.5) {
      return trials - of(trials, 1 - chance);
    }
    if (chance <= 0) {
      return 0;
    }
    double logMiss = Math.log1p(-chance);
    long happened = 0;
    double at = -1;
    while (true) {
      at += 1 + Math.floor(Math.log(1 - random.nextDouble()) / logMiss);
      if (at >= trials) {
        return happened;
      }
      happened++;
    }
  }

  /** About how many of some trials happen, soon told also where there are many: which cohort they fall into. */
  long about(long trials, double chance) {
    double spread = Math.sqrt(trials * chance * (1 - chance));
    return spread < 10
        ? of(trials, chance)
        : Math.max(0, Math.min(trials, Math.round(trials * chance + spread * random.nextGaussian())));
  }

  /** A latency in microseconds: log-normal, so that the p99 is 3.2 times the median. */
  long micros(double medianMillis) {
    return Math.round(medianMillis * 1000 * Math.exp(0.5 * random.nextGaussian()));
  }
}
