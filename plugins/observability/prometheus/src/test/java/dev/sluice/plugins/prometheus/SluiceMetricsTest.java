package dev.sluice.plugins.prometheus;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.plugins.canary.CanaryPlugin;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.RawClient;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.EndpointsAlone;
import dev.sluice.testkit.fake.MovableClock;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What Sluice tells beyond Kong is what has happened. */
class SluiceMetricsTest {

  private static final String DECISIONS =
      "sluice_deployment_requests_total{group=\"%s\",service=\"svc\",status=\"%s\",strategy=\"canary\",workspace=\"default\"}";
  private static final String VERSION = "sluice_configuration_version";

  private final MovableClock clock = new MovableClock(Instant.parse("2026-03-01T12:00:00Z"));
  private final Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
  private TestGateway gateway;
  private TestBackend backend;

  @BeforeEach
  void start() {
    gateway = TestGateway.with(new PrometheusPlugin(), new CanaryPlugin(), new EndpointsAlone()).clock(clock).start();
    backend = gateway.backend(TestBackend.of(request -> {
      if (request.path().startsWith("/hold")) {
        held.add(request);
      } else {
        TestBackend.answer(request);
      }
    }));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private JsonObject route() {
    JsonObject service = gateway.create(CoreEntities.SERVICES,
        new JsonObject().put("name", "svc").put("host", "127.0.0.1").put("port", backend.port()));
    return gateway.create(CoreEntities.ROUTES, new JsonObject()
        .put("name", "r").put("paths", new JsonArray().add("/")).put("strip_path", false).put("service", service));
  }

  @Test
  void requestsAreCountedByWhatStrategiesSaidOfThem() {
    JsonObject route = route();
    gateway.plugin("prometheus", new JsonObject());
    gateway.plugin("canary", new JsonObject()
        .put("percentage", 0)
        .put("hash", "none")
        .put("upstream_host", "127.0.0.1")
        .put("upstream_port", backend.port())
        .put("canary_by_header_name", "X-Canary"), route);
    for (int i = 0; i < 7; i++) {
      gateway.get("/a", Map.of("X-Canary", "always"));
    }
    gateway.get("/a?status=503", Map.of("X-Canary", "always"));
    gateway.get("/a");
    gateway.get("/a");
    Scraped.await(gateway, DECISIONS.formatted("rest", "2xx"), 2);
    Scraped.await(gateway, DECISIONS.formatted("canary", "2xx"), 7);
    Scraped.await(gateway, DECISIONS.formatted("canary", "5xx"), 1);
    assertThat(Scraped.of(gateway).values().keySet().stream().filter(each -> each.startsWith("sluice_deployment"))).hasSize(3);
  }

  @Test
  void theNodeTellsOfItself() {
    route();
    Scraped first = Scraped.of(gateway);
    assertThat(first.value("sluice_info{kong_version=\"" + gateway.kernel().node().compatibleVersion() + "\",version=\""
        + gateway.kernel().node().version() + "\"}")).isEqualTo(1);
    assertThat(first.value("sluice_ready")).isEqualTo(1);
    assertThat(first.value("sluice_requests_in_flight")).isZero();
    assertThat(first.value("sluice_plugin_class_loaders_uncollected")).isZero();
    try (RawClient client = new RawClient(gateway.proxyPort())) {
      client.send("GET /hold HTTP/1.1\r\nHost: a\r\n\r\n");
      Await.until("the backend has the request", () -> !held.isEmpty());
      assertThat(Scraped.of(gateway).value("sluice_requests_in_flight")).isEqualTo(1);
      assertThat(Scraped.of(gateway).value("sluice_client_connections")).isEqualTo(1);
      held.remove().response().end("x");
      client.readUntil("x");
    }
    Scraped.await(gateway, "sluice_requests_in_flight", 0);
    Scraped.await(gateway, "sluice_client_connections", 0);
  }

  @Test
  void aWriteIsANewConfiguration() {
    route();
    Scraped before = Scraped.of(gateway);
    String when = "sluice_configuration_published_timestamp_seconds";
    assertThat(before.value(when)).isEqualTo(clock.millis() / 1000.0);
    clock.advance(Duration.ofSeconds(90));
    assertThat(Scraped.of(gateway).value(when)).isEqualTo(before.value(when));
    gateway.consumer("ada");
    Scraped after = Scraped.of(gateway);
    assertThat(after.value(VERSION)).isGreaterThan(before.value(VERSION));
    assertThat(after.value(when) - before.value(when)).isCloseTo(90, within(0.001));
  }

  @Test
  void upstreamsAreToldOfOnceTheyAreAskedFor() {
    JsonObject upstream = gateway.create(CoreEntities.UPSTREAMS, new JsonObject().put("name", "u.test"));
    String addresses = "sluice_upstream_addresses{state=\"%s\",upstream=\"u.test\"}";
    target(upstream, "127.0.0.1:" + backend.port());
    JsonObject dead = target(upstream, "127.0.0.1:1");
    target(upstream, "gone.invalid:80");
    JsonObject service = gateway.create(CoreEntities.SERVICES, new JsonObject().put("name", "s").put("host", "u.test"));
    gateway.create(CoreEntities.ROUTES, new JsonObject().put("paths", new JsonArray().add("/u")).put("service", service));
    assertThat(Scraped.of(gateway).values().keySet()).noneMatch(each -> each.startsWith("sluice_upstream"));
    gateway.plugin("prometheus", new JsonObject().put("upstream_health_metrics", true));
    Scraped.await(gateway, addresses.formatted("healthy"), 2);
    Scraped.await(gateway, addresses.formatted("unresolved"), 1);
    assertThat(Scraped.of(gateway).value(addresses.formatted("leaving"))).isZero();
    for (int i = 0; i < 6; i++) {
      assertThat(gateway.get("/u").statusCode()).isEqualTo(200);
    }
    Scraped told = Scraped.of(gateway);
    double retries = told.value("sluice_upstream_retries_total{upstream=\"u.test\"}");
    assertThat(retries).isPositive();
    assertThat(told.value("sluice_upstream_retries_refused_total{upstream=\"u.test\"}")).isZero();
    gateway.delete(CoreEntities.TARGETS, dead.getString("id"));
    Scraped.await(gateway, addresses.formatted("healthy"), 1);
  }

  private JsonObject target(JsonObject upstream, String address) {
    return gateway.create(CoreEntities.TARGETS, new JsonObject().put("target", address).put("upstream", upstream));
  }
}
