package dev.sluice.plugins.traffic;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Percentiles out of slots are those of the durations themselves, within the width of a slot. */
class ScaleTest {

  private static double percentile(long[] nanos, double share) {
    long[] counts = new long[Scale.SLOTS + 1];
    Arrays.stream(nanos).forEach(each -> counts[1 + Scale.slot(each)]++);
    return Scale.percentile(counts, 1, share);
  }

  @Test
  void percentilesAreNearTheExactOnes() {
    Random random = new Random(7);
    long[] nanos = new long[20_000];
    Arrays.setAll(nanos, i -> (long) (300_000 * Math.exp(2 * random.nextGaussian())));
    long[] sorted = nanos.clone();
    Arrays.sort(sorted);
    for (double share : new double[] {0.01, 0.5, 0.95, 0.99, 0.999}) {
      double exact = sorted[(int) (share * sorted.length)] / 1e6;
      assertThat(percentile(nanos, share)).isCloseTo(exact, within(exact * 0.125 + 0.001));
    }
  }

  @Test
  void slotsAreInOrderAndBounded() {
    int before = 0;
    for (long nanos = 0; nanos >= 0 && nanos < 1L << 60; nanos = nanos * 17 / 16 + 100) {
      int slot = Scale.slot(nanos);
      assertThat(slot).isBetween(before, Scale.SLOTS - 1);
      before = slot;
    }
    assertThat(before).isEqualTo(Scale.SLOTS - 1);
    assertThat(Scale.slot(-5)).isZero();
  }

  @Test
  void nothingHasNoPercentile() {
    assertThat(percentile(new long[0], 0.5)).isZero();
  }
}
