package dev.sluice.plugins.bluegreen;

import dev.sluice.api.deployment.RequestOutcome;
import dev.sluice.api.deployment.RequestOutcome.End;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which clients that went away are the side's fault. */
class WatchTest {

  private final Watch watch = new Watch(Side.GREEN, new BlueGreenConfig.WatchConfig(1000, 100, 0.5), 1000);

  private void gone(End how, Duration after) {
    assertThat(watch.trips(new RequestOutcome(how, 0, 0, after.toNanos()), 0)).isFalse();
  }

  private long counted(String field) {
    return watch.numbers().getLong(field);
  }

  @Test
  void whoHasWaitedForLongAndGotNothingIs() {
    gone(End.GIVEN_UP, Duration.ofSeconds(5));
    assertThat(counted("errors")).isEqualTo(1);
    assertThat(counted("requests")).isEqualTo(1);
  }

  @Test
  void nobodyElseIs() {
    gone(End.GIVEN_UP, Duration.ofMillis(4999));
    gone(End.ABANDONED, Duration.ofSeconds(60));
    assertThat(counted("errors")).isZero();
    assertThat(counted("requests")).isZero();
  }
}
