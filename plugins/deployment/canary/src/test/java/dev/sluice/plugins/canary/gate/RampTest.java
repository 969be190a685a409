package dev.sluice.plugins.canary.gate;

import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The share grows from nothing to all, while something happens to both cohorts. */
class RampTest {

  private static final int RUNS = 30;
  private static final int SECONDS = 3600;
  private static final int LOOK = 20;
  private static final int PER_SECOND = 20;
  private static final GateConfig CONFIG = new GateConfig(LOOK, 100, 0, OptionalDouble.empty(), 0.95);

  private static long alarms(boolean matched, double fault, DoubleUnaryOperator base) {
    return LongStream.range(0, RUNS).filter(seed -> alarm(new Draw(seed), matched, fault, base)).count();
  }

  private static boolean alarm(Draw draw, boolean matched, double fault, DoubleUnaryOperator base) {
    Arm canary = new Arm();
    Arm control = new Arm();
    for (int now = LOOK; now < SECONDS; now += LOOK) {
      double share = (double) now / SECONDS;
      for (int i = 0; i < PER_SECOND * LOOK; i++) {
        boolean there = draw.happens(share);
        boolean failed = draw.happens(base.applyAsDouble(now)) || there && draw.happens(fault);
        if (!matched || Matching.counts(there, share, draw.fraction())) {
          (there ? canary : control).add(1, failed ? 1 : 0);
        }
      }
      if (Rollout.suspect(canary, control, CONFIG)
          && Gate.verdict(CONFIG, canary.cohort(), control.cohort()).failing()) {
        return true;
      }
    }
    return false;
  }

  private static double worse(double second) {
    return second > 1800 ? 0.05 : 0.001;
  }

  private static double outage(double second) {
    return second > 1500 && second <= 1620 ? 1 : 0.001;
  }

  @Test
  void whatBothCohortsMeetIsNotBlamedOnTheCanary() {
    assertThat(alarms(true, 0, RampTest::worse)).isLessThanOrEqualTo(1);
    assertThat(alarms(true, 0, RampTest::outage)).isLessThanOrEqualTo(1);
    assertThat(alarms(false, 0, RampTest::worse)).as("were all of them counted").isGreaterThan(RUNS / 2);
    assertThat(alarms(false, 0, RampTest::outage)).as("were all of them counted").isGreaterThan(RUNS / 2);
  }

  @Test
  void whatTheCanaryMeetsIs() {
    assertThat(alarms(true, 0.05, RampTest::worse)).isEqualTo(RUNS);
  }

  @Test
  void atAnyShareBothCohortsAreOfOneSize() {
    Draw draw = new Draw(1);
    for (double share : new double[] {0, 0.001, 0.3, 0.5, 0.9, 1}) {
      long canaries = 0;
      long controls = 0;
      for (int i = 0; i < 100_000; i++) {
        boolean there = draw.happens(share);
        boolean counts = Matching.counts(there, share, draw.fraction());
        canaries += counts && there ? 1 : 0;
        controls += counts && !there ? 1 : 0;
      }
      double expected = 100_000 * Math.min(share, 1 - share);
      assertThat((double) canaries).isBetween(expected * 0.9 - 50, expected * 1.1 + 50);
      assertThat((double) controls).isBetween(expected * 0.9 - 50, expected * 1.1 + 50);
    }
  }
}
