package dev.sluice.plugins.example;

import dev.sluice.testkit.fake.MovableClock;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RequestCountsTest {

  private final MovableClock clock = new MovableClock(Instant.ofEpochSecond(1_000_000));
  private final RequestCounts counts = new RequestCounts(clock);

  private JsonArray data() {
    return counts.toJson().getJsonArray("data");
  }

  @Test
  void whoIsIdleIsForgotten() {
    counts.of("a").request();
    counts.of("b").request();
    clock.advance(Duration.ofSeconds(60));
    assertThat(counts.of("b").request()).isEqualTo(2);
    counts.forget(Duration.ofSeconds(30));
    assertThat(data()).hasSize(1);
    assertThat(data().getJsonObject(0).getJsonObject("consumer").getString("id")).isEqualTo("b");
    assertThat(counts.of("a").request()).isEqualTo(1);
  }
}
