package dev.sluice.plugins.ratelimitingadvanced;

import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CellsTest {

  private static final Cells.Key KEY = new Cells.Key("n", "who");

  private static Rules rules(boolean sliding, double size, double limit) {
    return Rules.of(new JsonArray().add(size), new JsonArray().add(limit), sliding, false);
  }

  @Test
  void threadsCountExactlyWhileOthersSweep() throws InterruptedException {
    Cells cells = new Cells(10);
    Rules rules = rules(true, 60, 1000);
    AtomicInteger passed = new AtomicInteger();
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      threads.add(new Thread(() -> {
        for (int n = 0; n < 500; n++) {
          if (!cells.take(KEY, rules, 1_000_000).refused()) {
            passed.incrementAndGet();
          }
          if (n % 50 == 0) {
            cells.sweep(1_000_000);
          }
        }
      }));
    }
    threads.forEach(Thread::start);
    for (Thread each : threads) {
      each.join();
    }
    assertThat(passed).hasValue(1000);
  }

  @Test
  void aWindowThatIsThereTwiceCountsOnce() {
    Rules twice = Rules.of(new JsonArray().add(60).add(5).add(60), new JsonArray().add(10).add(4).add(3), false, false);
    assertThat(twice.windows()).extracting(Rules.Window::shown).containsExactly("4", "3");
    Cells cells = new Cells(10);
    cells.take(KEY, twice, 0);
    assertThat(cells.take(KEY, twice, 0).current()).containsExactly(1, 1);
  }

  @Test
  void aClockThatLagsDoesNotWipeTheNewerWindow() {
    Cells cells = new Cells(10);
    Rules rules = rules(true, 1, 2);
    cells.take(KEY, rules, 10_000);
    cells.take(KEY, rules, 9_999);
    assertThat(cells.take(KEY, rules, 10_000).refused()).isTrue();
  }

  @Test
  void theLeastAreForgottenFirst() {
    Cells cells = new Cells(100);
    Rules rules = rules(false, 60, 1000);
    for (int i = 0; i < 10; i++) {
      cells.take(KEY, rules, 1000);
    }
    for (int i = 0; i < 200; i++) {
      cells.take(new Cells.Key("n", "who-" + i), rules, 1000);
    }
    cells.sweep(1000);
    assertThat(cells.size()).isLessThanOrEqualTo(100);
    assertThat(cells.take(KEY, rules, 1000).current()[0]).isEqualTo(10);
    cells.sweep(1000 + 180_000);
    assertThat(cells.size()).isZero();
  }

  @Test
  void othersAreAddedWhereTheyBelong() {
    Cells cells = new Cells(10);
    Rules rules = rules(true, 60, 100);
    cells.take(KEY, rules, 120_000);
    cells.add(KEY, 60_000, 120_000, 5);
    cells.before(KEY, 60_000, 120_000, 7);
    Usage usage = cells.take(KEY, rules, 120_000);
    assertThat(usage.current()[0]).isEqualTo(6);
    assertThat(usage.previous()[0]).isEqualTo(7);
    cells.take(KEY, rules, 180_000);
    cells.add(KEY, 60_000, 120_000, 3);
    cells.add(KEY, 60_000, 60_000, 1000);
    assertThat(cells.take(KEY, rules, 180_000).previous()[0]).isEqualTo(10);
  }
}
