package dev.sluice.plugins.loadbalancing;

import java.util.concurrent.atomic.AtomicReference;

/**
 * A moving average of response times in which what is older counts exponentially less, and which sinks towards zero
 * while nothing is observed, so that an address once slow is tried again. Safe for all threads. Times are in
 * milliseconds.
 */
final class Ewma {

  /** How long it takes for an observation to lose all but 1/e of its weight. */
  static final double DECAY = 10_000;

  private final AtomicReference<State> state;

  /**
   * The average at one moment.
   *
   * @param rank grows with the present value of the average; unlike that value it does not change as time goes by, and
   *     so may be compared without the clock
   */
  private record State(double average, double at, double rank) {

    static State of(double average, double at) {
      return new State(average, at, Math.log(average) + at / DECAY);
    }

    double value(double now) {
      return average * Math.exp(-Math.max(0, now - at) / DECAY);
    }

    State observe(double millis, double now) {
      double later = Math.max(at, now);
      double kept = Math.exp((at - later) / DECAY);
      return of(average * kept + millis * (1 - kept), later);
    }
  }

  private Ewma(State state) {
    this.state = new AtomicReference<>(state);
  }

  /** An average of nothing: zero, until the first observation sets it. */
  static Ewma unknown() {
    return new Ewma(State.of(0, Double.NEGATIVE_INFINITY));
  }

  /** An average as if observed. */
  static Ewma of(double average, double now) {
    return new Ewma(State.of(average, now));
  }

  boolean known() {
    return state.get().at() > Double.NEGATIVE_INFINITY;
  }

  double value(double now) {
    return state.get().value(now);
  }

  double rank() {
    return state.get().rank();
  }

  void observe(double millis, double now) {
    state.updateAndGet(old -> old.observe(millis, now));
  }
}
