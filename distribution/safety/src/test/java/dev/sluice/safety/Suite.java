package dev.sluice.safety;

/** How much is done: enough to notice what is broken, or, by command, enough to believe it. */
final class Suite {

  private static final boolean FULL = Boolean.getBoolean("sluice.safety.full");
  private static final long SEED = Long.getLong("sluice.safety.seed", System.nanoTime());

  private Suite() {}

  static boolean full() {
    return FULL;
  }

  static int times(int quick, int full) {
    return FULL ? full : quick;
  }

  /** Where chance begins in this run; printed in the table, and set by sluice.safety.seed. */
  static long seed() {
    return SEED;
  }
}
