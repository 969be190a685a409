package dev.sluice.plugins.canary;

import dev.sluice.api.deployment.RequestOutcome;
import dev.sluice.api.deployment.Selection;
import dev.sluice.plugins.canary.gate.Cohort;
import dev.sluice.plugins.canary.gate.CohortCounter;

/**
 * What this node counts of both cohorts while a rollout is at one stage. The selections are the period's own, so that
 * what began in an earlier one is not counted in this. Safe for all threads, without locks.
 */
final class Period {

  /** That of a rollout whose state nobody has looked at yet. */
  static final long UNKNOWN = Long.MIN_VALUE;

  private final long epoch;
  private final Selection in;
  private final Selection out;
  private final Selection memberIn;
  private final Selection memberOut;
  private final CohortCounter canary;
  private final CohortCounter control;

  Period(long epoch) {
    this.epoch = epoch;
    this.in = Selection.of(Canary.GROUP, "bucket within the share");
    this.out = Selection.of(Selection.REST, "bucket beyond the share");
    this.memberIn = Selection.of(Canary.GROUP, "its groups");
    this.memberOut = Selection.of(Selection.REST, "its groups");
    this.canary = new CohortCounter();
    this.control = new CohortCounter();
  }

  /** The same one, of which it is now known when it began. */
  private Period(long epoch, Period same) {
    this.epoch = epoch;
    this.in = same.in;
    this.out = same.out;
    this.memberIn = same.memberIn;
    this.memberOut = same.memberOut;
    this.canary = same.canary;
    this.control = same.control;
  }

  Period known(long since) {
    return new Period(since, this);
  }

  long epoch() {
    return epoch;
  }

  Selection byShare(boolean inside) {
    return inside ? in : out;
  }

  Selection byGroup(boolean inside) {
    return inside ? memberIn : memberOut;
  }

  /** Counts what has ended; not what a header has forced, nor clients that went away. */
  @SuppressWarnings("ReferenceEquality")
  void ended(Selection selection, RequestOutcome outcome) {
    if (outcome.end() == RequestOutcome.End.ABANDONED) {
      return;
    }
    if (selection == in || selection == memberIn) {
      canary.count(outcome.error(), outcome.latencyNanos());
    } else if (selection == out || selection == memberOut) {
      control.count(outcome.error(), outcome.latencyNanos());
    }
  }

  Cohort canary() {
    return canary.snapshot();
  }

  Cohort control() {
    return control.snapshot();
  }
}
