package dev.sluice.kernel.upstream;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the requests of an upstream and their retries over the last seconds, and says whether there may be one more
 * retry. Outlives the versions of its upstream. Each event loop counts for itself, without locks; whoever wants a retry
 * adds up what all have counted. Two that want the last one at the same moment may both have it.
 */
final class RetryBudget {

  /** How many seconds count, the present one included. */
  static final int WINDOW = 10;

  private static final VarHandle CELLS = MethodHandles.arrayElementVarHandle(long[].class);
  private static final long ORIGIN = System.nanoTime();
  private static final long SECOND = 1_000_000_000;
  private static final long COUNT = 0xFFFF_FFFFL;

  /**
   * For each event loop the requests of the last seconds, and behind them the retries. A cell has the number of its
   * second in the upper half and the count in the lower one, lest a reader sees one without the other.
   */
  private final AtomicReferenceArray<long[]> loops;
  private final LongAdder made = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final AtomicLong told = new AtomicLong();

  RetryBudget(int loops) {
    this.loops = new AtomicReferenceArray<>(loops);
  }

  private static long second(long nanos) {
    return Math.max(0, nanos - ORIGIN) / SECOND + 1;
  }

  /**
   * Counts a request; on its event loop.
   *
   * @param nanos the present time
   */
  void request(int loop, long nanos) {
    count(loop, 0, second(nanos));
  }

  /** Counts a retry that costs nothing. */
  void free() {
    made.increment();
  }

  /**
   * Takes a retry out of the budget; on an event loop.
   *
   * @param share how many there may be for each request
   * @param floor how many there may be each second in any case
   * @return false when the budget is spent
   */
  boolean take(int loop, long nanos, double share, double floor) {
    long now = second(nanos);
    if (share < Double.POSITIVE_INFINITY && sum(WINDOW, now) + 1 > share * sum(0, now) + floor * WINDOW) {
      refused.increment();
      return false;
    }
    count(loop, WINDOW, now);
    made.increment();
    return true;
  }

  private void count(int loop, int from, long second) {
    long[] cells = loops.getPlain(loop);
    if (cells == null) {
      cells = new long[2 * WINDOW];
      loops.setRelease(loop, cells);
    }
    int at = from + (int) (second % WINDOW);
    long cell = cells[at];
    CELLS.setOpaque(cells, at, (cell >>> 32 == second ? cell : second << 32) + 1);
  }

  private long sum(int from, long now) {
    long sum = 0;
    for (int loop = 0; loop < loops.length(); loop++) {
      long[] cells = loops.getAcquire(loop);
      for (int i = 0; cells != null && i < WINDOW; i++) {
        long cell = (long) CELLS.getOpaque(cells, from + i);
        sum += cell >>> 32 > now - WINDOW ? cell & COUNT : 0;
      }
    }
    return sum;
  }

  /** Whether it is time to tell again, once a second, that the budget is spent. */
  boolean tells(long nanos) {
    long now = second(nanos);
    long before = told.get();
    return before < now && told.compareAndSet(before, now);
  }

  /** Attempts that followed another one. */
  long made() {
    return made.sum();
  }

  /** Attempts that did not follow, since the budget was spent. */
  long refused() {
    return refused.sum();
  }
}
