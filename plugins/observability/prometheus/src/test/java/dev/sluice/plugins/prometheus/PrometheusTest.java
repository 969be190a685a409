package dev.sluice.plugins.prometheus;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.EndpointsAlone;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class PrometheusTest {

  private TestGateway gateway;
  private JsonObject route;

  @BeforeEach
  void start() {
    gateway = TestGateway.with(new PrometheusPlugin(), new EndpointsAlone()).start();
    TestBackend backend = gateway.backend(TestBackend.echo());
    JsonObject service = gateway.create(
        CoreEntities.SERVICES,
        new JsonObject().put("name", "svc").put("host", "127.0.0.1").put("port", backend.port()));
    route = gateway.create(
        CoreEntities.ROUTES,
        new JsonObject().put("name", "r").put("paths", new JsonArray().add("/x")).put("service", service));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private List<String> metrics() {
    HttpResponse<Buffer> answer = gateway.admin(HttpMethod.GET, "/metrics", Map.of(), Buffer.buffer());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.getHeader("Content-Type")).isEqualTo("text/plain; charset=UTF-8");
    return answer.bodyAsString().lines().toList();
  }

  private void await(String line) {
    Await.until(line, () -> metrics().contains(line));
  }

  @Test
  void theNodeIsAlwaysTold() {
    String node = "node_id=\"" + gateway.kernel().node().nodeId() + "\"";
    List<String> metrics = metrics();
    assertThat(metrics).contains(
        "# TYPE kong_node_info gauge",
        "kong_node_info{" + node + ",version=\"" + gateway.kernel().node().compatibleVersion() + "\"} 1",
        "kong_datastore_reachable 1",
        "# TYPE kong_nginx_connections_total gauge");
    assertThat(metrics).anyMatch(line -> line.matches("kong_nginx_requests_total\\{" + node + ",subsystem=\"http\"} \\d+"));
    assertThat(metrics).anyMatch(line ->
        line.startsWith("kong_memory_workers_lua_vms_bytes{" + node + ",pid=\"" + ProcessHandle.current().pid() + "\""));
    assertThat(metrics).noneMatch(line -> line.contains("http_requests_total") || line.contains("metric_errors"));
  }

  @Test
  void requestsAreCountedByStatus() {
    gateway.plugin("prometheus", new JsonObject().put("status_code_metrics", true), route);
    gateway.get("/x");
    gateway.get("/x");
    gateway.get("/x?status=404");
    String labels = "kong_http_requests_total{service=\"svc\",route=\"r\",code=\"%s\",source=\"service\","
        + "workspace=\"default\",consumer=\"\"} %d";
    await(labels.formatted("200", 2));
    await(labels.formatted("404", 1));
    assertThat(metrics()).contains("# TYPE kong_http_requests_total counter", "kong_nginx_metric_errors_total 0");
    assertThat(metrics()).noneMatch(line -> line.startsWith("kong_request_latency_ms"));
  }

  @Test
  void latenciesFallIntoBuckets() {
    gateway.plugin("prometheus", new JsonObject().put("latency_metrics", true));
    gateway.get("/x");
    String labels = "service=\"svc\",route=\"r\",workspace=\"default\"";
    await("kong_request_latency_ms_count{" + labels + "} 1");
    assertThat(metrics())
        .contains("# TYPE kong_kong_latency_ms histogram")
        .contains("kong_request_latency_ms_bucket{" + labels + ",le=\"60000\"} 1")
        .contains("kong_upstream_latency_ms_bucket{" + labels + ",le=\"+Inf\"} 1")
        .contains("kong_kong_latency_ms_bucket{" + labels + ",le=\"6000\"} 1");
    assertThat(metrics().stream().filter(line -> line.startsWith("kong_kong_latency_ms_bucket"))).hasSize(18);
    assertThat(metrics().stream().filter(line -> line.startsWith("kong_upstream_latency_ms_bucket"))).hasSize(14);
  }

  @Test
  void bytesAreCounted() {
    gateway.plugin("prometheus", new JsonObject().put("bandwidth_metrics", true), route);
    gateway.send(HttpMethod.POST, "/x", Map.of(), Buffer.buffer("y".repeat(5000)));
    Await.until("both directions", () ->
        metrics().stream().filter(line -> line.startsWith("kong_bandwidth_bytes{")).count() == 2);
    String start = "kong_bandwidth_bytes{service=\"svc\",route=\"r\",direction=\"ingress\",";
    String ingress = metrics().stream().filter(line -> line.startsWith(start)).findAny().orElseThrow();
    assertThat(Long.parseLong(ingress.substring(ingress.lastIndexOf(' ') + 1))).isBetween(5050L, 5500L);
  }

  @Test
  void whatMatchesNoRouteIsNotCounted() {
    gateway.plugin("prometheus", new JsonObject().put("status_code_metrics", true));
    gateway.get("/nowhere");
    gateway.get("/x");
    Await.until("the other request", () -> metrics().stream().anyMatch(line -> line.contains("code=\"200\"")));
    assertThat(metrics()).noneMatch(line -> line.contains("code=\"404\""));
  }

  @Test
  void theHealthOfTargetsIsTold() {
    JsonObject upstream = gateway.create(CoreEntities.UPSTREAMS, new JsonObject().put("name", "u.test"));
    gateway.create(
        CoreEntities.TARGETS, new JsonObject().put("target", "127.0.0.1:9").put("upstream", upstream));
    gateway.create(CoreEntities.TARGETS, new JsonObject().put("target", "gone.invalid:80").put("upstream", upstream));
    assertThat(metrics()).noneMatch(line -> line.startsWith("kong_upstream_target_health"));
    gateway.plugin("prometheus", new JsonObject().put("upstream_health_metrics", true));
    String line = "kong_upstream_target_health{upstream=\"u.test\",target=\"%s\",address=\"%s\",state=\"%s\","
        + "subsystem=\"http\"} %d";
    await(line.formatted("127.0.0.1:9", "127.0.0.1:9", "healthchecks_off", 1));
    await(line.formatted("127.0.0.1:9", "127.0.0.1:9", "healthy", 0));
    await(line.formatted("gone.invalid:80", "", "dns_error", 1));
  }
}
