package dev.sluice.plugins.requesttermination;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TerminationTest {

  private static final String JSON = "application/json; charset=utf-8";
  private static TestGateway gateway;
  private static TestBackend backend;

  @BeforeAll
  static void start() {
    gateway = TestGateway.with(new RequestTerminationPlugin()).start();
    backend = gateway.backend(TestBackend.echo());
    configure("/msg", new JsonObject().put("status_code", 403).put("message", "Not so fast!"));
    configure("/trigger", new JsonObject().put("status_code", 200).put("message", "hit").put("trigger", "stop"));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static void configure(String path, JsonObject config) {
    gateway.plugin("request-termination", config, gateway.route(path, backend));
  }

  private static HttpResponse<Buffer> status(int status) {
    configure("/status/" + status + "/", new JsonObject().put("status_code", status));
    return gateway.get("/status/" + status + "/");
  }

  private static void says(HttpResponse<Buffer> answer, int status, String contentType, String body) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.getHeader("Content-Type")).isEqualTo(contentType);
    assertThat(answer.body() == null ? "" : answer.bodyAsString()).isEqualTo(body);
    assertThat(answer.getHeader("Content-Length"))
        .isEqualTo(String.valueOf(body.getBytes(StandardCharsets.UTF_8).length));
  }

  @Test
  void byDefaultTheServiceIsUnavailable() {
    configure("/default", new JsonObject());
    var answer = gateway.get("/default");
    says(answer, 503, JSON, "{\"message\":\"Service unavailable\"}");
    assertThat(answer.getHeader("Server")).isNotEmpty();
    assertThat(answer.getHeader("Via")).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "401, Unauthorized", "404, Not found", "405, Method not allowed", "500, An unexpected error occurred",
    "502, Bad Gateway"
  })
  void someStatusesHaveAMessage(int status, String message) {
    says(status(status), status, JSON, "{\"message\":\"" + message + "\"}");
  }

  @ParameterizedTest
  @ValueSource(ints = {200, 299, 418, 599})
  void othersHaveNothing(int status) {
    says(status(status), status, null, "");
  }

  @Test
  void someHaveThePageOfAWebServer() {
    var answer = status(429);
    assertThat(answer.bodyAsString()).hasSize(134).contains("<h1>429 Too Many Requests</h1>");
    assertThat(answer.getHeader("Content-Type")).isEqualTo("text/html; charset=UTF-8");
  }

  @Test
  void someHaveTheErrorOfTheGateway() {
    assertThat(status(400).bodyAsJsonObject().getString("message")).isEqualTo("Bad request");
  }

  @Test
  void someStatusesCarryNoBody() {
    configure("/204", new JsonObject().put("status_code", 204).put("body", "x"));
    configure("/304", new JsonObject().put("status_code", 304).put("message", "x"));
    for (String path : new String[] {"/204", "/304"}) {
      var answer = gateway.get(path);
      assertThat(answer.statusCode()).isEqualTo(Integer.parseInt(path.substring(1)));
      assertThat(answer.body()).isNull();
      assertThat(answer.getHeader("Content-Length")).isNull();
    }
  }

  @Test
  void aMessageIsJsonWhateverTheClientAccepts() {
    String body = "{\"message\":\"Not so fast!\"}";
    says(gateway.get("/msg"), 403, JSON, body);
    says(gateway.get("/msg", Map.of("Accept", "text/html")), 403, JSON, body);
    says(gateway.send(HttpMethod.POST, "/msg", Map.of(), Buffer.buffer("{\"a\":1}")), 403, JSON, body);
    var head = gateway.send(HttpMethod.HEAD, "/msg", Map.of(), Buffer.buffer());
    assertThat(head.statusCode()).isEqualTo(403);
    assertThat(head.getHeader("Content-Length")).isEqualTo("26");
    assertThat(head.body()).isNull();
  }

  @Test
  void messagesAreQuoted() {
    configure("/quoted", new JsonObject().put("status_code", 400).put("message", "m \"q\" \\ /"));
    says(gateway.get("/quoted"), 400, JSON, "{\"message\":\"m \\\"q\\\" \\\\ /\"}");
  }

  @Test
  void aBodyIsSentAsItIs() {
    configure("/html", raw(451, "text/html", "<h1>Not available</h1>"));
    says(gateway.get("/html"), 451, "text/html; charset=UTF-8", "<h1>Not available</h1>");
    configure("/json", raw(406, "application/json", "{\"code\": 1}"));
    says(gateway.get("/json"), 406, "application/json", "{\"code\": 1}");
    configure("/utf8", raw(200, "text/plain; charset=utf-8", "h\u00e9llo"));
    says(gateway.get("/utf8"), 200, "text/plain; charset=utf-8", "h\u00e9llo");
    configure("/untyped", new JsonObject().put("status_code", 200).put("body", "{\"a\": 1}"));
    says(gateway.get("/untyped"), 200, null, "{\"a\": 1}");
  }

  private static JsonObject raw(int status, String type, String body) {
    return new JsonObject().put("status_code", status).put("content_type", type).put("body", body);
  }

  @Test
  void aTriggerIsAHeaderOrAnArgument() {
    for (String uri : new String[] {"/trigger", "/trigger?STOP=1", "/trigger?x=stop"}) {
      assertThat(gateway.get(uri).bodyAsJsonObject().getInteger("backend")).isEqualTo(backend.port());
    }
    for (String uri : new String[] {"/trigger?stop=1", "/trigger?stop"}) {
      assertThat(gateway.get(uri).bodyAsString()).isEqualTo("{\"message\":\"hit\"}");
    }
    assertThat(gateway.get("/trigger", Map.of("STOP", "1")).bodyAsString()).isEqualTo("{\"message\":\"hit\"}");
    assertThat(gateway.get("/trigger", Map.of("stop", "")).bodyAsString()).isEqualTo("{\"message\":\"hit\"}");
  }

  @Test
  void aRouteNeedsNoService() {
    JsonObject route = gateway.create(
        CoreEntities.ROUTES,
        new JsonObject().put("paths", new JsonArray().add("/lonely")));
    gateway.plugin("request-termination", new JsonObject().put("status_code", 418).put("message", "short"), route);
    says(gateway.get("/lonely"), 418, JSON, "{\"message\":\"short\"}");
  }
}
