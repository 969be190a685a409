package dev.sluice.plugins.canary.gate;

import java.util.OptionalDouble;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How soon a canary that is worse is found, of 1,000 requests a second. GATE.md has more of it. */
class DetectionTest {

  private static final int RUNS = 60;
  private static final double BASE = 0.001;

  private static long found(double share, double fault, double slower, double within, GateConfig config) {
    Rollout rollout = new Rollout(1000, share, at -> BASE, fault, slower, config);
    return LongStream.range(0, RUNS).filter(seed -> rollout.run(seed, within).isPresent()).count();
  }

  @Test
  void faultsAreFoundByAnHundredthOfTheTraffic() {
    assertThat(found(0.01, 1, 1, 10, GateConfig.DEFAULT)).as("all fail: at the first look").isEqualTo(RUNS);
    assertThat(found(0.01, 0.2, 1, 30, GateConfig.DEFAULT)).as("every fifth").isGreaterThanOrEqualTo(RUNS - 1);
    assertThat(found(0.01, 0.05, 1, 300, GateConfig.DEFAULT)).as("every twentieth").isGreaterThanOrEqualTo(RUNS - 3);
  }

  @Test
  void faultsThatAreAllowedAreNot() {
    assertThat(found(0.1, 0.01, 1, 600, GateConfig.DEFAULT)).isZero();
    GateConfig strict = new GateConfig(10, 100, 0, OptionalDouble.empty(), 0.99);
    assertThat(found(0.1, 0.01, 1, 60, strict)).as("unless none are").isGreaterThanOrEqualTo(RUNS - 1);
  }

  @Test
  void slownessIsFound() {
    GateConfig config = new GateConfig(10, 100, 0.02, OptionalDouble.of(1.2), 0.99);
    Rollout rollout = new Rollout(100, 0.1, at -> BASE, 0, 2, config);
    assertThat(LongStream.range(0, 20).filter(seed -> rollout.run(seed, 60).isPresent()).count())
        .isGreaterThanOrEqualTo(19);
  }
}
