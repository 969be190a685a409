package dev.sluice.plugins.ratelimitingadvanced;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Counters in the memory of this node. Exact, whatever the number of threads: the counts of one client are one immutable
 * array, replaced by compare-and-set, so that a request counts in all of its windows or in none. Never blocks.
 */
final class Cells {

  /** For each length of windows: the length, the start of the latest one, what is in it, and what was in the one before. */
  private static final int FIELDS = 4;

  private static final int START = 1;
  private static final int CURRENT = 2;
  private static final int PREVIOUS = 3;

  private static final long[] EMPTY = new long[0];

  /** The array of a client who was forgotten; whoever meets it begins anew. By identity. */
  private static final long[] GONE = new long[0];

  private final Map<Key, AtomicReference<long[]>> cells = new ConcurrentHashMap<>();
  private final int capacity;

  /**
   * Who is counted.
   *
   * @param namespace of the configuration
   * @param who an id, an address, or what else limits go by
   */
  record Key(String namespace, String who) {}

  Cells(int capacity) {
    this.capacity = capacity;
  }

  /** Counts one request, unless it is refused and such do not count; what was there before. */
  @SuppressWarnings("ReferenceEquality")
  Usage take(Key key, Rules rules, long now) {
    while (true) {
      AtomicReference<long[]> cell = cell(key);
      long[] state = cell.get();
      if (state == GONE) {
        continue;
      }
      Usage usage = read(state, rules, now);
      if (usage.refused() && !rules.countsRefused() || cell.compareAndSet(state, counted(state, rules, now))) {
        return usage;
      }
    }
  }

  private static Usage read(long[] state, Rules rules, long now) {
    int windows = rules.windows().size();
    long[] current = new long[windows];
    long[] previous = new long[windows];
    for (int i = 0; i < windows; i++) {
      Rules.Window window = rules.windows().get(i);
      int at = find(state, window.millis());
      if (at >= 0) {
        long ahead = state[at + START] - window.start(now);
        // Who read the clock a moment earlier counts in the newer window, and does not wipe it out.
        current[i] = ahead >= 0 ? state[at + CURRENT] : 0;
        previous[i] = ahead >= 0 ? state[at + PREVIOUS] : ahead == -window.millis() ? state[at + CURRENT] : 0;
      }
    }
    return new Usage(rules, now, current, previous);
  }

  private static int find(long[] state, long millis) {
    for (int at = 0; at < state.length; at += FIELDS) {
      if (state[at] == millis) {
        return at;
      }
    }
    return -1;
  }

  private static long[] counted(long[] state, Rules rules, long now) {
    long[] next = state;
    for (Rules.Window window : rules.windows()) {
      next = at(next, state, window.millis(), window.start(now));
      next[find(next, window.millis()) + CURRENT]++;
    }
    return next;
  }

  /** A copy, unless it is one already, in which a length stands at a window, or at a later one. */
  @SuppressWarnings("ReferenceEquality")
  private static long[] at(long[] state, long[] original, long millis, long start) {
    int at = find(state, millis);
    long[] next = state;
    if (at < 0) {
      at = state.length;
      next = new long[at + FIELDS];
      System.arraycopy(state, 0, next, 0, at);
      next[at] = millis;
      next[at + START] = start;
    } else if (state == original) {
      next = state.clone();
    }
    if (next[at + START] < start) {
      next[at + PREVIOUS] = next[at + START] == start - millis ? next[at + CURRENT] : 0;
      next[at + CURRENT] = 0;
      next[at + START] = start;
    }
    return next;
  }

  /** Adds what others have counted in a window: it may be over by now. */
  void add(Key key, long millis, long start, long amount) {
    change(
        key,
        millis,
        start,
        (cell, at) -> {
          if (cell[at + START] == start) {
            cell[at + CURRENT] += amount;
          } else if (cell[at + START] == start + millis) {
            cell[at + PREVIOUS] += amount;
          }
        });
  }

  /** Says how much all have counted in the window before one; what this node knows may be more. */
  void before(Key key, long millis, long start, long amount) {
    change(
        key,
        millis,
        start,
        (cell, at) -> {
          if (cell[at + START] == start) {
            cell[at + PREVIOUS] = Math.max(cell[at + PREVIOUS], amount);
          }
        });
  }

  /** What becomes of the fields of one length of windows; asked again when somebody else was faster. */
  private interface Change {
    void of(long[] state, int at);
  }

  @SuppressWarnings("ReferenceEquality")
  private void change(Key key, long millis, long start, Change change) {
    while (true) {
      AtomicReference<long[]> cell = cell(key);
      long[] state = cell.get();
      if (state == GONE) {
        continue;
      }
      long[] next = at(state, state, millis, start);
      change.of(next, find(next, millis));
      if (cell.compareAndSet(state, next)) {
        return;
      }
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private AtomicReference<long[]> cell(Key key) {
    AtomicReference<long[]> known = cells.get(key);
    if (known != null && known.get() != GONE) {
      return known;
    }
    if (known != null) {
      cells.remove(key, known);
    }
    return cells.computeIfAbsent(key, absent -> new AtomicReference<>(EMPTY));
  }

  /** Forgets clients of whom no window holds anything any more, and those with the least where there are too many. */
  void sweep(long now) {
    forget(now, 0);
    for (long most = 1; cells.size() > capacity; most *= 4) {
      forget(now, most);
    }
  }

  private void forget(long now, long most) {
    cells.forEach((key, cell) -> {
      long[] state = cell.get();
      if (counts(state, now) <= most && (most == 0 || cells.size() > capacity / 4 * 3) && cell.compareAndSet(state, GONE)) {
        cells.remove(key, cell);
      }
    });
  }

  private static long counts(long[] state, long now) {
    long sum = 0;
    for (int at = 0; at < state.length; at += FIELDS) {
      if (state[at + START] + 2 * state[at] > now) {
        sum += state[at + CURRENT] + state[at + PREVIOUS];
      }
    }
    return sum;
  }

  boolean knows(Key key) {
    return cells.containsKey(key);
  }

  int size() {
    return cells.size();
  }

  boolean crowded() {
    return cells.size() > capacity;
  }
}
