package dev.sluice.plugins.postgres;

import dev.sluice.api.store.SharedCounters;
import dev.sluice.api.store.SharedCounters.Addition;
import dev.sluice.api.store.Store;
import dev.sluice.plugins.ratelimitingadvanced.AdvancedPlugin;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.FakePluginContext;
import dev.sluice.testkit.fake.MovableClock;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Numbers that two stores of one database add to. */
class CountersTest {

  private static PostgresServer server;

  @TempDir static Path prefix;

  @BeforeAll
  static void begin() {
    server = PostgresServer.begin();
  }

  @AfterAll
  static void end() {
    server.close();
  }

  /** A store of its own on one database. */
  private static final class Node implements AutoCloseable {
    private final FakePluginContext context;
    private final Store store;

    Node(Map<String, String> settings) {
      context = new FakePluginContext(prefix);
      settings.forEach(context::set);
      store = new PostgresPlugin().stores().get(0).create(context);
      Await.result(store.open());
    }

    SharedCounters counters() {
      return store.counters().orElseThrow();
    }

    @Override
    public void close() {
      Await.result(store.close());
      context.close();
    }
  }

  @Test
  void nodesCountTogether() {
    Map<String, String> settings = NodesTest.bootstrap(server, prefix);
    try (Node one = new Node(settings); Node other = new Node(settings)) {
      SharedCounters a = one.counters();
      SharedCounters b = other.counters();
      assertThat(Await.result(a.read(List.of("x", "y")))).containsExactly(0, 0);
      List<Future<?>> all = new ArrayList<>();
      for (int i = 0; i < 200; i++) {
        SharedCounters counters = i % 2 == 0 ? a : b;
        List<Addition> both = List.of(new Addition("x", 1, 60), new Addition("y", 2, 60));
        all.add(counters.add(i % 3 == 0 ? List.of(both.get(1), both.get(0)) : both));
      }
      Await.result(Future.all(all));
      assertThat(Await.result(b.read(List.of("y", "none", "x")))).containsExactly(400, 0, 200);
      assertThat(Await.result(a.add(List.of(new Addition("x", 5, 60), new Addition("x", 1, 60)))))
          .containsExactly(206, 206);
    }
  }

  @Test
  void whatIsOverBeginsAnew() {
    Map<String, String> settings = NodesTest.bootstrap(server, prefix);
    try (Node node = new Node(settings)) {
      SharedCounters counters = node.counters();
      assertThat(Await.result(counters.add(List.of(new Addition("short", 7, 10))))).containsExactly(7);
      node.context.clock().advance(Duration.ofSeconds(9));
      assertThat(Await.result(counters.add(List.of(new Addition("short", 1, 10))))).containsExactly(8);
      node.context.clock().advance(Duration.ofSeconds(1));
      assertThat(Await.result(counters.read(List.of("short")))).containsExactly(0);
      assertThat(Await.result(counters.add(List.of(new Addition("short", 3, 10))))).containsExactly(3);
    }
  }

  /** rate-limiting-advanced with the strategy cluster, on two gateways whose clocks stand at the beginning of a window. */
  @Test
  void limitsOfTwoNodesAreShared() throws InterruptedException, ExecutionException {
    Map<String, String> settings = NodesTest.bootstrap(server, prefix);
    try (TestGateway one = gateway(settings); TestGateway other = gateway(settings)) {
      TestBackend backend = one.backend(TestBackend.echo());
      exact(one, other, limited(one, other, backend, 50, 0, "fixed"));
      exact(one, other, limited(one, other, backend, 50, 0, "sliding"));
      String synced = limited(one, other, backend, 1000, 0.05, "sliding");
      for (int i = 0; i < 15; i++) {
        assertThat(one.get(synced).statusCode()).isEqualTo(200);
      }
      AtomicInteger asked = new AtomicInteger(1);
      Await.until("the other one knows", () -> {
        String left = other.get(synced).getHeader("RateLimit-Remaining");
        return Integer.parseInt(left) == 1000 - 15 - asked.incrementAndGet();
      });
    }
  }

  private static TestGateway gateway(Map<String, String> settings) {
    return TestGateway.with(new PostgresPlugin(), new AdvancedPlugin())
        .settings(settings)
        .clock(new MovableClock(Instant.parse("2026-03-04T05:00:00Z")))
        .start();
  }

  /** The path of a route that both have; the other one has been asked for it once. */
  private static String limited(
      TestGateway one, TestGateway other, TestBackend backend, int limit, double rate, String type) {
    String path = "/" + type + "-" + limit;
    JsonObject config = new JsonObject()
        .put("strategy", "cluster")
        .put("sync_rate", rate)
        .put("limit", new JsonArray().add(limit))
        .put("window_size", new JsonArray().add(60))
        .put("window_type", type);
    one.plugin("rate-limiting-advanced", config, one.route(path, backend));
    Await.until("the other one limits it", () -> other.get(path).getHeader("RateLimit-Limit") != null);
    return path;
  }

  private static void exact(TestGateway one, TestGateway other, String path)
      throws InterruptedException, ExecutionException {
    ExecutorService clients = Executors.newFixedThreadPool(8);
    try {
      List<Callable<Integer>> calls = new ArrayList<>();
      for (int i = 0; i < 60; i++) {
        calls.add(() -> one.get(path).statusCode());
        calls.add(() -> other.get(path).statusCode());
      }
      int passed = 1;
      for (var status : clients.invokeAll(calls)) {
        assertThat(status.get()).isIn(200, 429);
        passed += status.get() == 200 ? 1 : 0;
      }
      assertThat(passed).as(path).isEqualTo(50);
    } finally {
      clients.shutdown();
    }
  }
}
