package dev.sluice.plugins.traffic;

import dev.sluice.api.PluginContext;
import dev.sluice.api.Registration;
import dev.sluice.testkit.fake.MemoryCounters;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is remembered of clients that one node has no room for. */
class SyncedPolicyTest {

  private static final Windows NOW = Windows.of(1_767_268_800);
  private static final Limits YEAR = Limits.of(new JsonObject("{\"year\":1000}"));

  private final MemoryCounters counters = new MemoryCounters();
  private final Queue<Runnable> due = new ArrayDeque<>();

  private final PluginContext context = new PluginContext() {
    @Override
    public Registration after(Duration delay, Runnable task) {
      due.add(task);
      return () -> {};
    }
  };

  @Test
  void whoIsForgottenHereIsLearntAgain() {
    SyncedPolicy policy = new SyncedPolicy(context, new LocalCounters(100), counters, Duration.ofSeconds(1));
    take(policy, "bob");
    take(policy, "bob");
    for (int i = 0; i < 1000; i++) {
      for (int times = 0; times < 3; times++) {
        take(policy, "client-" + i);
      }
    }
    due.remove().run();
    assertThat(due).as("all are told").isEmpty();
    assertThat(policy.crowded()).isTrue();
    policy.sweep(NOW);
    assertThat(policy.size()).isLessThanOrEqualTo(100);
    assertThat(take(policy, "bob")).isEqualTo(2);
  }

  private static long take(SyncedPolicy policy, String who) {
    return policy.take(CounterKey.of("r:s", who), YEAR, NOW).result()[0];
  }
}
