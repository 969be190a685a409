package dev.sluice.plugins.canary;

import java.util.Optional;
import java.util.UUID;

/**
 * What is known on this node of one {@code plugins} entity, whatever version of its configuration serves. Safe for all
 * threads; requests only read it.
 */
final class Rollout {

  private final UUID id = UUID.randomUUID();
  private volatile Period period = new Period(Period.UNKNOWN);
  private volatile Optional<State> latest = Optional.empty();
  private volatile long judgedAt;
  private volatile long written;

  /** Of this very object: what another one has counted of the same entity before is not overwritten. */
  UUID id() {
    return id;
  }

  Period period() {
    return period;
  }

  /** The state as it was last seen or written here; requests look at that of their own snapshot. */
  Optional<State> latest() {
    return latest;
  }

  /** Takes over a state, unless a newer one is known: with another epoch both cohorts are counted anew. */
  synchronized void settle(State state) {
    if (latest.isPresent() && state.olderThan(latest.get())) {
      return;
    }
    latest = Optional.of(state);
    if (period.epoch() == Period.UNKNOWN) {
      period = period.known(state.epoch());
    } else if (period.epoch() != state.epoch()) {
      period = new Period(state.epoch());
      written = 0;
    }
  }

  /**
   * Whether so much time has passed since the last look that the gate is to look again, or the stage has ended since.
   *
   * @param end of the stage, in milliseconds since the epoch; empty when it does not end by itself
   */
  boolean due(long now, long intervalMillis, Optional<Long> end) {
    boolean ended = end.isPresent() && judgedAt < end.get() && end.get() <= now;
    if (now < judgedAt + intervalMillis && !ended) {
      return false;
    }
    judgedAt = now;
    return true;
  }

  /** How many requests had been counted when counts were last stored. */
  long written() {
    return written;
  }

  /** Notes what has been stored; of an earlier period it does not matter any more. */
  synchronized void written(Tally stored) {
    if (stored.epoch() == period.epoch()) {
      written = stored.all().requests();
    }
  }
}
