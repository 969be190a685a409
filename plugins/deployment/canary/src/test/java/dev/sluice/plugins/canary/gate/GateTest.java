package dev.sluice.plugins.canary.gate;

import io.vertx.core.json.JsonObject;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class GateTest {

  private static final GateConfig CONFIG = GateConfig.DEFAULT;
  private static final GateConfig WITH_P99 = new GateConfig(10, 100, 0.02, OptionalDouble.of(1.5), 0.99);
  private static final Cohort CONTROL = new Arm().add(9_900, 10).cohort();

  @Test
  void tooFewRequestsSayNothing() {
    Verdict verdict = Gate.verdict(CONFIG, new Arm().add(40, 1).cohort(), CONTROL);
    assertThat(verdict.state()).isEqualTo(Verdict.State.WAITING);
    assertThat(verdict.reason()).isEqualTo("40 of 100 requests of the canary");
    assertThat(Gate.verdict(CONFIG, new Arm().add(100, 1).cohort(), new Arm().add(99, 0).cohort()).reason())
        .isEqualTo("99 of 100 requests of the control");
    assertThat(Gate.verdict(CONFIG, Cohort.EMPTY, Cohort.EMPTY).state()).isEqualTo(Verdict.State.WAITING);
  }

  @Test
  void enoughGoodRequestsPass() {
    Verdict verdict = Gate.verdict(CONFIG, new Arm().add(500, 2).cohort(), CONTROL);
    assertThat(verdict.state()).isEqualTo(Verdict.State.PASSING);
    assertThat(verdict.failing()).isFalse();
    assertThat(verdict.reason())
        .isEqualTo("error rate 0.40 % (2 of 500), control 0.10 % (10 of 9900),"
            + " no evidence of more than 2.00 percentage points above it");
  }

  @Test
  void aWorseCanaryFailsAndTheNumbersSayWhy() {
    Verdict verdict = Gate.verdict(CONFIG, new Arm().add(500, 60).cohort(), CONTROL);
    assertThat(verdict.failing()).isTrue();
    assertThat(verdict.reason())
        .isEqualTo("error rate 12.00 % (60 of 500), control 0.10 % (10 of 9900),"
            + " more than 2.00 percentage points above it");
    JsonObject json = verdict.toJson();
    assertThat(json.getString("verdict")).isEqualTo("failing");
    JsonObject numbers = json.getJsonObject("numbers");
    assertThat(numbers.getJsonObject("canary").getLong("errors")).isEqualTo(60);
    assertThat(numbers.getJsonObject("control").getDouble("p99_ms")).isCloseTo(50, within(1.0));
    assertThat(numbers.getJsonObject("error_rate").getDouble("needed")).isEqualTo(100);
    assertThat(numbers.getJsonObject("error_rate").getDouble("evidence")).isGreaterThan(100);
    assertThat(numbers.containsKey("p99")).isFalse();
  }

  @Test
  void aSlowCanaryFailsWhereLatenciesAreJudged() {
    Cohort slow = new Arm().add(450, 0, 50).add(50, 0, 900).cohort();
    assertThat(Gate.verdict(CONFIG, slow, CONTROL).failing()).isFalse();
    Verdict verdict = Gate.verdict(WITH_P99, slow, CONTROL);
    assertThat(verdict.failing()).isTrue();
    assertThat(verdict.reason()).isEqualTo("p99 892.9 ms, control 49.7 ms, more than 1.50 times that");
    assertThat(verdict.numbers().getJsonObject("p99").getDouble("needed")).isEqualTo(200);
    assertThat(Gate.verdict(WITH_P99, new Arm().add(500, 2).cohort(), CONTROL).reason())
        .contains("no evidence of more than 2.00 percentage points above it; p99 49.7 ms");
  }

  /** The minimum is not waited for when what is missing of it could not help any more. */
  @Test
  void aBrokenCanaryIsSeenWithinAHandfulOfRequests() {
    long failed = 1;
    while (!Gate.verdict(CONFIG, new Arm().add(failed, failed).cohort(), CONTROL).failing()) {
      failed++;
    }
    assertThat(failed).as("the first few may fail").isGreaterThan(5).isLessThan(15);
    assertThat(Gate.verdict(CONFIG, new Arm().add(100, failed).cohort(), CONTROL).failing())
        .as("it fails too when all others have gone well").isTrue();
    assertThat(Gate.verdict(CONFIG, new Arm().add(100, failed - 1).cohort(), CONTROL).failing()).isFalse();
  }

  @Test
  void periodsShareTheBudget() {
    assertThat(CONFIG.over(4).alpha()).isCloseTo(0.0025, within(1e-12));
    assertThat(CONFIG.over(0).alpha()).isCloseTo(CONFIG.alpha(), within(1e-12));
    assertThat(CONFIG.over(4).minRequests()).isEqualTo(CONFIG.minRequests());
  }

  @Test
  void boundsThatMeanNothingAreRefused() {
    OptionalDouble none = OptionalDouble.empty();
    assertThatThrownBy(() -> new GateConfig(10, 0, 0, none, 0.9)).hasMessageContaining("min_requests");
    assertThatThrownBy(() -> new GateConfig(0, 1, 0, none, 0.9)).hasMessageContaining("interval");
    assertThatThrownBy(() -> new GateConfig(10, 1, 2, none, 0.9)).hasMessageContaining("delta");
    assertThatThrownBy(() -> new GateConfig(10, 1, 0, OptionalDouble.of(0), 0.9)).hasMessageContaining("ratio");
    assertThatThrownBy(() -> new GateConfig(10, 1, 0, none, 1)).hasMessageContaining("confidence");
  }
}
