package dev.sluice.plugins.canary.gate;

import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Canaries just like the control, on which somebody looks all the time. Nothing is allowed on top: the worst case. */
class FalseAlarmTest {

  private static final int RUNS = 200;
  private static final double ALPHA = 0.05;

  private static GateConfig config(OptionalDouble ratio) {
    return new GateConfig(1, 1, 0, ratio, 1 - ALPHA);
  }

  @ParameterizedTest
  @CsvSource({"0.002, 1", "0.05, 1", "0.05, 19", "0.5, 1"})
  void aLookAfterEachRequestRaisesNone(double base, int controls) {
    GateConfig config = config(OptionalDouble.empty());
    int alarms = 0;
    int naive = 0;
    for (int run = 0; run < RUNS; run++) {
      Draw draw = new Draw(run);
      Arm canary = new Arm();
      Arm control = new Arm();
      boolean alarm = false;
      boolean naiveAlarm = false;
      for (int i = 0; i < 600; i++) {
        canary.add(1, draw.of(1, base));
        control.add(controls, draw.of(controls, base));
        alarm = alarm || Rollout.suspect(canary, control, config)
            && Gate.verdict(config, canary.cohort(), control.cohort()).failing();
        naiveAlarm = naiveAlarm || i >= 60 && z(canary, control) > 1.645;
      }
      alarms += alarm ? 1 : 0;
      naive += naiveAlarm ? 1 : 0;
    }
    assertThat(alarms).as("of %d runs", RUNS).isLessThanOrEqualTo((int) (ALPHA * RUNS));
    if (base >= 0.05) {
      assertThat(naive).as("a test for one look, at the same level").isGreaterThan((int) (3 * ALPHA * RUNS));
    }
  }

  /** The textbook's comparison of two rates, which is right for one look. */
  private static double z(Arm canary, Arm control) {
    double one = (double) canary.errors() / canary.requests();
    double other = (double) control.errors() / control.requests();
    double both = (double) (canary.errors() + control.errors()) / (canary.requests() + control.requests());
    double spread = both * (1 - both) * (1.0 / canary.requests() + 1.0 / control.requests());
    return spread == 0 ? 0 : (one - other) / Math.sqrt(spread);
  }

  @Test
  void aPeakThatBothCohortsShareRaisesNone() {
    Rollout peak = new Rollout(
        100, 0.1, at -> 0.15 * (1 - Math.cos(at / 40)), 0, 1, config(OptionalDouble.empty()));
    assertThat(alarms(peak, RUNS, 300)).isLessThanOrEqualTo((int) (ALPHA * RUNS));
  }

  @Test
  void anOutageThatBothCohortsShareRaisesNone() {
    Rollout outage = new Rollout(
        100, 0.1, at -> at > 100 && at < 130 ? 1 : 0.001, 0, 1, config(OptionalDouble.empty()));
    assertThat(alarms(outage, RUNS, 300)).isLessThanOrEqualTo((int) (ALPHA * RUNS));
  }

  private static long alarms(Rollout rollout, int runs, double seconds) {
    return LongStream.range(0, runs).filter(seed -> rollout.run(seed, seconds).isPresent()).count();
  }

  @Test
  void latenciesThatAreAlikeRaiseNone() {
    int runs = 40;
    Rollout same = new Rollout(50, 0.5, at -> 0.01, 0, 1, config(OptionalDouble.of(1)));
    assertThat(alarms(same, runs, 30)).isLessThanOrEqualTo((int) (ALPHA * runs));
    long inAPeak = LongStream.range(0, runs)
        .filter(seed -> same.run(seed, 30, at -> 50 * (2 - Math.cos(at / 6))).isPresent())
        .count();
    assertThat(inAPeak).isLessThanOrEqualTo((int) (ALPHA * runs));
  }
}
