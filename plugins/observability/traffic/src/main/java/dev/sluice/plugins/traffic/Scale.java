package dev.sluice.plugins.traffic;

/**
 * Sorts durations into slots of microseconds, eight to a doubling, so that a slot is at most an eighth as wide as what
 * it holds is long. The last one holds all that took half an hour or longer.
 */
final class Scale {

  /** How many slots there are. */
  static final int SLOTS = 232;

  private static final int FINE = 3;
  private static final int PER_DOUBLING = 1 << FINE;

  private Scale() {}

  /** The slot of a duration. */
  static int slot(long nanos) {
    long micros = nanos / 1000;
    if (micros < PER_DOUBLING) {
      return Math.max(0, (int) micros);
    }
    int doublings = 63 - Long.numberOfLeadingZeros(micros);
    int slot = (doublings - FINE + 1 << FINE) + (int) (micros >>> doublings - FINE & PER_DOUBLING - 1);
    return Math.min(slot, SLOTS - 1);
  }

  private static int shift(int slot) {
    return Math.max(0, (slot >> FINE) - 1);
  }

  private static long from(int slot) {
    return slot < PER_DOUBLING ? slot : (long) (PER_DOUBLING + (slot & PER_DOUBLING - 1)) << shift(slot);
  }

  /**
   * The duration, in milliseconds, that a share of all was not longer than.
   *
   * @param counts how many durations each slot holds, from {@code first} on
   * @param share between 0 and 1
   * @return 0 when there are none
   */
  static double percentile(long[] counts, int first, double share) {
    long all = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      all += counts[first + slot];
    }
    double rank = share * all;
    long before = 0;
    for (int slot = 0; slot < SLOTS; slot++) {
      long here = counts[first + slot];
      if (here > 0 && before + here >= rank) {
        double within = (rank - before) / here;
        return (from(slot) + within * (1L << shift(slot))) / 1000;
      }
      before += here;
    }
    return 0;
  }
}
