package dev.sluice.testkit.contract;

import dev.sluice.api.deployment.Cohorts;
import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.deployment.GroupDefinition;
import dev.sluice.api.deployment.RequestOutcome;
import dev.sluice.api.deployment.RolloutStatus;
import dev.sluice.api.deployment.Selection;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.SwitchLoad;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.FakeRequest;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * What every strategy of deployment must do: give groups the shares that it says, send a client the same way every time,
 * move clients one way only while a share grows, never wait, and be configured and replaced under load without a failed
 * or misled request. Extend it in the module of the strategy, for jars outside of this repository as for those in it.
 * {@code -Dsluice.switch.seconds} says for how long configurations are switched under load.
 */
public abstract class DeploymentStrategyContract extends StrategyFixture {

  private static final int CLIENTS = 100_000;
  private static final int FEW = 2_000;
  private static final int CONNECTIONS = 8;
  private static final int THREADS = 4;
  private static final int CALLS = 20_000;
  private static final int ROUNDS = 3;
  private static final int SECONDS = Integer.getInteger("sluice.switch.seconds", 2);
  private static final RequestOutcome GOOD = new RequestOutcome(RequestOutcome.End.ANSWERED, 200, 0, 1_000_000);

  private List<JsonObject> configurations() {
    List<JsonObject> all = new ArrayList<>(List.of(config()));
    all.addAll(ramp());
    all.addAll(whole().values());
    return all;
  }

  @Test
  void itsGroupsHaveNamesOfTheirOwn() {
    for (JsonObject config : configurations()) {
      List<String> names = strategy(config).groups().stream().map(GroupDefinition::name).toList();
      assertThat(names).doesNotHaveDuplicates();
      assertThat(names).as("all that it chooses").containsAll(chosen(config));
    }
  }

  private Set<String> chosen(JsonObject config) {
    DeploymentStrategy strategy = strategy(config);
    Set<String> chosen = new HashSet<>();
    for (int client = 0; client < FEW; client++) {
      Selection selection = strategy.select(client(client), ALL_AVAILABLE);
      assertThat(selection.reason()).isNotBlank();
      chosen.add(selection.group());
    }
    chosen.remove(Selection.REST);
    return chosen;
  }

  @Test
  void sharesAreThoseThatItTells() {
    for (JsonObject config : configurations()) {
      DeploymentStrategy strategy = strategy(config);
      Map<String, Double> asked = strategy.status().shares();
      assertThat(asked.values().stream().mapToDouble(Double::doubleValue).sum()).isCloseTo(1, within(1e-9));
      Map<String, Integer> counts = new HashMap<>();
      for (int client = 0; client < CLIENTS; client++) {
        counts.merge(group(strategy, client), 1, Integer::sum);
      }
      asked.forEach(
          (group, share) ->
              assertThat(counts.getOrDefault(group, 0) / (double) CLIENTS)
                  .as("the share of '%s' under %s", group, config)
                  .isCloseTo(share, within(tolerance())));
      assertThat(asked.keySet()).as("the groups that it tells").containsAll(counts.keySet());
    }
  }

  @Test
  void aClientGoesTheSameWayEveryTime() {
    for (JsonObject config : configurations()) {
      DeploymentStrategy strategy = strategy(config);
      DeploymentStrategy twin = strategy(config);
      for (int client = 0; client < FEW; client++) {
        String group = group(strategy, client);
        assertThat(group(strategy, client)).as("asked again").isEqualTo(group);
        assertThat(group(twin, client)).as("asked on another node").isEqualTo(group);
      }
    }
  }

  @Test
  void itsCohortsAnswerAsItChooses() {
    for (JsonObject config : configurations()) {
      DeploymentStrategy strategy = strategy(config);
      Optional<Cohorts> cohorts = strategy.cohorts();
      assumeTrue(cohorts.isPresent(), "it deals clients by no key");
      for (int client = 0; client < FEW; client++) {
        FakeRequest request = client(client);
        Optional<String> key = cohorts.get().byChance(request) ? Optional.empty() : cohorts.get().keyOf(request);
        key.ifPresent(each -> assertThat(cohorts.get().groupOf(each))
            .as("the group of %s", each)
            .isEqualTo(strategy.select(request, ALL_AVAILABLE).group()));
      }
    }
  }

  @Test
  void toAskChangesNothing() {
    DeploymentStrategy strategy = strategy(config());
    RolloutStatus before = strategy.status();
    for (int client = 0; client < FEW; client++) {
      group(strategy, client);
    }
    assertThat(strategy.status()).isEqualTo(before);
  }

  @Test
  void clientsMoveOneWayOnly() {
    assumeTrue(!ramp().isEmpty(), "no share can be asked for");
    List<JsonObject> upAndDown = new ArrayList<>(ramp());
    for (int i = ramp().size() - 2; i >= 0; i--) {
      upAndDown.add(ramp().get(i));
    }
    boolean[] inside = new boolean[CLIENTS];
    int flips = 0;
    for (int step = 0; step < upAndDown.size(); step++) {
      DeploymentStrategy strategy = strategy(upAndDown.get(step));
      boolean grows = step < ramp().size();
      for (int client = 0; client < CLIENTS; client++) {
        boolean now = group(strategy, client).equals(growing());
        flips += step > 0 && (grows ? inside[client] && !now : !inside[client] && now) ? 1 : 0;
        inside[client] = now;
      }
    }
    assertThat(flips).as("clients that went against the ramp").isZero();
  }

  @Test
  void nothingWaits() throws Exception {
    DeploymentStrategy strategy = strategy(config());
    ExecutorService loops = Executors.newFixedThreadPool(THREADS);
    CountDownLatch warm = new CountDownLatch(THREADS);
    CountDownLatch begin = new CountDownLatch(1);
    try {
      List<Future<Long>> waits = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int from = i * CALLS;
        waits.add(
            loops.submit(
                () -> {
                  requests(strategy, from, FEW);
                  waits();
                  warm.countDown();
                  begin.await();
                  // A lock shows in each round; classes that are met for the first time, in one.
                  return LongStream.range(0, ROUNDS).map(round -> waitsIn(strategy, from)).min().orElseThrow();
                }));
      }
      warm.await();
      begin.countDown();
      for (Future<Long> each : waits) {
        assertThat(each.get()).as("times that a thread has waited").isZero();
      }
    } finally {
      loops.shutdownNow();
    }
  }

  private void requests(DeploymentStrategy strategy, int from, int count) {
    for (int client = from; client < from + count; client++) {
      Selection selection = strategy.select(client(client), ALL_AVAILABLE);
      strategy.began(selection);
      strategy.ended(selection, GOOD);
    }
  }

  private long waitsIn(DeploymentStrategy strategy, int from) {
    long before = waits();
    requests(strategy, from, CALLS);
    return waits() - before;
  }

  private static long waits() {
    ThreadInfo info = ManagementFactory.getThreadMXBean().getThreadInfo(Thread.currentThread().getId());
    return info.getBlockedCount() + info.getWaitedCount();
  }

  @Test
  void aWriteIsLiveWhenItIsAnswered() {
    assumeTrue(whole().size() > 1, "it never sends all requests one way");
    try (TestGateway gateway = TestGateway.with(subject()).settings(settings()).start()) {
      Map<Integer, String> groups = upstreams(gateway, config());
      JsonObject route = gateway.route("/switched");
      int own = gateway.get("/switched").bodyAsJsonObject().getInteger("backend");
      Iterator<Map.Entry<String, JsonObject>> each = whole().entrySet().iterator();
      Map.Entry<String, JsonObject> first = each.next();
      String plugin = gateway.plugin(plugin(), first.getValue(), route).getString("id");
      try (SwitchLoad load =
          new SwitchLoad(
              gateway.proxyPort(),
              "/switched",
              headers(),
              CONNECTIONS,
              body -> {
                int port = body.toJsonObject().getInteger("backend");
                return port == own ? Selection.REST : groups.get(port);
              },
              first.getKey())) {
        long end = System.nanoTime() + SECONDS * 1_000_000_000L;
        while (System.nanoTime() < end) {
          each = each.hasNext() ? each : whole().entrySet().iterator();
          Map.Entry<String, JsonObject> next = each.next();
          load.switchTo(
              next.getKey(),
              () -> gateway.update(CoreEntities.PLUGINS, plugin, new JsonObject().put("config", next.getValue())));
          load.awaitMore(CONNECTIONS);
        }
        assertThat(load.failed()).as(load.failures()).isZero();
      }
    }
  }
}
