package dev.sluice.plugins.tracing;

import java.util.concurrent.ThreadLocalRandom;

/** Random identifiers and decisions. Safe for all threads. */
public final class Ids {

  private Ids() {}

  /** An identifier of a span, which is never 0. */
  public static long span() {
    long id = 0;
    while (id == 0) {
      id = ThreadLocalRandom.current().nextLong();
    }
    return id;
  }

  /** An identifier of a trace, of 128 or 64 bits. */
  public static TraceId trace(boolean wide) {
    return new TraceId(wide ? span() : 0, span(), wide);
  }

  static boolean chance(double rate) {
    return rate >= 1 || rate > 0 && ThreadLocalRandom.current().nextDouble() < rate;
  }
}
