package dev.sluice.plugins.canary;

import dev.sluice.api.deployment.RequestOutcome;
import dev.sluice.api.deployment.RequestOutcome.End;
import dev.sluice.api.deployment.Selection;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PeriodTest {

  private final Rollout rollout = new Rollout();

  private static RequestOutcome outcome(End end, int status) {
    return new RequestOutcome(end, status, 0, 1_000_000);
  }

  private static State state(long epoch, long changed) {
    return new State("", 1, epoch, 0, 0, 0, 0, State.End.NONE, changed, "admin", "", new JsonObject());
  }

  private void ends(Selection selection, End end, int status) {
    rollout.period().ended(selection, outcome(end, status));
  }

  private String counts() {
    Period period = rollout.period();
    return period.canary().errors() + "/" + period.canary().requests() + " " + period.control().errors() + "/"
        + period.control().requests();
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
