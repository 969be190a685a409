package dev.sluice.plugins.canary.gate;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LatencyScaleTest {

  @Test
  void bucketsFollowOnEachOther() {
    for (int bucket = 0; bucket < LatencyScale.SIZE; bucket++) {
      long low = LatencyScale.low(bucket);
      long next = LatencyScale.low(bucket + 1);
      assertThat(next).isGreaterThan(low);
      assertThat(LatencyScale.bucket(low)).isEqualTo(bucket);
      assertThat(LatencyScale.bucket(next - 1)).isEqualTo(bucket);
      assertThat(LatencyScale.from((double) low)).isEqualTo(bucket);
      assertThat(LatencyScale.from(low + 0.1)).isEqualTo(bucket + 1);
    }
  }

  @Test
  void aLatencyIsToldToOnePointSixPercent() {
    for (double micros = 1; micros < 4e9; micros *= 1.01) {
      long whole = Math.round(micros);
      double told = LatencyScale.middle(LatencyScale.bucket(whole)) * 1000;
      assertThat(told).isCloseTo((double) whole, within(0.016 * whole));
    }
  }

  @Test
  void whatIsBeyondTheScaleFallsIntoItsEnds() {
    assertThat(LatencyScale.bucket(-5)).isZero();
    assertThat(LatencyScale.bucket(Long.MAX_VALUE)).isEqualTo(LatencyScale.SIZE - 1);
    assertThat(LatencyScale.from(1e12)).isEqualTo(LatencyScale.SIZE);
  }
}
