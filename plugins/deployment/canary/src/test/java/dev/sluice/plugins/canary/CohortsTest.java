package dev.sluice.plugins.canary;

import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.testkit.fake.FakeRequest;
import dev.sluice.testkit.fake.MovableClock;
import java.time.Instant;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Nobody goes back and forth while a share grows, or while it shrinks. */
class CohortsTest {

  private static final int CLIENTS = 100_000;
  private static final int[] SHARES = {0, 1, 5, 25, 50, 75, 100, 75, 50, 25, 5, 1, 0};

  private static boolean in(DeploymentStrategy strategy, int client) {
    FakeRequest request = FakeRequest.of(client).consumer("consumer-" + client);
    return strategy.select(request, group -> true).group().equals("canary");
  }

  /** Of 100,000 clients six standard deviations are no more than 0.95 %. */
  private static double bound(double share) {
    return 6 * Math.sqrt(share * (1 - share) / CLIENTS) + 0.001;
  }

  @Test
  void noClientFlipsFromNothingToAllAndBack() {
    boolean[] inside = new boolean[CLIENTS];
    int flips = 0;
    double worst = 0;
    int before = 0;
    for (int percentage : SHARES) {
      DeploymentStrategy strategy = Strategies.of(Strategies.config().put("percentage", percentage));
      int realised = 0;
      for (int client = 0; client < CLIENTS; client++) {
        boolean now = in(strategy, client);
        realised += now ? 1 : 0;
        flips += percentage >= before ? inside[client] && !now ? 1 : 0 : !inside[client] && now ? 1 : 0;
        inside[client] = now;
      }
      before = percentage;
      double asked = percentage / 100.0;
      double share = (double) realised / CLIENTS;
      worst = Math.max(worst, Math.abs(share - asked));
      System.out.printf("asked %3d %%  realised %.3f %%%n", percentage, 100 * share);
      assertThat(share).isCloseTo(asked, within(bound(asked)));
    }
    System.out.printf("%d clients, 0 -> 100 -> 0: %d flips, at most %.3f %% off%n", CLIENTS, flips, 100 * worst);
    assertThat(flips).isZero();
  }

  @Test
  void aRampTakesClientsInOneByOneAndLosesNobody() {
    MovableClock clock = new MovableClock(Instant.ofEpochSecond(Strategies.CREATED - 10));
    DeploymentStrategy strategy = Strategies.of(Strategies.config().put("duration", 100), clock);
    assertThat(strategy.status().phase()).isEqualTo("waiting");
    boolean[] inside = new boolean[CLIENTS / 20];
    int flips = 0;
    for (int second = -10; second <= 110; second += 5) {
      clock.set(Instant.ofEpochSecond(Strategies.CREATED + second));
      double asked = Math.max(0, Math.min(1, second / 100.0));
      assertThat(strategy.status().shares().get("canary")).isCloseTo(asked, within(1e-9));
      for (int client = 0; client < inside.length; client++) {
        boolean now = in(strategy, client);
        flips += inside[client] && !now ? 1 : 0;
        inside[client] = now;
      }
    }
    assertThat(flips).isZero();
    assertThat(inside).doesNotContain(false);
    assertThat(strategy.status().phase()).isEqualTo("done");
  }

  @Test
  void otherPluginsTakeOtherClientsFirst() {
    Buckets one = new Buckets("one", 1000);
    Buckets two = new Buckets("two", 1000);
    long both = IntStream.range(0, CLIENTS)
        .filter(client -> one.of("c" + client) < 100 && two.of("c" + client) < 100)
        .count();
    assertThat(both / (double) CLIENTS).isCloseTo(0.01, within(0.003));
  }

  @Test
  void requestsInTurnSpreadEvenly() {
    Buckets buckets = new Buckets("", 1000);
    for (int from = 0; from < 1000; from += 100) {
      int begin = from;
      long low = IntStream.range(begin, begin + 100).filter(n -> buckets.ofTurn(n) < 100).count();
      assertThat(low).isBetween(8L, 12L);
    }
  }
}
