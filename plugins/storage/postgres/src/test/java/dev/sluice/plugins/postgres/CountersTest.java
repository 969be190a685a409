package dev.sluice.plugins.postgres;

import dev.sluice.api.store.SharedCounters;
import dev.sluice.api.store.SharedCounters.Addition;
import dev.sluice.api.store.Store;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.fake.FakePluginContext;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
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
}
