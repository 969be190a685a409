package dev.sluice.plugins.traffic;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * What is counted of a key, and the key itself in one object: of many consumers none is in the caches when its turn comes, and
 * a table, a key, a cell and its content would be waited for one after the other.
 */
final class Counter extends CounterKey {

  /** In place of counts: the counter was thrown out, and whoever meets it begins anew. */
  static final long[] GONE = new long[0];

  private static final VarHandle COUNTS = handle();

  @SuppressWarnings("unused") // by the handle
  private volatile long[] counts;

  /** A counter of a key, of which so many numbers are kept. */
  Counter(CounterKey key, int places) {
    super(key.scope(), key.who(), key.limit());
    this.counts = new long[places];
  }

  private static VarHandle handle() {
    try {
      return MethodHandles.lookup().findVarHandle(Counter.class, "counts", long[].class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** The counts, never to be changed in place. */
  long[] counts() {
    return counts;
  }

  /** Puts other counts in the place of those that were read; false when somebody else has done so. */
  boolean replace(long[] read, long[] next) {
    return COUNTS.compareAndSet(this, read, next);
  }
}
