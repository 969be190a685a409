package dev.sluice.plugins.ratelimitingadvanced;

/**
 * What was counted in each of some windows before a request came, and what becomes of it. Nothing of it is shared.
 *
 * @param rules the windows
 * @param now milliseconds since the epoch
 * @param current requests in the windows of now
 * @param previous requests in those before; nothing where windows do not slide
 */
@SuppressWarnings("ArrayRecordComponent")
record Usage(Rules rules, long now, long[] current, long[] previous) {

  /** Sums of fractions are not exact. */
  private static final double CLOSE = 1e-9;

  /** The share of the window before that still counts. */
  private double weight(int index) {
    Rules.Window window = rules.windows().get(index);
    return 1 - (double) (now - window.start(now)) / window.millis();
  }

  /** How much was used: of the window before, less and less counts. */
  double used(int index) {
    return current[index] + (rules.sliding() ? previous[index] * weight(index) : 0);
  }

  private boolean exceeds(int index, int requests) {
    return used(index) + requests > rules.windows().get(index).limit() + CLOSE;
  }

  /** Whether one more request is too much for some window. */
  boolean refused() {
    for (int i = 0; i < current.length; i++) {
      if (exceeds(i, 1)) {
        return true;
      }
    }
    return false;
  }

  /** How many whole requests are left after this one. */
  long remaining(int index, boolean refused) {
    double counted = refused && !rules.countsRefused() ? 0 : 1;
    return (long) Math.max(0, Math.floor(rules.windows().get(index).limit() - used(index) - counted + CLOSE));
  }

  /** The window with the least left; of equals the longest. */
  int tightest(boolean refused) {
    int tightest = 0;
    for (int i = 1; i < current.length; i++) {
      if (remaining(i, refused) <= remaining(tightest, refused)) {
        tightest = i;
      }
    }
    return tightest;
  }

  /** Seconds until the window ends, at least 1. */
  long reset(int index) {
    Rules.Window window = rules.windows().get(index);
    return seconds((double) (window.start(now) + window.millis() - now));
  }

  /** Seconds until a request would pass, if none came until then; at least 1. */
  long wait(boolean countsThis) {
    double longest = 0;
    int counted = countsThis ? 1 : 0;
    for (int i = 0; i < current.length; i++) {
      if (exceeds(i, counted + 1)) {
        longest = Math.max(longest, waitMillis(i, current[i] + counted));
      }
    }
    return seconds(longest);
  }

  private double waitMillis(int index, long counted) {
    Rules.Window window = rules.windows().get(index);
    double elapsed = now - window.start(now);
    double left = window.millis() - elapsed;
    double room = window.limit() - 1;
    if (!rules.sliding() || room < 0) {
      return left;
    }
    if (counted <= room) {
      // The window before fades until there is room.
      return Math.max(0, (1 - (room - counted) / previous[index]) * window.millis() - elapsed);
    }
    return left + (1 - room / counted) * window.millis();
  }

  private static long seconds(double millis) {
    return Math.max(1, (long) Math.ceil(millis / 1000 - CLOSE));
  }
}
