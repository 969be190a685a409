package dev.sluice.plugins.bluegreen;

import dev.sluice.api.deployment.RequestOutcome;
import dev.sluice.api.deployment.RequestOutcome.End;
import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Which clients that went away are the side's fault. */
class WatchTest {

  private final Watch watch = new Watch(Side.GREEN, new BlueGreenConfig.WatchConfig(1000, 100, 0.5), 1000);

  private void gone(boolean prompt, int status, Duration after) {
    assertThat(watch.trips(new RequestOutcome(End.ABANDONED, status, 0, after.toNanos()), prompt, 0)).isFalse();
  }

  private long counted(String field) {
    return watch.numbers().getLong(field);
  }

  @Test
  void whoHasWaitedForLongAndGotNothingIs() {
    gone(true, 0, Duration.ofSeconds(5));
    assertThat(counted("errors")).isEqualTo(1);
    assertThat(counted("requests")).isEqualTo(1);
  }

  @Test
  void nobodyElseIs() {
    gone(true, 0, Duration.ofMillis(4999));
    gone(false, 0, Duration.ofSeconds(60));
    gone(true, 200, Duration.ofSeconds(60));
    gone(true, 408, Duration.ofSeconds(60));
    gone(true, 413, Duration.ofSeconds(60));
    assertThat(counted("errors")).isZero();
    assertThat(counted("requests")).isZero();
  }
}
