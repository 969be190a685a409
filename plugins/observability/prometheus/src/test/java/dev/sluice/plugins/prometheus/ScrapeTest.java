package dev.sluice.plugins.prometheus;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.EndpointsAlone;
import dev.sluice.testkit.fake.SayWho;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A real Prometheus reads what the gateway tells, and answers what the panels of the usual dashboard for Kong ask (7424 at
 * Grafana's), and what one would ask of the Java machine and of Sluice. {@code sluice.prometheus} names the program. Where there is none the test is left out, and says so.
 */
class ScrapeTest {

  private static final Path PROGRAM = Path.of(System.getProperty("sluice.prometheus", "/usr/bin/prometheus"));
  private static final String ODD = "o\"d\\name";

  @TempDir private Path folder;

  private static final String[] PANELS = {
    "sum(rate(kong_http_requests_total{instance=~\".+\"}[1m]))",
    "sum(rate(kong_http_requests_total{service=~\"svc\", route=~\"r\"}[1m])) by (service)",
    "sum(rate(kong_http_requests_total[1m])) by (route,code)",
    "histogram_quantile(0.90, sum(rate(kong_request_latency_ms_bucket{service=~\"svc\"}[1m])) by (le))",
    "histogram_quantile(0.95, sum(rate(kong_kong_latency_ms_bucket[1m])) by (service,le))",
    "histogram_quantile(0.99, sum(rate(kong_upstream_latency_ms_bucket[1m])) by (route,le))",
    "sum(rate(kong_bandwidth_bytes{direction=\"egress\"}[1m])) by (service)",
    "sum(rate(kong_bandwidth_bytes{direction=\"ingress\"}[1m]))",
    "sum(kong_nginx_connections_total{state=~\"active|reading|writing|waiting\"}) by (state)",
    "sum(kong_nginx_connections_total{state=\"total\"})",
    "kong_memory_workers_lua_vms_bytes",
    "(kong_memory_lua_shared_dict_bytes / kong_memory_lua_shared_dict_total_bytes) * 100",
    "kong_datastore_reachable == 1",
    "sum(kong_upstream_target_health{state=\"healthchecks_off\"}) by (upstream,target)",
    "sum(jvm_memory_used_bytes{application=\"sluice\", area=\"heap\"})",
    "process_cpu_usage{application=\"sluice\"}",
    "histogram_quantile(0.99, sum(rate(sluice_event_loop_delay_seconds_bucket[1m])) by (le))",
    "time() - sluice_configuration_published_timestamp_seconds < 3600",
    "sum(sluice_upstream_addresses{state=\"healthy\"}) by (upstream)",
  };

  @Test
  void panelsOfTheDashboardHaveTheirData() throws Exception {
    if (!Files.isExecutable(PROGRAM)) {
      String missing = "no Prometheus at " + PROGRAM + ": nothing real has read the metrics";
      System.err.println(missing);
      Assumptions.abort(missing);
    }
    try (TestGateway gateway = TestGateway.with(new PrometheusPlugin(), new EndpointsAlone(), new SayWho()).start()) {
      send(gateway);
      try (TestPrometheus prometheus = new TestPrometheus(PROGRAM, folder, gateway.adminPort())) {
        Await.until("scraped", () -> "up".equals(prometheus.target().getString("health")));
        assertThat(prometheus.target().getString("lastError")).isEmpty();
        String mine = "kong_http_requests_total{code=\"%s\",consumer=%s}";
        awaitValue(prometheus, mine.formatted("200", quoted(ODD)), "3");
        awaitValue(prometheus, mine.formatted("404", "\"\""), "2");
        for (String panel : PANELS) {
          // Rates need two scrapes.
          Await.until("data for " + panel, () -> !prometheus.query(panel).isEmpty());
        }
        gateway.get("/x?status=404");
        awaitValue(prometheus, mine.formatted("404", "\"\""), "3");
      }
    }
  }

  private static String quoted(String text) {
    return "\"" + text.replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
  }

  private static void awaitValue(TestPrometheus prometheus, String expression, String wanted) {
    Await.until(expression + " is " + wanted, () -> {
      JsonArray result = prometheus.query(expression);
      return result.size() == 1 && result.getJsonObject(0).getJsonArray("value").getString(1).equals(wanted);
    });
  }

  private static void send(TestGateway gateway) {
    TestBackend backend = gateway.backend(TestBackend.echo());
    JsonObject upstream = gateway.create(CoreEntities.UPSTREAMS, new JsonObject().put("name", "u.test"));
    gateway.create(CoreEntities.TARGETS, new JsonObject().put("target", "127.0.0.1:" + backend.port()).put("upstream", upstream));
    JsonObject service = gateway.create(CoreEntities.SERVICES, new JsonObject().put("name", "svc").put("host", "u.test"));
    gateway.create(CoreEntities.ROUTES,
        new JsonObject().put("name", "r").put("paths", new JsonArray().add("/x")).put("service", service));
    gateway.consumer(ODD);
    gateway.plugin("say-who", new JsonObject());
    gateway.plugin("prometheus", new JsonObject()
        .put("status_code_metrics", true)
        .put("latency_metrics", true)
        .put("bandwidth_metrics", true)
        .put("upstream_health_metrics", true)
        .put("per_consumer", true));
    for (int i = 0; i < 3; i++) {
      gateway.get("/x", Map.of("who", ODD));
    }
    gateway.get("/x?status=404");
    gateway.get("/x?status=404");
  }
}
