package dev.sluice.plugins.logging;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.RawClient;
import dev.sluice.testkit.RawOrigin;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LogEntryTest {

  private final EntryCatcher catcher = new EntryCatcher();
  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway = TestGateway.with(catcher).setting("proxy_listen", "127.0.0.1:0, 127.0.0.1:0 ssl").start();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private JsonObject serviceTo(int port) {
    return gateway.create(
        CoreEntities.SERVICES,
        new JsonObject().put("name", "s").put("host", "127.0.0.1").put("port", port).put("path", "/base").put("retries", 0));
  }

  private JsonObject route(JsonObject service) {
    return gateway.create(
        CoreEntities.ROUTES,
        new JsonObject()
            .put("name", "r")
            .put("paths", new JsonArray().add("/x"))
            .put("tags", new JsonArray().add("t1"))
            .put("service", new JsonObject().put("id", service.getString("id"))));
  }

  @Test
  void aProxiedRequestIsToldInFull() throws InterruptedException {
    TestBackend backend = gateway.backend(TestBackend.echo());
    JsonObject service = serviceTo(backend.port());
    JsonObject route = route(service);
    gateway.plugin("catcher", new JsonObject());
    gateway.send(
        HttpMethod.POST, "/x/y?a=1&b", Map.of("Authorization", "Basic x", "X-Twice", "1"), Buffer.buffer("body"));
    JsonObject entry = catcher.next();
    JsonObject request = entry.getJsonObject("request");
    assertThat(request.getString("method")).isEqualTo("POST");
    assertThat(request.getString("uri")).isEqualTo("/x/y?a=1&b");
    assertThat(request.getString("url"))
        .isEqualTo("http://127.0.0.1:" + gateway.proxyPort() + "/x/y?a=1&b");
    assertThat(request.getJsonObject("querystring")).isEqualTo(new JsonObject().put("a", "1").put("b", true));
    assertThat(request.getString("id")).matches("[0-9a-f]{32}");
    assertThat(request.getJsonObject("headers").getString("authorization")).isEqualTo("REDACTED");
    assertThat(request.getJsonObject("headers").getString("x-twice")).isEqualTo("1");
    assertThat(request.getLong("size")).isGreaterThan(100);
    assertThat(request.containsKey("tls")).isFalse();
    assertThat(entry.getString("upstream_uri")).isEqualTo("/x/y?a=1&b");
    assertThat(entry.getString("upstream_status")).isEqualTo("200");
    assertThat(entry.getString("source")).isEqualTo("upstream");
    assertThat(entry.getString("client_ip")).isEqualTo("127.0.0.1");
    assertThat(entry.getString("workspace_name")).isEqualTo("default");
    assertThat(entry.getLong("started_at")).isBetween(System.currentTimeMillis() - 60_000, System.currentTimeMillis());
    JsonObject response = entry.getJsonObject("response");
    assertThat(response.getInteger("status")).isEqualTo(200);
    assertThat(response.getJsonObject("headers").getString("content-type")).isEqualTo("application/json");
    assertThat(response.getLong("size")).isGreaterThan(200);
    JsonObject latencies = entry.getJsonObject("latencies");
    assertThat(latencies.fieldNames()).containsExactlyInAnyOrder("request", "kong", "proxy", "receive");
    assertThat(latencies.getLong("proxy")).isGreaterThanOrEqualTo(0);
    assertThat(latencies.getLong("request"))
        .isGreaterThanOrEqualTo(latencies.getLong("proxy"))
        .isGreaterThanOrEqualTo(latencies.getLong("kong"));
    JsonObject attempt = entry.getJsonArray("tries").getJsonObject(0);
    assertThat(attempt.fieldNames()).containsExactlyInAnyOrder(
        "balancer_start", "balancer_start_ns", "balancer_latency", "balancer_latency_ns", "ip", "port");
    assertThat(attempt.getInteger("port")).isEqualTo(backend.port());
    assertThat(entry.containsKey("consumer")).isFalse();
    assertThat(entry.containsKey("authenticated_entity")).isFalse();
    sameAsStored(entry.getJsonObject("service"), service);
    sameAsStored(entry.getJsonObject("route"), route);
  }

  /** An entity is shown as it was written, without what is null or empty, and with its workspace. */
  private static void sameAsStored(JsonObject shown, JsonObject written) {
    assertThat(shown.remove("ws_id")).isNotNull();
    for (String field : written.fieldNames()) {
      if (written.getValue(field) != null) {
        assertThat(shown.getValue(field)).as(field).isEqualTo(written.getValue(field));
      }
    }
    assertThat(written.fieldNames()).containsAll(shown.fieldNames());
  }

  @Test
  void aConsumerIsTold() throws InterruptedException {
    JsonObject consumer = gateway.consumer("mary");
    gateway.plugin("catcher", new JsonObject(), gateway.route("/x"));
    gateway.get("/x", Map.of("who", "mary"));
    JsonObject entry = catcher.next();
    sameAsStored(entry.getJsonObject("consumer"), consumer);
    assertThat(entry.getJsonObject("authenticated_entity"))
        .isEqualTo(new JsonObject().put("id", "c1").put("consumer_id", consumer.getString("id")));
    assertThat(entry.getJsonObject("request").getJsonObject("headers").getString("x-consumer-username"))
        .isEqualTo("mary");
  }

  @Test
  void anAnswerOfTheGatewaysOwnHasNoTries() throws InterruptedException {
    gateway.plugin("catcher", new JsonObject(), gateway.route("/x"));
    gateway.get("/x", Map.of("no", "1"));
    JsonObject entry = catcher.next();
    assertThat(entry.getString("source")).isEqualTo("kong");
    assertThat(entry.getString("upstream_status")).isEmpty();
    assertThat(entry.getJsonArray("tries")).isEmpty();
    assertThat(entry.getJsonObject("latencies").getLong("proxy")).isEqualTo(-1);
    assertThat(entry.getJsonObject("response").getInteger("status")).isEqualTo(403);
  }

  @Test
  void aRequestWithoutARouteIsToldWithoutOne() throws InterruptedException {
    gateway.plugin("catcher", new JsonObject());
    assertThat(gateway.get("/nowhere").statusCode()).isEqualTo(404);
    JsonObject entry = catcher.next();
    assertThat(entry.fieldNames()).doesNotContain("route", "service", "tries");
    assertThat(entry.getString("upstream_uri")).isEmpty();
    assertThat(entry.getString("source")).isEqualTo("kong");
  }

  @Test
  void aFailedAttemptIsTold() throws InterruptedException {
    try (RawOrigin origin = new RawOrigin(call -> {
      call.reset();
      return false;
    })) {
      gateway.plugin("catcher", new JsonObject(), route(serviceTo(origin.port())));
      assertThat(gateway.get("/x").statusCode()).isEqualTo(502);
      JsonObject entry = catcher.next();
      assertThat(entry.getString("upstream_status")).isEqualTo("502");
      assertThat(entry.getString("source")).isEqualTo("kong");
      JsonObject attempt = entry.getJsonArray("tries").getJsonObject(0);
      assertThat(attempt.getString("state")).isEqualTo("failed");
      assertThat(attempt.getInteger("code")).isEqualTo(502);
    }
  }

  @Test
  void aClientWhoDoesNotWaitIsA499() throws InterruptedException {
    gateway.plugin("catcher", new JsonObject(), gateway.route("/x", gateway.backend(TestBackend.of(request -> {}))));
    try (RawClient client = new RawClient(gateway.proxyPort())) {
      client.send("GET /x HTTP/1.1\r\nHost: a.test\r\n\r\n");
    }
    JsonObject entry = catcher.next();
    assertThat(entry.getJsonObject("response").getInteger("status")).isEqualTo(499);
    assertThat(entry.getJsonObject("response").getInteger("size")).isZero();
    assertThat(entry.getJsonObject("request").getString("url")).startsWith("http://a.test:");
  }

  @Test
  void tlsIsTold() throws InterruptedException {
    gateway.plugin("catcher", new JsonObject(), gateway.route("/x"));
    Vertx vertx = Vertx.vertx();
    try {
      WebClient client = WebClient.create(
          vertx, new WebClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false));
      Await.result(client.get(gateway.kernel().port("proxy_listen.1"), "localhost", "/x").send());
    } finally {
      Await.result(vertx.close());
    }
    JsonObject request = catcher.next().getJsonObject("request");
    assertThat(request.getJsonObject("tls").getString("version")).isEqualTo("TLSv1.3");
    assertThat(request.getJsonObject("tls").getString("cipher")).startsWith("TLS_AES");
    assertThat(request.getJsonObject("tls").getString("client_verify")).isEqualTo("NONE");
    assertThat(request.getString("url")).startsWith("https://localhost:");
  }

  @Test
  void customFieldsAreAdded() throws InterruptedException {
    JsonObject custom = new JsonObject().put("request.headers", "return nil").put("team", "return 'blue'");
    gateway.plugin("catcher", new JsonObject().put("custom_fields_by_lua", custom), gateway.route("/x"));
    gateway.get("/x");
    JsonObject entry = catcher.next();
    assertThat(entry.getString("team")).isEqualTo("blue");
    assertThat(entry.getJsonObject("request").containsKey("headers")).isFalse();
  }

  @Test
  void filtersAddFields() throws InterruptedException {
    route(serviceTo(gateway.backend(TestBackend.echo()).port()));
    gateway.plugin("catcher", new JsonObject());
    gateway.get("/x", Map.of("told", "this"));
    JsonObject entry = catcher.next();
    assertThat(entry.getJsonObject("told"))
        .isEqualTo(new JsonObject().put("by", new JsonObject().put("filter", "this")).put("more", 1));
    assertThat(entry.getString("client_ip")).isEqualTo("127.0.0.1");
    gateway.get("/x");
    assertThat(catcher.next().containsKey("told")).isFalse();
  }
}
