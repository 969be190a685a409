package dev.sluice.plugins.ratelimitingadvanced;

import dev.sluice.testkit.Burst;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.MovableClock;
import dev.sluice.testkit.fake.SayWho;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A gateway with the plugin, and a clock that the test moves. Whoever says so in a header is a consumer. */
final class Limited implements AutoCloseable {

  /** Where windows of a minute and of an hour begin. */
  static final Instant HOUR = Instant.parse("2026-03-04T05:00:00Z");

  private static final AtomicInteger PATHS = new AtomicInteger();

  final MovableClock clock = new MovableClock(HOUR);
  final TestGateway gateway;
  private final TestBackend backend;

  Limited() {
    gateway = TestGateway.with(new AdvancedPlugin(), new SayWho()).clock(clock).start();
    backend = gateway.backend(TestBackend.of(request -> request.response().end()));
    gateway.plugin("say-who", new JsonObject());
  }

  /** So many in windows of these lengths, in pairs. */
  static JsonObject limits(double... pairs) {
    JsonArray limits = new JsonArray();
    JsonArray sizes = new JsonArray();
    for (int i = 0; i < pairs.length; i += 2) {
      limits.add(pairs[i]);
      sizes.add(pairs[i + 1]);
    }
    return new JsonObject().put("limit", limits).put("window_size", sizes);
  }

  /** A route with this configuration; its path. */
  String route(JsonObject config) {
    String path = "/route-" + PATHS.incrementAndGet();
    gateway.plugin("rate-limiting-advanced", config, gateway.route(path, backend));
    return path;
  }

  List<Integer> statuses(int requests, String path, Map<String, String> headers) {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      statuses.add(gateway.get(path, headers).statusCode());
    }
    return statuses;
  }

  List<Integer> statuses(int requests, String path) {
    return statuses(requests, path, Map.of());
  }

  /** How many of many requests passed that came over 64 connections at once, to several gateways in turn. */
  static int passed(int requests, String path, Limited... nodes) {
    return Burst.passed(requests, path, Map.of("app", "x"), Stream.of(nodes).map(node -> node.gateway).toArray(TestGateway[]::new));
  }

  @Override
  public void close() {
    gateway.close();
  }
}
