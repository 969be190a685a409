package dev.sluice.plugins.mirror;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicLongArray;

/** How long answers took, within a sixteenth. To count is to add one: from all event loops at once. */
final class Latencies {

  private static final int FINE = 4;
  private static final int STEPS = 1 << FINE;
  private static final double NANOS = 1e6;

  private final AtomicLongArray counts = new AtomicLongArray((Long.SIZE - FINE) * STEPS);

  void add(long nanos) {
    counts.incrementAndGet(slot(Math.max(0, nanos)));
  }

  private static int slot(long nanos) {
    int above = Math.max(0, Long.SIZE - Long.numberOfLeadingZeros(nanos) - FINE - 1);
    return above * STEPS + (int) (nanos >>> above);
  }

  /** The least time that is counted in a slot. */
  private static long least(int slot) {
    int above = Math.max(0, slot / STEPS - 1);
    return (long) (slot - above * STEPS) << above;
  }

  /** The time, in milliseconds, within which a part of the answers came. */
  double within(double part) {
    long all = 0;
    for (int i = 0; i < counts.length(); i++) {
      all += counts.get(i);
    }
    long left = (long) Math.ceil(all * part);
    for (int i = 0; i < counts.length() - 1 && left > 0; i++) {
      left -= counts.get(i);
      if (left <= 0) {
        return Math.round(least(i + 1) / NANOS * 1000) / 1000.0;
      }
    }
    return 0;
  }

  JsonObject shown() {
    return new JsonObject().put("p50", within(0.5)).put("p99", within(0.99));
  }
}
