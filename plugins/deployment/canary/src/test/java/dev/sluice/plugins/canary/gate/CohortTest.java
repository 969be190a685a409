package dev.sluice.plugins.canary.gate;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

class CohortTest {

  private static final long MILLI = 1_000_000;

  @Test
  void quantilesAreThoseOfTheRequests() {
    Draw draw = new Draw(1);
    long[] micros = LongStream.range(0, 20_000).map(i -> draw.micros(80)).toArray();
    CohortCounter counter = new CohortCounter();
    for (long each : micros) {
      counter.count(false, each * 1000);
    }
    Arrays.sort(micros);
    Cohort cohort = counter.snapshot();
    for (double share : new double[] {0.01, 0.5, 0.95, 0.99, 0.999, 1}) {
      double exact = micros[(int) Math.ceil(share * micros.length) - 1] / 1000.0;
      assertThat(cohort.quantile(share)).isCloseTo(exact, within(0.016 * exact));
    }
  }

  @Test
  void nothingHasNoQuantiles() {
    assertThat(Cohort.EMPTY.quantile(0.99)).isZero();
    assertThat(Cohort.EMPTY.errorRate()).isZero();
    assertThat(Cohort.EMPTY.shown())
        .isEqualTo(new JsonObject().put("requests", 0L).put("errors", 0L).put("error_rate", 0.0));
  }

  @Test
  void countsOfNodesAddUp() {
    Draw draw = new Draw(2);
    CohortCounter all = new CohortCounter();
    List<CohortCounter> nodes = List.of(new CohortCounter(), new CohortCounter(), new CohortCounter());
    for (int i = 0; i < 3000; i++) {
      boolean error = draw.happens(0.1);
      long nanos = draw.micros(20) * 1000;
      all.count(error, nanos);
      nodes.get(i % 3).count(error, nanos);
    }
    Cohort sum = nodes.stream().map(CohortCounter::snapshot).reduce(Cohort.EMPTY, Cohort::plus);
    assertThat(sum).isEqualTo(all.snapshot()).hasSameHashCodeAs(all.snapshot());
    assertThat(sum.requests()).isEqualTo(3000);
    assertThat(sum.errors()).isBetween(200L, 400L);
  }

  @Test
  void whatIsWrittenIsReadAgain() {
    CohortCounter counter = new CohortCounter();
    counter.count(false, 12 * MILLI);
    counter.count(true, 12 * MILLI);
    counter.count(false, 3000 * MILLI);
    Cohort cohort = counter.snapshot();
    JsonObject written = new JsonObject(cohort.toJson().encode());
    assertThat(written.getJsonArray("latencies")).as("what is empty is left out").hasSize(4);
    assertThat(Cohort.fromJson(written)).isEqualTo(cohort);
    assertThat(Cohort.fromJson(Cohort.EMPTY.toJson())).isEqualTo(Cohort.EMPTY);
    assertThat(cohort).isNotEqualTo(cohort.plus(cohort));
  }

  @Test
  void whatNobodyWroteIsRefused() {
    JsonObject good = new Arm().add(5, 2).cohort().toJson();
    for (JsonObject bad : List.of(
        new JsonObject(),
        good.copy().put("v", 2),
        good.copy().put("errors", 6),
        good.copy().put("errors", -1),
        good.copy().put("errors", "1"),
        good.copy().put("latencies", "1"),
        good.copy().put("latencies", new JsonArray().add(1)),
        good.copy().put("latencies", new JsonArray().add(1).add(-1)),
        good.copy().put("latencies", new JsonArray().add(1_000_000).add(1)),
        good.copy().put("latencies", new JsonArray().add(1).add(Long.MAX_VALUE).add(1).add(1)))) {
      assertThatThrownBy(() -> Cohort.fromJson(bad)).as(bad.encode()).isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void manyThreadsCountAndNoneIsLost() {
    CohortCounter counter = new CohortCounter();
    int each = 20_000;
    List<CompletableFuture<Void>> threads = IntStream.range(0, 4)
        .mapToObj(thread -> CompletableFuture.runAsync(() -> {
          for (int i = 0; i < each; i++) {
            counter.count(i % 2 == 0, i % 7 * MILLI);
          }
        }))
        .toList();
    while (!threads.stream().allMatch(CompletableFuture::isDone)) {
      Cohort seen = counter.snapshot();
      assertThat(seen.errors()).isLessThanOrEqualTo(seen.requests());
    }
    threads.forEach(CompletableFuture::join);
    assertThat(counter.snapshot().requests()).isEqualTo(4L * each);
    assertThat(counter.snapshot().errors()).isEqualTo(2L * each);
  }
}
