package dev.sluice.plugins.bluegreen;

import dev.sluice.api.deployment.RequestOutcome;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * What is known on this node of one {@code plugins} entity, whatever version of its configuration serves: the requests
 * under way at each side, and what is watched. Safe for all threads.
 */
final class Rollout {

  private final Counts switched = new Counts(new Count(), new Count());
  private final Counts previews = new Counts(new Count(), new Count());
  private volatile Side active;
  private volatile Optional<Watch> watch = Optional.empty();
  private volatile long since;
  private volatile long drainUntil;
  private volatile boolean writing;
  private volatile boolean known;

  private record Counts(Count blue, Count green) {
    Count of(Side side) {
      return side == Side.BLUE ? blue : green;
    }
  }

  private record Count(LongAdder began, LongAdder ended) {
    Count() {
      this(new LongAdder(), new LongAdder());
    }

    /** Ended is read first: what ends in between is counted as under way rather than less than nothing. */
    long underWay() {
      long gone = ended.sum();
      return Math.max(0, began.sum() - gone);
    }
  }

  /** Begins with the side that the first version of the configuration has made active. */
  Rollout(Side first) {
    this.active = first;
  }

  void began(Side side, boolean preview) {
    (preview ? previews : switched).of(side).began().increment();
  }

  void ended(Side side, boolean preview) {
    (preview ? previews : switched).of(side).ended().increment();
  }

  /** Counts an outcome of the active side; the watch that it makes trip. See {@link Watch#trips}. */
  Optional<Watch> watched(Side side, RequestOutcome outcome, long now) {
    Optional<Watch> current = watch;
    boolean trips = current.isPresent() && current.get().side() == side && current.get().trips(outcome, now);
    return trips ? current : Optional.empty();
  }

  long underWay(Side side) {
    return switched.of(side).underWay() + previews.of(side).underWay();
  }

  /** Requests that went there because it was active. */
  long draining(Side side) {
    return switched.of(side).underWay();
  }

  /** The side that was last known to be active. */
  Side active() {
    return active;
  }

  Optional<Watch> watch() {
    return watch;
  }

  void watch(Optional<Watch> other) {
    watch = other;
  }

  /** When that side became active, in milliseconds since the epoch; 0 when nobody knows. */
  long since() {
    return since;
  }

  long drainUntil() {
    return drainUntil;
  }

  /** Notes which side is active. */
  void active(Side side, long from, long drainedBy) {
    since = from;
    drainUntil = drainedBy;
    active = side;
    known = true;
  }

  /** Whether it is known since when that side is active. */
  boolean known() {
    return known;
  }

  /** Whether somebody on this node is just switching, and will write down why. */
  boolean writing() {
    return writing;
  }

  void writing(boolean now) {
    writing = now;
  }
}
