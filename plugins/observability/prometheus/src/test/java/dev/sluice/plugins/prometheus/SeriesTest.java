package dev.sluice.plugins.prometheus;

import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SeriesTest {

  @Test
  void thereIsAnEndToHowManyAreKept() {
    Limit limit = new Limit(2);
    Series<LongAdder> series = new Series<>(limit, LongAdder::new);
    assertThat(series.of(List.of("a"))).isPresent();
    assertThat(series.of(List.of("b"))).isPresent();
    assertThat(series.of(List.of("c"))).isEmpty();
    assertThat(series.of(List.of("a"))).isPresent();
    assertThat(limit.refused()).isEqualTo(1);
  }

  @Test
  void aBucketHoldsWhatIsNotLarger() {
    Histogram histogram = new Histogram(new long[] {1, 5});
    for (long value : new long[] {0, 1, 2, 5, 6, 100}) {
      histogram.observe(value);
    }
    assertThat(histogram.cumulated()).containsExactly(2, 4, 6);
    assertThat(histogram.sum()).isEqualTo(114);
  }
}
