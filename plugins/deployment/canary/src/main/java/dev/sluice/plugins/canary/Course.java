package dev.sluice.plugins.canary;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;

/** Where a rollout stands: what follows from its configuration, its state and the time. Immutable, safe for all threads. */
final class Course {

  private static final double ALL = 100;
  private static final double MILLIS = 1000;
  private static final long NEVER = Long.MAX_VALUE / 2;

  private final CanaryConfig config;
  private final String fingerprint;
  private final State first;
  private final State anew;

  /**
   * What it does now.
   *
   * @see #phase
   */
  enum Phase {
    WAITING("waiting"),
    RAMPING("ramping"),
    STAGE("stage"),
    FIXED("fixed"),
    BY_GROUPS("by groups"),
    APPROVAL("approval"),
    PAUSED("paused"),
    DONE("done"),
    ROLLED_BACK("rolled back");

    private final String text;

    Phase(String text) {
      this.text = text;
    }

    @Override
    public String toString() {
      return text;
    }
  }

  /**
   * Makes the course of a configuration.
   *
   * @param created when the plugin was made, in seconds since the epoch
   */
  Course(CanaryConfig config, long created) {
    this.config = config;
    this.fingerprint = config.fingerprint();
    this.first = fresh(created * (long) MILLIS, created * (long) MILLIS);
    // Until it is written down when it has begun, it has not.
    this.anew = fresh(-1, NEVER);
  }

  private State fresh(long epoch, long began) {
    return new State(
        fingerprint, epoch, 0, began, 0, 0, State.End.NONE, began, State.BY_CONFIG, "", new JsonObject());
  }

  CanaryConfig config() {
    return config;
  }

  /** Whether a stored state is one of this very rollout. */
  boolean holds(Optional<State> stored) {
    return stored.isPresent() && stored.get().fingerprint().equals(fingerprint);
  }

  /** The state that counts: the stored one, or that of a rollout that nothing has been done with yet. */
  State of(Optional<State> stored) {
    if (stored.isEmpty()) {
      return first;
    }
    return holds(stored) ? stored.get() : anew;
  }

  /** The stored state, or the one to begin with. */
  State at(Optional<State> stored, long now) {
    return holds(stored) ? stored.orElseThrow() : begin(stored, now);
  }

  /** The state to begin with. A ramp that is the first one begins when the plugin was made. */
  State begin(Optional<State> stored, long now) {
    State begun = stored.map(other -> fresh(Math.max(other.epoch() + 1, now), now)).orElse(first);
    return config.stages().isEmpty() ? begun : begun.atStage(0, now);
  }

  private boolean staged() {
    return !config.stages().isEmpty();
  }

  private boolean fixed() {
    return !staged() && config.percentage().isPresent();
  }

  /** Whether the share grows by itself, from the start on. */
  boolean ramp() {
    return !staged() && !fixed() && !config.byGroups();
  }

  int stages() {
    return config.stages().size();
  }

  boolean lastStage(State state) {
    return state.stage() >= stages() - 1;
  }

  private Stage stage(State state) {
    return config.stages().get(Math.min(state.stage(), stages() - 1));
  }

  private double elapsed(State state, long now) {
    double start = staged() ? state.began() : config.start().map(seconds -> seconds * MILLIS).orElse((double) state.began());
    return (state.paused() ? state.pausedAt() : now) - start - state.held();
  }

  /** The buckets below this number are the canary's. */
  double reached(State state, long now) {
    double steps = config.steps();
    if (state.end() != State.End.NONE) {
      return state.rolledBack() ? 0 : steps;
    }
    if (staged()) {
      return buckets(stage(state).percentage());
    }
    if (config.percentage().isPresent()) {
      return buckets(config.percentage().get());
    }
    double passed = elapsed(state, now) / MILLIS;
    if (passed < 0) {
      return 0;
    }
    return passed >= config.duration() ? steps : Math.floor(passed / config.duration() * steps);
  }

  /** The buckets below this number are the canary's under a fixed share. */
  double buckets(double percentage) {
    return percentage / ALL * config.steps();
  }

  /** The share that this gives, from 0 to 1, since buckets are whole. */
  double share(State state, long now) {
    return Math.min(1, Math.ceil(reached(state, now)) / Math.ceil(config.steps()));
  }

  Phase phase(State state, long now) {
    if (state.end() != State.End.NONE) {
      return state.rolledBack() ? Phase.ROLLED_BACK : Phase.DONE;
    }
    if (state.paused()) {
      return Phase.PAUSED;
    }
    if (config.byGroups()) {
      return Phase.BY_GROUPS;
    }
    if (staged()) {
      return stage(state).pause() ? Phase.APPROVAL : overdue(state, now) && lastStage(state) ? Phase.DONE : Phase.STAGE;
    }
    return fixed() ? Phase.FIXED : rampPhase(state, now);
  }

  private Phase rampPhase(State state, long now) {
    double passed = elapsed(state, now) / MILLIS;
    return passed < 0 ? Phase.WAITING : passed >= config.duration() ? Phase.DONE : Phase.RAMPING;
  }

  /** Whether the time of its stage is over; that of a last stage without one always is. */
  private boolean overdue(State state, long now) {
    return !stage(state).pause() && elapsed(state, now) >= stage(state).millis();
  }

  /** Whether there are two cohorts to compare: neither nobody nor everybody goes to the canary. */
  boolean divided(State state, long now) {
    double share = share(state, now);
    return share > 0 && share < 1;
  }

  /** Whether the next stage is to begin by itself, as far as its time is concerned. */
  boolean due(State state, long now) {
    return staged() && state.end() == State.End.NONE && !state.paused() && !lastStage(state) && overdue(state, now);
  }

  /** When its stage ends by itself, in milliseconds since the epoch. */
  Optional<Long> until(State state) {
    boolean ends = staged() && state.end() == State.End.NONE && !state.paused() && stage(state).millis() > 0;
    return ends ? Optional.of(state.began() + state.held() + stage(state).millis()) : Optional.empty();
  }

  /** In words. */
  String text(State state, long now) {
    Phase phase = phase(state, now);
    String share = config.byGroups() ? "by groups" : percent(share(state, now));
    String where = staged() && state.end() == State.End.NONE ? "stage " + (state.stage() + 1) + " of " + stages() + ", " : "";
    return phase == Phase.PAUSED || phase == Phase.ROLLED_BACK ? where + share + ", " + phase : where + share;
  }

  private static String percent(double share) {
    BigDecimal number = BigDecimal.valueOf(share * ALL).setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
    return number.toPlainString() + " %";
  }
}
