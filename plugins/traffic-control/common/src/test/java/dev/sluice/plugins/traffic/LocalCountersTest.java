package dev.sluice.plugins.traffic;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LocalCountersTest {

  private static final long NOON = 1_767_268_800;
  private static final CounterKey BOB = CounterKey.of("r:s", "bob");

  private final LocalCounters counters = new LocalCounters(100);

  private static Limits limits(String json) {
    return Limits.of(new JsonObject(json));
  }

  private static Windows at(long second) {
    return Windows.of(NOON + second);
  }

  @Test
  void countsUpToTheLimitAndNotTheRefused() {
    Limits two = limits("{\"minute\":2}");
    assertThat(counters.take(BOB, two, at(0))).containsExactly(0);
    assertThat(counters.take(BOB, two, at(1))).containsExactly(1);
    assertThat(counters.take(BOB, two, at(2))).containsExactly(2);
    assertThat(counters.take(BOB, two, at(3))).containsExactly(2);
    assertThat(counters.take(BOB, two, at(60))).containsExactly(0);
  }

  @Test
  void countsInAllWindowsOrInNone() {
    Limits both = limits("{\"second\":1,\"hour\":2}");
    assertThat(counters.take(BOB, both, at(0))).containsExactly(0, 0);
    assertThat(counters.take(BOB, both, at(0))).containsExactly(1, 1);
    assertThat(counters.take(BOB, both, at(1))).containsExactly(0, 1);
    assertThat(counters.take(BOB, both, at(2))).containsExactly(0, 2);
    assertThat(counters.used(BOB, both, at(2))).containsExactly(0, 2);
  }

  @Test
  void periodsMayComeAndGo() {
    Limits minute = limits("{\"minute\":9}");
    Limits both = limits("{\"minute\":9,\"year\":9}");
    assertThat(counters.take(BOB, minute, at(0))).containsExactly(0);
    assertThat(counters.used(BOB, both, at(0))).containsExactly(1, 0);
    assertThat(counters.take(BOB, both, at(0))).containsExactly(1, 0);
    assertThat(counters.take(BOB, minute, at(0))).containsExactly(2);
    assertThat(counters.take(BOB, both, at(0))).containsExactly(3, 1);
  }

  @Test
  void aThreadWithAnOlderClockDoesNotWipeOutTheWindow() {
    Limits one = limits("{\"second\":1}");
    assertThat(counters.take(BOB, one, at(1))).containsExactly(0);
    assertThat(counters.take(BOB, one, at(0))).containsExactly(1);
    assertThat(counters.take(BOB, one, at(1))).containsExactly(1);
  }

  @Test
  void aClockThatWasSetBackBeginsAnew() {
    Limits one = limits("{\"second\":1}");
    counters.take(BOB, one, at(3600));
    assertThat(counters.take(BOB, one, at(0))).containsExactly(0);
  }

  /** As many pass as may, to the last one, while keys are thrown out all the time. */
  @Test
  void isExactWhateverTheNumberOfThreads() throws Exception {
    int threads = 4;
    int each = 50_000;
    Limits limit = limits("{\"minute\":70000,\"day\":1000000}");
    AtomicLong passed = new AtomicLong();
    CountDownLatch begin = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(threads + 1);
    List<Future<?>> runs = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      runs.add(pool.submit(() -> {
        begin.await();
        for (int i = 0; i < each; i++) {
          if (counters.take(BOB, limit, at(i % 2))[0] < 70_000) {
            passed.incrementAndGet();
          }
        }
        return null;
      }));
    }
    runs.add(pool.submit(() -> {
      begin.await();
      for (int i = 0; i < 1000; i++) {
        counters.sweep(at(1));
      }
      return null;
    }));
    begin.countDown();
    for (Future<?> run : runs) {
      run.get();
    }
    pool.shutdown();
    assertThat(passed).hasValue(70_000);
    assertThat(counters.used(BOB, limit, at(0))).containsExactly(70_000, 70_000);
  }

  /** One period is counted in another way than several, and threads go from one to the other. */
  @Test
  void isExactWhilePeriodsComeAndGo() throws Exception {
    Limits one = limits("{\"minute\":50000}");
    Limits two = limits("{\"minute\":50000,\"day\":1000000}");
    AtomicLong passed = new AtomicLong();
    CountDownLatch begin = new CountDownLatch(1);
    ExecutorService pool = Executors.newFixedThreadPool(4);
    List<Future<?>> runs = new ArrayList<>();
    for (int t = 0; t < 4; t++) {
      Limits late = t == 0 ? two : one;
      runs.add(pool.submit(() -> {
        begin.await();
        CounterKey key = counters.counter(BOB, one);
        for (int i = 0; i < 30_000; i++) {
          if (counters.take(i % 2 == 0 ? key : BOB, i < 2_000 ? one : late, at(i % 2))[0] < 50_000) {
            passed.incrementAndGet();
          }
        }
        return null;
      }));
    }
    begin.countDown();
    for (Future<?> run : runs) {
      run.get();
    }
    pool.shutdown();
    assertThat(passed).hasValue(50_000);
    assertThat(counters.used(BOB, one, at(0))).containsExactly(50_000);
    assertThat(counters.size()).isEqualTo(1);
  }

  @Test
  void countsFurtherThanFitsBesideTheWindow() {
    Limits many = limits("{\"minute\":5000000000}");
    counters.add(BOB, many, at(0), Counter.MOST - 1);
    for (int i = 0; i < 3; i++) {
      assertThat(counters.take(BOB, many, at(i))).containsExactly(Counter.MOST - 1 + i);
    }
    counters.add(BOB, many, at(3), 3_000_000_000L);
    assertThat(counters.used(BOB, many, at(4))).containsExactly(Counter.MOST + 2 + 3_000_000_000L);
    assertThat(counters.take(BOB, many, at(60))).containsExactly(0);
  }

  /** Of what was told by others, some may be taken back. */
  @Test
  void countsLessThanNothing() {
    Limits few = limits("{\"minute\":2}");
    counters.add(BOB, few, at(0), 1);
    counters.add(BOB, few, at(0), -3);
    assertThat(counters.used(BOB, few, at(0))).containsExactly(-2);
    assertThat(counters.take(BOB, few, at(0))).containsExactly(-2);
  }

  @Test
  void aCounterThatWasThrownOutStandsForItsKeyOnly() {
    Limits one = limits("{\"minute\":9}");
    CounterKey itself = counters.counter(BOB, one);
    assertThat(itself).isEqualTo(BOB).satisfies(key -> assertThat(key.lives()).isTrue());
    counters.take(itself, one, at(0));
    counters.sweep(at(120));
    assertThat(itself.lives()).isFalse();
    assertThat(counters.take(itself, one, at(121))).containsExactly(0);
    assertThat(counters.take(BOB, one, at(121))).containsExactly(1);
    assertThat(counters.take(itself, one, at(121))).containsExactly(2);
  }

  @Test
  void windowsThatAreOverAreThrownOut() {
    counters.take(BOB, limits("{\"second\":1}"), at(0));
    counters.take(CounterKey.of("r:s", "ann"), limits("{\"minute\":1}"), at(0));
    counters.sweep(at(1));
    assertThat(counters.size()).isEqualTo(1);
    counters.sweep(at(60));
    assertThat(counters.size()).isZero();
  }

  @Test
  void whoComesOftenIsKeptWhereThereAreTooMany() {
    Limits limit = limits("{\"minute\":1000}");
    for (int i = 0; i < 20; i++) {
      counters.take(BOB, limit, at(0));
    }
    for (int i = 0; i < 1000; i++) {
      counters.take(CounterKey.of("r:s", "stranger" + i), limit, at(0));
    }
    assertThat(counters.crowded()).isTrue();
    counters.sweep(at(0));
    assertThat(counters.size()).isLessThanOrEqualTo(100);
    assertThat(counters.used(BOB, limit, at(0))).containsExactly(20);
  }
}
