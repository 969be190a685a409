package dev.sluice.plugins.traffic;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counters in the memory of this node. Exact, whatever the number of threads: the counts of one key are one number, or one
 * immutable array, replaced by compare-and-set, so that a request is counted in all of its windows or in none. Never blocks.
 */
public final class LocalCounters {

  private static final Period[] PERIODS = Period.values();

  /** Each counter is its own key. */
  private final Map<CounterKey, Counter> counters = new ConcurrentHashMap<>();
  private final int capacity;

  /**
   * Makes counters.
   *
   * @param capacity how many keys are kept about; of more, those with the lowest counts are thrown out
   */
  public LocalCounters(int capacity) {
    this.capacity = capacity;
  }

  /**
   * Counts one, unless some limit is reached.
   *
   * @return what had been counted before, for each limit
   */
  public long[] take(CounterKey key, Limits limits, Windows windows) {
    while (true) {
      Counter counter = counter(key, limits);
      if (counter.isSingle()) {
        long used = counter.isFor(limits) ? counter.take(limits.value(0), windows, 1) : -1;
        if (used >= 0) {
          return new long[] {used};
        }
        widen(counter);
        continue;
      }
      long[] state = counter.counts();
      long[] used = read(state, limits, windows);
      if (exceeded(used, limits) || state != Counter.GONE && counter.replace(state, added(state, limits, windows, 1))) {
        return used;
      }
    }
  }

  private static boolean exceeded(long[] used, Limits limits) {
    for (int i = 0; i < used.length; i++) {
      if (limits.value(i) - used[i] <= 0) {
        return true;
      }
    }
    return false;
  }

  /** What has been counted, for each limit. */
  public long[] used(CounterKey key, Limits limits, Windows windows) {
    Counter counter = counters.get(key);
    return read(counter == null ? Counter.GONE : counter.counts(), limits, windows);
  }

  /** Counts in the windows of the limits, however much there was. */
  public void add(CounterKey key, Limits limits, Windows windows, long amount) {
    while (true) {
      Counter counter = counter(key, limits);
      if (counter.isSingle()) {
        if (counter.isFor(limits) && counter.take(Double.MAX_VALUE, windows, amount) >= 0) {
          return;
        }
        widen(counter);
        continue;
      }
      long[] state = counter.counts();
      if (state != Counter.GONE && counter.replace(state, added(state, limits, windows, amount))) {
        return;
      }
    }
  }

  /** The counter of a key, which may be that very counter. */
  Counter counter(CounterKey key, Limits limits) {
    Counter known = key instanceof Counter itself && itself.lives() ? itself : counters.get(key);
    if (known != null && known.lives()) {
      return known;
    }
    if (known != null) {
      remove(key, known);
    }
    Counter fresh =
        limits.size() == 1 ? new Counter(key, limits.period(0)) : new Counter(key, new long[places(limits)]);
    Counter other = counters.putIfAbsent(fresh, fresh);
    return other == null ? fresh : other;
  }

  /** Puts one that has room for all periods, and for all counts, in the place of a counter. */
  @SuppressWarnings("ReferenceEquality")
  private void widen(Counter counter) {
    counters.computeIfPresent(
        counter,
        (key, present) -> {
          if (present != counter) {
            return present;
          }
          long[] counts = counter.end();
          return counts == Counter.GONE ? null : new Counter(counter, counts);
        });
  }

  /** The array of a key reaches as far as the longest period that it is limited in: as a rule one line of a cache. */
  private static int places(Limits limits) {
    return limits.size() == 0 ? 0 : 2 * (limits.period(limits.size() - 1).index() + 1);
  }

  private static long[] read(long[] state, Limits limits, Windows windows) {
    long[] used = new long[limits.size()];
    for (int i = 0; i < used.length && state != Counter.GONE; i++) {
      Period period = limits.period(i);
      used[i] = isCurrent(state, period, windows) ? state[2 * period.index() + 1] : 0;
    }
    return used;
  }

  private static boolean isCurrent(long[] state, Period period, Windows windows) {
    int at = 2 * period.index();
    return at < state.length && windows.isCurrent(state[at], period);
  }

  private static long[] added(long[] state, Limits limits, Windows windows, long amount) {
    long[] next = Arrays.copyOf(state, Math.max(state.length, places(limits)));
    for (int i = 0; i < limits.size(); i++) {
      Period period = limits.period(i);
      int at = 2 * period.index();
      if (!isCurrent(state, period, windows)) {
        next[at] = windows.start(period);
        next[at + 1] = 0;
      }
      next[at + 1] += amount;
    }
    return next;
  }

  /** Throws out what no window holds any more, and the lowest counts where there are too many keys. */
  public void sweep(Windows windows) {
    counters.forEach((key, counter) -> {
      if (counts(counter.counts(), windows) == 0) {
        remove(key, counter, windows, 0);
      }
    });
    for (long most = 1; counters.size() > capacity; most *= 4) {
      long limit = most;
      counters.forEach((key, counter) -> {
        if (counters.size() > capacity / 4 * 3) {
          remove(key, counter, windows, limit);
        }
      });
    }
  }

  /** Whether anything is remembered of a key. */
  boolean knows(CounterKey key) {
    return counters.containsKey(key);
  }

  /** Whether there are more keys than there should be. */
  public boolean crowded() {
    return counters.size() > capacity;
  }

  /** How many keys there are. */
  public int size() {
    return counters.size();
  }

  private void remove(CounterKey key, Counter counter, Windows windows, long most) {
    long[] state = counter.counts();
    if (counts(state, windows) <= most && counter.end(state)) {
      remove(key, counter);
    }
  }

  /** Counters of one key are equal, so it is this very one that goes. */
  @SuppressWarnings("ReferenceEquality")
  private void remove(CounterKey key, Counter counter) {
    counters.computeIfPresent(key, (same, present) -> present == counter ? null : present);
  }

  /** All that has been counted in windows that are not over. */
  private static long counts(long[] state, Windows windows) {
    long sum = 0;
    for (int i = 0; i < state.length; i += 2) {
      sum += isCurrent(state, PERIODS[i / 2], windows) ? state[i + 1] : 0;
    }
    return sum;
  }
}
