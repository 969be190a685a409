package dev.sluice.plugins.explain;

import dev.sluice.plugins.adminapi.AdminApiPlugin;
import dev.sluice.plugins.loadbalancing.LoadBalancingPlugin;
import dev.sluice.plugins.routertraditional.RouterTraditionalPlugin;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/** What the real Admin API shows of explanations: to a workspace only its own, to the audit record nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkspaceExplanationTest {

  private TestGateway gateway;

  @BeforeAll
  void start() {
    gateway = TestGateway.with(
            new ExplainPlugin(),
            new AdminApiPlugin(),
            new RouterTraditionalPlugin(),
            new LoadBalancingPlugin(),
            new Parts())
        .ownParts()
        .start();
    made("/plugins", new JsonObject().put("name", "mark").put("config", new JsonObject().put("mark", "m")));
    for (String name : new String[] {"a", "b"}) {
      made("/workspaces", new JsonObject().put("name", name));
      made("/" + name + "/consumers", new JsonObject().put("username", "friend-of-" + name));
      made("/" + name + "/services", new JsonObject().put("name", "s-" + name).put("host", "127.0.0.1").put("port", 81));
      route(name, "only", new JsonObject().put("paths", new JsonArray().add("/" + name)));
    }
    route("a", "both", new JsonObject().put("paths", new JsonArray().add("/shared")));
    JsonArray hosts = new JsonArray().add("x.test");
    route("b", "both", new JsonObject().put("paths", new JsonArray().add("/shared")).put("hosts", hosts));
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  private void route(String workspace, String name, JsonObject criteria) {
    made("/" + workspace + "/services/s-" + workspace + "/routes", criteria.put("name", workspace + "-" + name));
  }

  private HttpResponse<Buffer> post(String path, JsonObject body) {
    return gateway.admin(HttpMethod.POST, path, Map.of("Content-Type", "application/json"), body.toBuffer());
  }

  private void made(String path, JsonObject body) {
    HttpResponse<Buffer> answer = post(path, body);
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(201);
  }

  private static JsonObject question(String path) {
    return new JsonObject().put("url", "http://x.test" + path);
  }

  private JsonObject told(String path, JsonObject question) {
    HttpResponse<Buffer> answer = post(path, question);
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return answer.bodyAsJsonObject();
  }

  @Test
  void anOwnRouteIsExplained() {
    JsonObject told = told("/a/explain", question("/a").put("consumer", "friend-of-a"));
    assertThat(told.getBoolean("sent")).isTrue();
    assertThat(told.getJsonObject("route").getString("name")).isEqualTo("a-only");
    assertThat(told.getJsonObject("consumer").getString("name")).isEqualTo("friend-of-a");
    assertThat(post("/a/explain", question("/a").put("consumer", "friend-of-b")).statusCode()).isEqualTo(400);
  }

  @Test
  void routesOfOthersAreNotShown() {
    JsonObject told = told("/a/explain", question("/b").put("consumer", "nobody"));
    assertThat(told.encode()).doesNotContain("b-only", "s-b");
    assertThat(told.getValue("sent", "absent")).isNull();
    assertThat(told.getValue("answer", "absent")).isNull();
    assertThat(told.getJsonArray("notes")).containsExactly(WorkspaceExplanation.ELSEWHERE);
    assertThat(told("/a/explain", question("/b").put("consumer", "friend-of-b"))).isEqualTo(told);
  }

  @Test
  void neitherAreThoseThatLoseOrWin() {
    JsonObject won = told("/b/explain", question("/shared"));
    assertThat(won.getJsonObject("route").getString("name")).isEqualTo("b-both");
    assertThat(won.encode()).doesNotContain("a-both");
    JsonObject lost = told("/a/explain", question("/shared"));
    assertThat(lost.encode()).doesNotContain("b-both");
    assertThat(lost.getJsonArray("nearly").getJsonObject(0).getString("name")).isEqualTo("a-both");
  }

  @Test
  void aRequestWithoutARouteHasNoneHereEither() {
    JsonObject told = told("/a/explain", question("/nowhere"));
    assertThat(told.getJsonObject("answer").getInteger("status")).isEqualTo(404);
    assertThat(told.encode()).doesNotContain("b-only", "b-both");
    assertThat(told.getJsonArray("plugins")).isEmpty();
    assertThat(told.getJsonArray("notes")).containsExactly(WorkspaceExplanation.GLOBAL);
  }

  @Test
  void theNodeAsAWholeShowsAll() {
    assertThat(told("/explain", question("/b")).getJsonObject("route").getString("name")).isEqualTo("b-only");
    assertThat(told("/default/explain", question("/shared")).getJsonArray("runners_up")).hasSize(1);
  }

  @Test
  void questionsAreNotAudited() {
    JsonObject headers = new JsonObject().put("Authorization", "Bearer t0ps3cret");
    told("/explain", question("/a?apikey=t0ps3cret").put("headers", headers));
    told("/a/explain", question("/a").put("headers", headers));
    post("/explain/canary", new JsonObject().put("percentage", 10).put("service", "t0ps3cret"));
    String records = gateway.admin(HttpMethod.GET, "/audit?size=1000", Map.of(), Buffer.buffer()).bodyAsString();
    assertThat(records).contains("/workspaces").doesNotContain("t0ps3cret", "explain");
  }
}
