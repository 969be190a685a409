package dev.sluice.plugins.azurefunctions;

import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class AzureFunctionsTest {

  private static TestGateway gateway;
  private static TestBackend app;
  private static TestBackend cookies;

  @BeforeAll
  static void start() {
    gateway = TestGateway.with(new AzureFunctionsPlugin()).start();
    app = gateway.backend(TestBackend.echo());
    List<String> lines = List.of("a=1", "b=2");
    cookies = gateway.backend(TestBackend.of(request -> request.response()
        .putHeader("Set-Cookie", lines)
        .putHeader("Via", "1.1 other")
        .putHeader("Connection", "x-secret")
        .end("plain")));
    configure("/f", app, new JsonObject().put("apikey", "the key").put("clientid", "me"));
    configure("/bare", app, new JsonObject().put("routeprefix", "/").put("functionname", "/fn/"));
    configure("/cookies", cookies, new JsonObject());
    configure("/slow", gateway.backend(TestBackend.of(request -> {})), new JsonObject().put("timeout", 50));
  }

  private static void configure(String path, TestBackend functions, JsonObject more) {
    JsonObject config = new JsonObject()
        .put("appname", "127.0.0")
        .put("hostdomain", "1:" + functions.port())
        .put("functionname", "fn")
        .put("https", false)
        .mergeIn(more);
    gateway.plugin("azure-functions", config, gateway.route(path, gateway.backend(TestBackend.echo())));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @Test
  void theFunctionIsCalledAsTheUpstreamWouldBe() {
    Map<String, String> headers = Map.of("X-Mine", "1", "x-functions-key", "forged", "Content-Type", "text/plain");
    var answer = gateway.send(HttpMethod.PUT, "/f/and/then?a=1&b&status=202", headers, Buffer.buffer("body"));
    assertThat(answer.statusCode()).isEqualTo(202);
    assertThat(answer.getHeader("Content-Type")).isEqualTo("application/json");
    JsonObject seen = answer.bodyAsJsonObject();
    assertThat(seen.getInteger("backend")).isEqualTo(app.port());
    assertThat(seen.getString("method")).isEqualTo("PUT");
    assertThat(seen.getString("uri")).isEqualTo("/api/fn/f/and/then?a=1&b&status=202");
    assertThat(seen.getString("body")).isEqualTo("body");
    JsonObject sent = seen.getJsonObject("headers");
    assertThat(sent.getJsonArray("x-mine")).isEqualTo(new JsonArray().add("1"));
    assertThat(sent.getJsonArray("x-functions-key")).isEqualTo(new JsonArray().add("the key"));
    assertThat(sent.getJsonArray("x-functions-clientid")).isEqualTo(new JsonArray().add("me"));
    assertThat(sent.getJsonArray("host")).isEqualTo(new JsonArray().add("127.0.0.1:" + app.port()));
  }

  @Test
  void partsOfThePathAreJoinedByOneSlash() {
    assertThat(gateway.get("/bare").bodyAsJsonObject().getString("uri")).isEqualTo("/fn/bare");
  }

  @Test
  void theAnswerIsTheFunctions() {
    var answer = gateway.get("/cookies");
    assertThat(answer.bodyAsString()).isEqualTo("plain");
    assertThat(answer.headers().getAll("Set-Cookie")).containsExactly("a=1", "b=2");
    assertThat(answer.getHeader("Via")).isEqualTo("1.1 other, 1.1 kong/3.9.3");
    assertThat(answer.headers().getAll("Connection")).doesNotContain("x-secret");
    assertThat(answer.getHeader("Content-Type")).isNull();
    assertThat(answer.getHeader("X-Kong-Response-Latency")).isNotNull();
  }

  @Test
  void aSlowFunctionIsAnError() {
    var answer = gateway.get("/slow");
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(answer.bodyAsJsonObject().getString("message")).isEqualTo("An unexpected error occurred");
  }

  @Test
  void defaultsAreKongs() {
    JsonObject config = new JsonObject().put("appname", "a").put("functionname", "f");
    assertThat(AzureFunctionsConfig.SCHEMA.complete(config)).isEqualTo(new JsonObject()
        .put("timeout", 600000)
        .put("keepalive", 60000)
        .put("https", true)
        .put("https_verify", false)
        .putNull("apikey")
        .putNull("clientid")
        .put("appname", "a")
        .put("hostdomain", "azurewebsites.net")
        .put("routeprefix", "api")
        .put("functionname", "f"));
    AzureFunctionsConfig read = AzureFunctionsConfig.SCHEMA.read(config);
    assertThat(read.host() + read.path()).isEqualTo("a.azurewebsites.net/api/f");
    assertThat(new AzureFunctionsFactory(null).priority()).isEqualTo(749);
  }
}
