package dev.sluice.conformance;

import java.time.Duration;

/** How much is done: enough to notice what is broken, or, in full, enough to believe the figures. */
final class Suite {

  private static final boolean FULL = Boolean.getBoolean("sluice.conformance.full");

  private Suite() {}

  static boolean full() {
    return FULL;
  }

  static int times(int quick, int full) {
    return FULL ? full : quick;
  }

  static Duration seconds(int quick, int full) {
    return Duration.ofSeconds(times(quick, full));
  }
}
