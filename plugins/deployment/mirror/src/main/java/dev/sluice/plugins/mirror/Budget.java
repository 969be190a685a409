package dev.sluice.plugins.mirror;

/** How often upstreams may be asked again to make sure of a difference: ten times a second. Used by one thread. */
final class Budget {

  private static final int EACH_SECOND = 10;

  private long second = Long.MIN_VALUE;
  private int left;

  boolean take(long nowMillis) {
    long now = nowMillis / 1000;
    if (now != second) {
      second = now;
      left = EACH_SECOND;
    }
    return left-- > 0;
  }
}
