package dev.sluice.plugins.traffic;

import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class KnownClientsTest {

  private final KnownClients clients = new KnownClients();
  private final AtomicInteger made = new AtomicInteger();

  private CounterKey get(long number) {
    return clients.get(
        number,
        () -> {
          made.incrementAndGet();
          return CounterKey.of("s", "client " + number);
        });
  }

  @Test
  void makesAKeyOnceWhileThereIsRoom() {
    for (int round = 0; round < 20; round++) {
      for (long number = 1; number <= 1000; number++) {
        assertThat(get(number).who()).isEqualTo("client " + number);
      }
    }
    // It grows a few times at first, and forgets what it knew.
    assertThat(made).hasValueLessThan(4000);
    int before = made.get();
    get(1);
    get(1000);
    assertThat(made).hasValue(before);
  }

  @Test
  void confusesNobodyWhereThereIsNone() {
    for (long number = 1; number <= 100_000; number++) {
      assertThat(get(number * 8192).who()).isEqualTo("client " + number * 8192);
    }
    assertThat(get(8192).who()).isEqualTo("client 8192");
  }

  @Test
  void asksAgainWhenACounterWasThrownOut() {
    LocalCounters counters = new LocalCounters(10);
    Limits limit = Limits.of(new JsonObject("{\"second\":1}"));
    CounterKey first = clients.get(7, () -> counters.counter(CounterKey.of("s", "a"), limit));
    counters.sweep(Windows.of(1_767_268_800));
    CounterKey second = clients.get(7, () -> counters.counter(CounterKey.of("s", "a"), limit));
    assertThat(second).isEqualTo(first).isNotSameAs(first);
    assertThat(second.lives()).isTrue();
  }
}
