package dev.sluice.plugins.canary.gate;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class EvidenceTest {

  /** The mean wealth over all courses of a fair game is 1: that is all that the guarantee rests on. */
  @Test
  void betsAreFair() {
    for (double chance : new double[] {0.001, 0.02, 0.3}) {
      for (int trials : new int[] {1, 5, 40}) {
        double more = 0;
        double fewer = 0;
        double weight = Math.pow(1 - chance, trials);
        for (int events = 0; events <= trials; events++) {
          more += weight * Math.exp(Bets.more(events, trials, chance));
          fewer += weight * Math.exp(Bets.fewer(events, trials, chance));
          weight *= chance / (1 - chance) * (trials - events) / (events + 1);
        }
        assertThat(more).isCloseTo(1, within(1e-9));
        assertThat(fewer).isCloseTo(1, within(1e-9));
      }
    }
  }

  @Test
  void theRateThatExplainsBestDecides() {
    long[][] counts = {{10, 100, 0, 9900}, {30, 400, 20, 400}, {3, 100, 200, 10_000}, {5, 5, 1, 3}, {0, 9, 0, 0}};
    for (long[] each : counts) {
      for (double delta : new double[] {0, 0.005, 0.02, 0.9}) {
        double least = ErrorRates.at(0, each[0], each[1], each[2], each[3], delta);
        for (double rate = 1e-6; rate < 1.005; rate *= 1.005) {
          least = Math.min(least, ErrorRates.at(Math.min(1, rate), each[0], each[1], each[2], each[3], delta));
        }
        double found = ErrorRates.evidence(each[0], each[1], each[2], each[3], delta);
        assertThat(found).isLessThanOrEqualTo(least + 1e-9).isCloseTo(least, within(0.02));
      }
    }
  }

  @Test
  void evidenceGrowsWithErrorsOfTheCanaryAndShrinksWithThoseOfTheControl() {
    double last = Double.NEGATIVE_INFINITY;
    for (long errors = 0; errors <= 100; errors++) {
      double evidence = ErrorRates.evidence(errors, 100, 5, 1000, 0.02);
      assertThat(evidence).isGreaterThan(last);
      last = evidence;
    }
    for (long errors = 5; errors <= 1000; errors += 5) {
      double evidence = ErrorRates.evidence(100, 100, errors, 1000, 0.02);
      assertThat(evidence).isLessThanOrEqualTo(last + 1e-6);
      last = evidence;
    }
  }

  @Test
  void aCanaryThatIsNotWorseGivesNone() {
    for (long requests = 100; requests <= 10_000_000; requests *= 10) {
      assertThat(ErrorRates.evidence(requests / 50, requests, requests / 5, 10 * requests, 0)).isLessThan(0);
      assertThat(ErrorRates.evidence(requests / 25, requests, requests / 5, 10 * requests, 0.02)).isLessThan(0);
      Cohort canary = new Arm().add(requests, 0, 50).add(requests / 50, 0, 70).cohort();
      Cohort control = new Arm().add(requests, 0, 50).add(requests / 50, 0, 65).cohort();
      assertThat(P99s.evidence(canary, canary.requests(), control, 1.2)).isLessThan(0);
    }
  }

  @Test
  void withoutAControlThereIsNone() {
    assertThat(ErrorRates.evidence(1000, 1000, 0, 0, 0)).isLessThan(1e-6);
    Cohort canary = new Arm().add(1000, 0, 5000).cohort();
    assertThat(P99s.evidence(canary, canary.requests(), Cohort.EMPTY, 1)).isLessThan(0);
  }

  @Test
  void slowAnswersAreFoundHoweverFewTheyAre() {
    Cohort control = new Arm().add(9_900, 0, 50).add(50, 0, 200).cohort();
    Cohort canary = new Arm().add(90, 0, 50).add(10, 0, 200).cohort();
    assertThat(P99s.evidence(canary, canary.requests(), control, 1.5)).isGreaterThan(Math.log(200));
    assertThat(P99s.evidence(canary, canary.requests(), control, 5)).isLessThan(0);
  }
}
