package dev.sluice.plugins.correlationid;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CorrelationIdTest {

  private static final String UUID = "[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}";

  private TestGateway gateway;
  private TestBackend backend;

  @BeforeEach
  void start() {
    Clock clock = Clock.fixed(Instant.ofEpochMilli(1_700_000_000_007L), ZoneOffset.UTC);
    gateway = TestGateway.with(new CorrelationIdPlugin()).clock(clock).start();
    backend = gateway.backend(TestBackend.echo());
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void configure(String path, JsonObject config) {
    gateway.plugin("correlation-id", config, gateway.route(path, backend));
  }

  private static List<String> upstream(HttpResponse<Buffer> answer, String name) {
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonArray values = answer.bodyAsJsonObject().getJsonObject("headers").getJsonArray(name, new JsonArray());
    return values.stream().map(String::valueOf).toList();
  }

  @Test
  void byDefaultRequestsAreCounted() {
    configure("/", new JsonObject());
    var first = gateway.get("/");
    String id = upstream(first, "kong-request-id").get(0);
    assertThat(id).matches(UUID + "#1");
    assertThat(first.getHeader("Kong-Request-ID")).isNull();
    assertThat(upstream(gateway.get("/"), "kong-request-id")).containsExactly(id.replace("#1", "#2"));
  }

  @Test
  void theClientsOwnIdIsKept() {
    configure("/", new JsonObject().put("header_name", "X-Id").put("echo_downstream", true));
    var answer = gateway.get("/", Map.of("x-id", "mine"));
    assertThat(upstream(answer, "x-id")).containsExactly("mine");
    assertThat(answer.getHeader("X-Id")).isEqualTo("mine");
    assertThat(upstream(gateway.get("/", Map.of("x-id", "")), "x-id").get(0)).matches(UUID + "#1");
  }

  @Test
  void theAnswerMayCarryTheId() {
    configure("/", new JsonObject().put("echo_downstream", true).put("generator", "uuid"));
    var answer = gateway.get("/");
    assertThat(answer.getHeader("Kong-Request-ID")).matches(UUID);
    assertThat(upstream(answer, "kong-request-id")).containsExactly(answer.getHeader("Kong-Request-ID"));
    Set<String> ids = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      ids.add(gateway.get("/").getHeader("Kong-Request-ID"));
    }
    assertThat(ids).hasSize(20);
  }

  @Test
  void answersToRequestsWithoutARouteCarryOne() {
    gateway.plugin("correlation-id", new JsonObject().put("echo_downstream", true));
    var answer = gateway.get("/nowhere");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.getHeader("Kong-Request-ID")).matches(UUID + "#1");
    assertThat(gateway.get("/nowhere", Map.of("Kong-Request-ID", "mine")).getHeader("Kong-Request-ID"))
        .isEqualTo("mine");
  }

  @Test
  void aTrackerTellsOfTheConnection() {
    configure("/", new JsonObject().put("generator", "tracker").put("echo_downstream", true));
    String prefix = "127.0.0.1-" + gateway.proxyPort() + "-" + ProcessHandle.current().pid() + "-";
    Vertx vertx = Vertx.vertx();
    try {
      WebClient client = WebClient.create(vertx, new WebClientOptions().setMaxPoolSize(1).setKeepAlive(true));
      String one = tracker(client);
      String two = tracker(client);
      assertThat(one).startsWith(prefix).endsWith("-1-1700000000.007");
      assertThat(two).isEqualTo(one.replace("-1-1700000000.007", "-2-1700000000.007"));
      assertThat(gateway.get("/").getHeader("Kong-Request-ID"))
          .as("another connection").isNotEqualTo(one).endsWith("-1-1700000000.007");
    } finally {
      Await.result(vertx.close());
    }
  }

  private String tracker(WebClient client) {
    return Await.result(client.request(HttpMethod.GET, gateway.proxyPort(), "127.0.0.1", "/").send())
        .getHeader("Kong-Request-ID");
  }
}
