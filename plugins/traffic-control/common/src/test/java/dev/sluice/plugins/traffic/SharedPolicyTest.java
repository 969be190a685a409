package dev.sluice.plugins.traffic;

import dev.sluice.api.store.SharedCounters;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is asked of counters that several nodes share. */
class SharedPolicyTest {

  private static final Windows NOW = Windows.of(1_767_268_800);
  private static final Limits TWO = Limits.of(new JsonObject("{\"minute\":2,\"hour\":5}"));
  private static final CounterKey BOB = CounterKey.of("r:s", "bob");

  private final Map<String, Long> numbers = new HashMap<>();
  private boolean away;

  private final SharedCounters counters = new SharedCounters() {
    @Override
    public Future<long[]> read(List<String> names) {
      return away ? Future.failedFuture("away")
          : Future.succeededFuture(names.stream().mapToLong(name -> numbers.getOrDefault(name, 0L)).toArray());
    }

    @Override
    public Future<long[]> add(List<Addition> additions) {
      return away ? Future.failedFuture("away")
          : Future.succeededFuture(
              additions.stream().mapToLong(each -> numbers.merge(each.name(), each.amount(), Long::sum)).toArray());
    }
  };

  private static long[] take(Policy policy) {
    return policy.take(BOB, TWO, NOW).result();
  }

  @Test
  void whatPassesIsCountedAfterTheQuestion() {
    Policy node = new SharedPolicy(counters, false);
    Policy other = new SharedPolicy(counters, false);
    assertThat(take(node)).containsExactly(0, 0);
    assertThat(take(other)).containsExactly(1, 1);
    assertThat(take(node)).containsExactly(2, 2);
    assertThat(take(other)).as("a refusal is not counted").containsExactly(2, 2);
  }

  @Test
  void orAtOnce() {
    Policy policy = new SharedPolicy(counters, true);
    assertThat(take(policy)).containsExactly(0, 0);
    assertThat(take(policy)).containsExactly(1, 1);
    assertThat(take(policy)).containsExactly(2, 2);
    assertThat(take(policy)).containsExactly(3, 3);
  }

  @Test
  void costsAreAdded() {
    Policy policy = new SharedPolicy(counters, false);
    policy.add(CounterKey.of("r:s", "bob", "video"), TWO, NOW, 4);
    assertThat(policy.used(CounterKey.of("r:s", "bob", "video"), TWO, NOW).result()).containsExactly(4, 4);
    assertThat(policy.used(CounterKey.of("r:s", "bob", "sms"), TWO, NOW).result()).containsExactly(0, 0);
    assertThat(policy.used(BOB, TWO, NOW).result()).containsExactly(0, 0);
  }

  @Test
  void whoCannotCountSaysSo() {
    away = true;
    assertThat(new SharedPolicy(counters, false).take(BOB, TWO, NOW).failed()).isTrue();
    assertThat(new SharedPolicy(counters, true).take(BOB, TWO, NOW).failed()).isTrue();
  }
}
