package dev.sluice.plugins.traffic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What is counted of a key, and the key itself in one object: of many consumers none is in the caches when its turn comes, and
 * a table, a key, a cell and its content would be waited for one after the other. For the same reason the count of a key that is
 * limited in one period only stands in the object itself, with the beginning of its window; of several periods it is one array.
 */
final class Counter extends CounterKey {

  /** In place of counts: the counter was thrown out, and whoever meets it begins anew. */
  static final long[] GONE = new long[0];

  /** More than this is not counted beside the beginning of a window. */
  static final int MOST = (1 << 30) - 1;

  private static final int BITS = 30;
  private static final long ENDED = -1;
  private static final VarHandle COUNTS = handle("counts", long[].class);
  private static final VarHandle COUNT = handle("count", long.class);

  private final Period only;

  @SuppressWarnings("unused") // by the handle
  private volatile long[] counts;

  /** The beginning of the window in seconds, and below it what was counted. */
  @SuppressWarnings("unused") // by the handle
  private volatile long count;

  /** A counter of a key of which so many numbers are kept. */
  Counter(CounterKey key, long[] counts) {
    super(key.scope(), key.who(), key.limit());
    this.only = null;
    this.counts = counts;
  }

  /** A counter of a key that is limited in one period. */
  Counter(CounterKey key, Period only) {
    super(key.scope(), key.who(), key.limit());
    this.only = only;
  }

  private static VarHandle handle(String field, Class<?> type) {
    try {
      return MethodHandles.lookup().findVarHandle(Counter.class, field, type);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** Whether it counts one period only. */
  boolean isSingle() {
    return only != null;
  }

  /** Whether it is just the one for some limits. */
  boolean isFor(Limits limits) {
    return only != null && limits.size() == 1 && limits.period(0) == only;
  }

  @Override
  boolean lives() {
    return only == null ? counts != GONE : count != ENDED;
  }

  /** The counts, never to be changed in place: for each period up to the last one the beginning of its window and the number. */
  long[] counts() {
    if (only == null) {
      return counts;
    }
    long now = count;
    if (now == ENDED) {
      return GONE;
    }
    long[] all = new long[2 * (only.index() + 1)];
    all[2 * only.index()] = now >>> BITS;
    all[2 * only.index() + 1] = now & MOST;
    return all;
  }

  /** Puts other counts in the place of those that were read; false when somebody else has done so. */
  boolean replace(long[] read, long[] next) {
    return COUNTS.compareAndSet(this, read, next);
  }

  /**
   * Counts in the one period, if less than a limit has been counted.
   *
   * @return what had been counted before; -1 when the counter is gone or has no room for what comes of it
   */
  long take(double limit, Windows windows, long amount) {
    while (true) {
      long read = count;
      if (read == ENDED) {
        return -1;
      }
      long start = read >>> BITS;
      boolean current = windows.isCurrent(start, only);
      long used = current ? read & MOST : 0;
      if (limit - used <= 0) {
        return used;
      }
      if (amount > MOST - used || used + amount < 0) {
        return -1;
      }
      long next = (current ? start : windows.start(only)) << BITS | used + amount;
      if (COUNT.compareAndSet(this, read, next)) {
        return used;
      }
    }
  }

  /** Throws the counter out, if it still has those counts. */
  boolean end(long[] read) {
    if (only == null) {
      return replace(read, GONE);
    }
    return read.length > 0
        && COUNT.compareAndSet(this, read[read.length - 2] << BITS | read[read.length - 1], ENDED);
  }

  /** Throws the counter out, whatever it has counted, and tells that. */
  long[] end() {
    while (true) {
      long[] read = counts();
      if (read == GONE || end(read)) {
        return read;
      }
    }
  }
}
