package dev.sluice.plugins.traffic;

import java.time.Clock;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was counted in the last minutes, by all event loops. Of any thread. */
final class Counts {

  /** How long it is known what passed. */
  static final int KEPT_SECONDS = 300;

  private static final long MOST_BYTES = 48L << 20;
  private static final long UNSEEN_BYTES = 3L << 19;
  private static final long LOOKS_MILLIS = 60_000;

  private final Clock clock;
  private final long since;
  private final List<LoopCounts> loops = new CopyOnWriteArrayList<>();
  private volatile long asked;

  Counts(Clock clock) {
    this.clock = clock;
    this.since = clock.millis() / 1000;
  }

  /** Counts for one more event loop. */
  LoopCounts loop(Tail tail) {
    LoopCounts made = new LoopCounts(clock, this, tail);
    loops.add(made);
    return made;
  }

  /** Somebody looks, and so may want to know more in a moment. */
  void asked() {
    asked = clock.millis();
  }

  /** The memory that one event loop may fill with what has passed: little, unless somebody looks. */
  long share() {
    long most = MOST_BYTES / Math.max(1, loops.size());
    return clock.millis() - asked < LOOKS_MILLIS ? most : Math.min(most, UNSEEN_BYTES);
  }

  /** The second in which counting began. */
  long since() {
    return since;
  }

  /** What is shown one window after the other. */
  @FunctionalInterface
  interface Reader {
    /** One place in one second. */
    void read(Window window, int record);
  }

  /** Shows what passed from one second up to another one, which is left out. */
  void read(long from, long until, Reader reader) {
    for (LoopCounts loop : loops) {
      for (Window window : loop.windows()) {
        if (window.second() >= from && window.second() < until) {
          for (int record = 0; record < window.size(); record++) {
            reader.read(window, record);
          }
        }
      }
    }
  }
}
