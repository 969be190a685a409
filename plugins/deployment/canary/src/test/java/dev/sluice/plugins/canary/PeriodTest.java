package dev.sluice.plugins.canary;

import dev.sluice.api.deployment.RequestOutcome;
import dev.sluice.api.deployment.RequestOutcome.End;
import dev.sluice.api.deployment.Selection;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PeriodTest {

  private final Rollout rollout = new Rollout();

  private static RequestOutcome outcome(End end, int status) {
    return new RequestOutcome(end, status, 0, 1_000_000);
  }

  private static State state(long epoch, long changed) {
    return new State("", epoch, 0, 0, 0, 0, State.End.NONE, changed, "admin", "", new JsonObject());
  }

  private void ends(Selection selection, End end, int status) {
    rollout.period().ended(selection, outcome(end, status));
  }

  private String counts() {
    Counted all = rollout.period().all();
    return all.canary().errors() + "/" + all.canary().requests() + " " + all.control().errors() + "/"
        + all.control().requests();
  }

  @Test
  void clientsThatWaitInVainCountInBothCohorts() {
    for (boolean inside : new boolean[] {true, false}) {
      Selection selection = rollout.period().byShare(inside);
      rollout.period().ended(selection, new RequestOutcome(End.GIVEN_UP, 0, 0, 2_000_000_000L));
      rollout.period().ended(selection, new RequestOutcome(End.GIVEN_UP, 0, 0, 900_000_000L));
      rollout.period().ended(selection, new RequestOutcome(End.ABANDONED, 200, 0, 2_000_000_000L));
      rollout.period().ended(selection, new RequestOutcome(End.ABANDONED, 0, 0, 2_000_000_000L));
    }
    assertThat(counts()).isEqualTo("1/1 1/1");
  }

  @Test
  void onlyWhatSaysSomethingOfACohortCounts() {
    Period period = rollout.period();
    ends(period.byShare(true), End.ANSWERED, 200);
    ends(period.byShare(true), End.ANSWERED, 500);
    ends(period.byShare(true), End.FAILED, 502);
    ends(period.byShare(true), End.BROKEN, 200);
    ends(period.byShare(true), End.ABANDONED, 200);
    ends(period.byShare(false), End.ANSWERED, 404);
    ends(period.byGroup(false), End.ANSWERED, 503);
    ends(Selection.of(Canary.GROUP, "bucket within the share"), End.ANSWERED, 500);
    assertThat(counts()).isEqualTo("3/4 1/2");
  }

  @Test
  void whileTheShareMovesTheGateLooksAtAsManyOfBoth() {
    Period period = rollout.period();
    assertThat(period.matched()).isEmpty();
    for (int i = 0; i < 20_000; i++) {
      period.ended(period.byShare(i % 10 == 0), outcome(End.ANSWERED, 200), 0.1);
    }
    period.ended(period.byShare(true), outcome(End.ABANDONED, 200), 0.1);
    assertThat(counts()).isEqualTo("0/2000 0/18000");
    Counted matched = period.matched().orElseThrow();
    assertThat(matched.canary().requests()).isEqualTo(2000);
    assertThat(matched.control().requests()).isBetween(1700L, 2300L);
    String id = "9d1c6e0c-8c1f-4a9e-9f6f-6a2e5d1a7b11";
    Tally tally = Tally.of(id, id, period);
    assertThat(Tally.decode(tally.document())).as("as it is stored").isEqualTo(tally);
    Tally both = tally.with(List.of(new Tally("another", id, period.epoch(), tally.all(), tally.matched())));
    assertThat(both.judged(true).canary().requests()).isEqualTo(4000);
    assertThat(both.judged(false).requests()).isEqualTo(40_000);
    assertThat(both.realised()).isEqualTo(0.1);
  }

  @Test
  void anotherPeriodBeginsAtNothing() {
    Selection first = rollout.period().byShare(true);
    ends(first, End.ANSWERED, 200);
    rollout.settle(state(100, 100));
    assertThat(counts()).as("it was this period all the while").isEqualTo("0/1 0/0");
    rollout.settle(state(100, 200));
    ends(first, End.ANSWERED, 200);
    assertThat(counts()).as("nothing but a pause").isEqualTo("0/2 0/0");
    rollout.settle(state(300, 300));
    ends(first, End.ANSWERED, 500);
    assertThat(counts()).as("it began in the one before").isEqualTo("0/0 0/0");
    rollout.settle(state(100, 200));
    assertThat(rollout.period().epoch()).as("late news").isEqualTo(300);
  }
}
