package dev.sluice.kernel.upstream;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RetryBudgetTest {

  private static final long SECOND = 1_000_000_000;
  private static final long START = System.nanoTime() + SECOND;

  private final RetryBudget budget = new RetryBudget(4);

  private void requests(int count, long nanos) {
    for (int i = 0; i < count; i++) {
      budget.request(i % 4, nanos);
    }
  }

  private int taken(int wanted, long nanos, double share, double floor) {
    int taken = 0;
    for (int i = 0; i < wanted; i++) {
      taken += budget.take(i % 4, nanos, share, floor) ? 1 : 0;
    }
    return taken;
  }

  @Test
  void retriesAreAShareOfTheRequestsOfAllLoops() {
    requests(1000, START);
    assertThat(taken(1000, START, 0.2, 0)).isEqualTo(200);
    assertThat(budget.made()).isEqualTo(200);
    assertThat(budget.refused()).isEqualTo(800);
    requests(10, START);
    assertThat(taken(10, START, 0.2, 0)).isEqualTo(2);
  }

  @Test
  void littleTrafficHasTheFloor() {
    requests(1, START);
    assertThat(taken(1000, START, 0.2, 10)).isEqualTo(100);
    assertThat(taken(1000, START + SECOND, 0.2, 10)).isZero();
  }

  @Test
  void whatIsLongAgoCountsNoMore() {
    requests(1000, START);
    assertThat(taken(1000, START, 0.2, 1)).isEqualTo(210);
    long later = START + RetryBudget.WINDOW * SECOND;
    assertThat(taken(1000, later, 0.2, 1)).isEqualTo(10);
    requests(100, later + SECOND);
    assertThat(taken(1000, later + SECOND, 0.2, 1)).isEqualTo(20);
  }

  @Test
  void withoutABoundAllAreTaken() {
    assertThat(taken(1000, START, Double.POSITIVE_INFINITY, 0)).isEqualTo(1000);
  }

  @Test
  void whatIsFreeIsCountedAndTakesNothingAway() {
    requests(10, START);
    for (int i = 0; i < 100; i++) {
      budget.free();
    }
    assertThat(taken(10, START, 0.2, 0)).isEqualTo(2);
    assertThat(budget.made()).isEqualTo(102);
  }

  @Test
  void tellsOnceASecond() {
    assertThat(budget.tells(START)).isTrue();
    assertThat(budget.tells(START)).isFalse();
    assertThat(budget.tells(START + SECOND)).isTrue();
    assertThat(budget.tells(START)).isFalse();
  }

  /** Over whatever traffic: in no window are there more retries than the share and the floor allow. */
  @RepeatedTest(20)
  void noWindowHasMoreThanItMay() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    double share = random.nextInt(60) / 100.0;
    double floor = random.nextInt(5);
    int seconds = 40;
    int[] requests = new int[seconds];
    int[] retries = new int[seconds];
    long begin = START + 60 * SECOND;
    for (int second = 0; second < seconds; second++) {
      requests[second] = random.nextInt(3) == 0 ? 0 : random.nextInt(300);
      long now = begin + second * SECOND;
      requests(requests[second], now);
      retries[second] = taken(random.nextInt(300), now, share, floor);
      int from = Math.max(0, second - RetryBudget.WINDOW + 1);
      int asked = 0;
      int again = 0;
      for (int i = from; i <= second; i++) {
        asked += requests[i];
        again += retries[i];
      }
      assertThat((double) again)
          .as("seed %d, second %d, share %s, floor %s", seed, second, share, floor)
          .isLessThanOrEqualTo(Math.max(share * asked + floor * RetryBudget.WINDOW, again - retries[second]));
    }
  }

  @Test
  void loopsCountWithoutLosingAnything() throws Exception {
    ExecutorService loops = Executors.newFixedThreadPool(4);
    try {
      List<Callable<Integer>> work = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        int loop = i;
        work.add(
            () -> {
              for (int request = 0; request < 50_000; request++) {
                budget.request(loop, START);
              }
              return 0;
            });
      }
      for (Future<Integer> done : loops.invokeAll(work)) {
        done.get();
      }
    } finally {
      loops.shutdownNow();
    }
    assertThat(taken(100_000, START, 0.2, 0)).isEqualTo(40_000);
  }
}
