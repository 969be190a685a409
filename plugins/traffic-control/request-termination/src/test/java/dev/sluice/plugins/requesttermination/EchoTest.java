package dev.sluice.plugins.requesttermination;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EchoTest {

  private static TestGateway gateway;
  private static JsonObject route;

  @BeforeAll
  static void start() {
    gateway = TestGateway.with(new RequestTerminationPlugin()).start();
    route = gateway.route("/p", gateway.backend(TestBackend.echo()));
    route = gateway.update(CoreEntities.ROUTES, route.getString("id"), new JsonObject().put("name", "r"));
    gateway.plugin(
        "request-termination", new JsonObject().put("status_code", 404).put("echo", true).put("trigger", "dbg"), route);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static JsonObject post(String type, String body) {
    var answer = gateway.send(HttpMethod.POST, "/p/q?dbg=1&b=2", Map.of("Content-Type", type), Buffer.buffer(body));
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.getHeader("Content-Type")).isEqualTo("application/json; charset=utf-8");
    return answer.bodyAsJsonObject();
  }

  @Test
  void theRequestIsTold() {
    JsonObject told = post("application/json", "{\"k\": \"v\"}");
    assertThat(told.getString("message")).isEqualTo("Not found");
    JsonObject request = told.getJsonObject("request");
    assertThat(request.getString("method")).isEqualTo("POST");
    assertThat(request.getString("path")).isEqualTo("/p/q");
    assertThat(request.getString("scheme")).isEqualTo("http");
    assertThat(request.getString("host")).isEqualTo("127.0.0.1");
    assertThat(request.getInteger("port")).isEqualTo(gateway.proxyPort());
    assertThat(request.getJsonObject("query")).isEqualTo(new JsonObject().put("dbg", "1").put("b", "2"));
    assertThat(request.getJsonObject("body")).isEqualTo(new JsonObject().put("k", "v"));
    assertThat(request.getString("raw_body")).isEqualTo("{\"k\": \"v\"}");
    assertThat(request.getJsonObject("headers").getString("content-type")).isEqualTo("application/json");
    assertThat(request.getJsonObject("uri_captures"))
        .isEqualTo(new JsonObject().put("named", new JsonObject()).put("unnamed", new JsonArray()));
  }

  @Test
  void theNodeAndTheMatchAreTold() {
    JsonObject told = post("text/plain", "");
    assertThat(told.getJsonObject("kong").getString("node_id")).isEqualTo(gateway.kernel().node().nodeId());
    assertThat(told.getJsonObject("kong").getLong("worker_pid")).isEqualTo(ProcessHandle.current().pid());
    JsonObject matched = told.getJsonObject("matched_route");
    assertThat(matched.fieldNames()).contains("updated_at", "created_at", "strip_path", "ws_id", "protocols");
    assertThat(matched.fieldNames()).as("what is null").doesNotContain("hosts", "tags", "snis");
    assertThat(matched.getString("name")).isEqualTo("r");
    assertThat(matched.getJsonObject("service")).isEqualTo(route.getJsonObject("service"));
    assertThat(told.getJsonObject("matched_service").getString("host")).isEqualTo("127.0.0.1");
  }

  @Test
  void formsAreTakenApartAndOtherBodiesAreNot() {
    assertThat(post("application/x-www-form-urlencoded", "a=1&a=2&b").getJsonObject("request").getJsonObject("body"))
        .isEqualTo(new JsonObject().put("a", new JsonArray().add("1").add("2")).put("b", true));
    assertThat(post("text/plain", "x").getJsonObject("request").fieldNames()).doesNotContain("body");
    assertThat(post("application/json", "{bad").getJsonObject("request").fieldNames()).doesNotContain("body");
  }

  @Test
  void repeatedHeadersAreAList() {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("Dbg", "x").add("dbg", "y");
    JsonObject request = gateway.send(HttpMethod.GET, "/p?flag", headers, Buffer.buffer())
        .bodyAsJsonObject()
        .getJsonObject("request");
    assertThat(request.getJsonObject("headers").getJsonArray("dbg")).containsExactly("x", "y");
    assertThat(request.getJsonObject("query")).isEqualTo(new JsonObject().put("flag", true));
    assertThat(request.getString("raw_body")).isEmpty();
    assertThat(request.fieldNames()).doesNotContain("body");
  }

  @Test
  void aLongBodyIsLeftOut() {
    JsonObject request = post("application/json", "\"" + "x".repeat(1100 * 1024) + "\"").getJsonObject("request");
    assertThat(request.fieldNames()).doesNotContain("body", "raw_body");
  }

  @Test
  void withoutTheTriggerRequestsPass() {
    assertThat(gateway.get("/p").bodyAsJsonObject().getString("uri")).isEqualTo("/p");
  }
}
