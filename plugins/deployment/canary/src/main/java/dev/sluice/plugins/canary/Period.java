package dev.sluice.plugins.canary;

import dev.sluice.api.deployment.RequestOutcome;
import dev.sluice.api.deployment.Selection;
import dev.sluice.plugins.canary.gate.CohortCounter;
import dev.sluice.plugins.canary.gate.Matching;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What this node counts of both cohorts while a rollout is at one stage. The selections are the period's own, so that
 * what began in an earlier one is not counted in this. Safe for all threads, without locks.
 */
final class Period {

  /** Clients that leave sooner are taken for impatient. */
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  /** That of a rollout whose state nobody has looked at yet. */
  static final long UNKNOWN = Long.MIN_VALUE;

  private final long epoch;
  private final Selection in;
  private final Selection out;
  private final Selection memberIn;
  private final Selection memberOut;
  private final Counters all;
  private final AtomicReference<Counters> matched;

  private record Counters(CohortCounter canary, CohortCounter control) {
    Counters() {
      this(new CohortCounter(), new CohortCounter());
    }

    void count(boolean inside, RequestOutcome outcome) {
      (inside ? canary : control).count(outcome.error() || outcome.givenUpAfter(PATIENCE), outcome.latencyNanos());
    }

    Counted snapshot() {
      return new Counted(canary.snapshot(), control.snapshot());
    }
  }

  Period(long epoch) {
    this.epoch = epoch;
    this.in = Selection.of(Canary.GROUP, "bucket within the share");
    this.out = Selection.of(Selection.REST, "bucket beyond the share");
    this.memberIn = Selection.of(Canary.GROUP, "its groups");
    this.memberOut = Selection.of(Selection.REST, "its groups");
    this.all = new Counters();
    this.matched = new AtomicReference<>();
  }

  /** The same one, of which it is now known when it began. */
  private Period(long epoch, Period same) {
    this.epoch = epoch;
    this.in = same.in;
    this.out = same.out;
    this.memberIn = same.memberIn;
    this.memberOut = same.memberOut;
    this.all = same.all;
    this.matched = same.matched;
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

  /** Counts what has ended; not what a header has forced, nor clients that went away soon or within an answer. */
  void ended(Selection selection, RequestOutcome outcome) {
    if (counts(selection, outcome)) {
      all.count(inside(selection), outcome);
    }
  }

  /**
   * Counts what has ended while the share moves: chance says whether the gate counts it too.
   *
   * @param share that of the canary now, from 0 to 1
   */
  void ended(Selection selection, RequestOutcome outcome, double share) {
    ended(selection, outcome);
    if (counts(selection, outcome)
        && Matching.counts(inside(selection), share, ThreadLocalRandom.current().nextDouble())) {
      Counters counters = matched.get();
      if (counters == null) {
        matched.compareAndSet(null, new Counters());
        counters = matched.get();
      }
      counters.count(inside(selection), outcome);
    }
  }

  private boolean counts(Selection selection, RequestOutcome outcome) {
    boolean says = switch (outcome.end()) {
      case ANSWERED, FAILED, BROKEN -> true;
      // What hangs is noticed by this where clients are less patient than the gateway.
      case GIVEN_UP -> outcome.givenUpAfter(PATIENCE);
      case ABANDONED -> false;
    };
    return says && (inside(selection) || outside(selection));
  }

  @SuppressWarnings("ReferenceEquality")
  private boolean inside(Selection selection) {
    return selection == in || selection == memberIn;
  }

  @SuppressWarnings("ReferenceEquality")
  private boolean outside(Selection selection) {
    return selection == out || selection == memberOut;
  }

  /** All that was counted. */
  Counted all() {
    return all.snapshot();
  }

  /** What of it the gate looks at, where that is not all. */
  Optional<Counted> matched() {
    return Optional.ofNullable(matched.get()).map(Counters::snapshot);
  }
}
