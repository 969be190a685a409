package dev.sluice.plugins.mirror;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class NoiseTest {

  private static final String KIND = "way /orders/*";
  private final Noise noise = new Noise();

  private static List<Difference> at(String... kinds) {
    return Arrays.stream(kinds).map(kind -> new Difference(kind, "1", "2")).toList();
  }

  @Test
  void whatIsLearntIsTakenOffWithAllThatIsBelow() {
    noise.learn(KIND, at("$.at", "$.items[*]"));
    assertThat(without(noise, KIND, at("$.at", "$.items[*].id", "$.items", "$.atlas", "body")))
        .extracting(Difference::kind)
        .containsExactly("$.items", "$.atlas", "body");
    assertThat(without(noise, "way /users", at("$.at"))).hasSize(1);
  }

  @Test
  void whatNeverDiffersAnyMoreIsForgotten() {
    noise.learn(KIND, at("$.at", "$.id"));
    for (int i = 0; i < 99; i++) {
      noise.learn(KIND, at("$.id"));
    }
    assertThat(without(noise, KIND, at("$.at"))).isEmpty();
    noise.learn(KIND, at("$.id"));
    assertThat(without(noise, KIND, at("$.at"))).hasSize(1);
    assertThat(without(noise, KIND, at("$.id"))).isEmpty();
  }

  @Test
  void thereIsRoomForSoMuch() {
    for (int i = 0; i < 10_000; i++) {
      noise.learn("way /" + i, at("$.at"));
    }
    noise.learn(KIND, at(IntStream.range(0, 1000).mapToObj(i -> "$.field" + i).toArray(String[]::new)));
    assertThat(without(noise, "way /0", at("$.at"))).as("long ago").hasSize(1);
    assertThat(without(noise, "way /9999", at("$.at"))).isEmpty();
    JsonArray shown = noise.shown();
    assertThat(shown).hasSize(100);
    JsonObject last = shown.getJsonObject(shown.size() - 1);
    assertThat(last.getString("path")).isEqualTo("/9999");
    assertThat(shown.stream().mapToInt(each -> ((JsonObject) each).getJsonArray("fields").size()).max()).hasValue(128);
  }

  @Test
  void aDifferenceIsMadeSureOfThreeTimes() {
    for (int i = 0; i < 3; i++) {
      assertThat(noise.unsure(KIND, at("$.price"))).isTrue();
      noise.sure(KIND, at("$.price"));
    }
    assertThat(noise.unsure(KIND, at("$.price"))).isFalse();
    assertThat(noise.unsure(KIND, at("$.price", "$.name"))).isTrue();
    noise.learn(KIND, at("$.price"));
    assertThat(noise.unsure(KIND, at("$.price"))).as("it differs by itself after all").isTrue();
  }

  @Test
  void pathsOfOneKindAreAlike() {
    assertThat(PathPattern.of("/orders/17/items")).isEqualTo("/orders/*/items");
    assertThat(PathPattern.of("/v2/users/9d1c6e0c-8c1f-4a9e-9f6f-6a2e5d1a7b11")).isEqualTo("/v2/users/*");
    assertThat(PathPattern.of("/")).isEqualTo("/");
    assertThat(PathPattern.of("/a//b/")).isEqualTo("/a//b/");
    assertThat(PathPattern.of("/" + "x/".repeat(10_000)).length()).isLessThanOrEqualTo(200);
  }

  @Test
  void askingAgainHasABudget() {
    Budget budget = new Budget();
    int taken = 0;
    for (int i = 0; i < 1000; i++) {
      taken += budget.take(5_000 + i / 2) ? 1 : 0;
    }
    assertThat(taken).isEqualTo(10);
    assertThat(budget.take(6_000)).isTrue();
  }

  @Test
  void latenciesAreRightWithinASixteenth() {
    Latencies latencies = new Latencies();
    assertThat(latencies.within(0.5)).isZero();
    for (int i = 1; i <= 1000; i++) {
      latencies.add(TimeUnit.MICROSECONDS.toNanos(i * 100L));
    }
    assertThat(latencies.within(0.5)).isBetween(50.0, 50 * 17 / 16.0 + 0.1);
    assertThat(latencies.within(0.99)).isBetween(99.0, 99 * 17 / 16.0 + 0.1);
    latencies.add(0);
    latencies.add(Long.MAX_VALUE);
    latencies.add(-1);
  }

  private static List<Difference> without(Noise noise, String kind, List<Difference> differences) {
    return differences.stream().filter(noise.of(kind).negate()).toList();
  }

  @Test
  void whatIsInNoiseIsNoiseHoweverDeep() {
    Noise noise = new Noise();
    noise.learn(KIND, at("$.deep"));
    assertThat(without(noise, KIND, at("$.deep" + ".x".repeat(1000), "$.other" + ".x".repeat(1000)))).hasSize(1);
  }
}
