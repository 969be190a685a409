package dev.sluice.plugins.ratelimitingadvanced;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.fake.FakePluginContext;
import dev.sluice.testkit.fake.MemoryCounters;
import io.vertx.core.json.JsonArray;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What is remembered of clients that one node has no room for. */
class SyncedCountingTest {

  private static final long NOW = 86_400_000;
  private static final Rules DAY = Rules.of(new JsonArray().add(86_400), new JsonArray().add(1000), false, false);

  private final MemoryCounters counters = new MemoryCounters();

  @Test
  void whoIsForgottenHereIsLookedUpAgain(@TempDir Path prefix) {
    try (FakePluginContext context = new FakePluginContext(prefix)) {
      SyncedCounting counting =
          new SyncedCounting(context, new Cells(100), () -> Optional.of(counters), Duration.ofMillis(20));
      Cells.Key bob = new Cells.Key("n", "bob");
      take(counting, bob);
      take(counting, bob);
      for (int i = 0; i < 1000; i++) {
        Cells.Key key = new Cells.Key("n", "client-" + i);
        take(counting, key);
        take(counting, key);
        take(counting, key);
      }
      Await.until("all are told", () -> counters.sum() == 3002);
      assertThat(counting.crowded()).isTrue();
      Await.until("there is room", () -> {
        counting.sweep(NOW);
        return counting.size() <= 100;
      });
      take(counting, bob);
      Await.until("bob is told", () -> counters.sum() == 3003);
      Await.until("what was told before counts", () -> here(counting, bob) == 3);
    }
  }

  private static long take(SyncedCounting counting, Cells.Key key) {
    return counting.take(key, DAY, NOW).result().current()[0];
  }

  /** Without counting. */
  private static long here(SyncedCounting counting, Cells.Key key) {
    return counting.take(key, Rules.of(new JsonArray().add(86_400), new JsonArray().add(0.5), false, false), NOW)
        .result().current()[0];
  }
}
