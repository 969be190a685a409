package dev.sluice.plugins.adminapi;

import dev.sluice.testkit.Await;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The whole way: a real kernel, a store, sockets. */
class AdminApiTest extends AdminClient {

  @Test
  void keepsAnEntityThroughItsLife() {
    JsonObject made = ok(call("POST", "/services", new JsonObject().put("name", "life").put("host", "a.test")));
    assertThat(made.getInteger("port")).isEqualTo(80);
    assertThat(made.containsKey("tags")).isTrue();
    assertThat(ok(call("GET", "/services/life"))).isEqualTo(made);
    assertThat(ok(call("GET", "/services/" + made.getString("id") + "/"))).isEqualTo(made);
    JsonObject patched = ok(form("PATCH", "/services/life", "port=81&tags[]=t&path="));
    assertThat(patched.getInteger("port")).isEqualTo(81);
    assertThat(patched.getJsonArray("tags")).containsExactly("t");
    JsonObject replaced = ok(call("PUT", "/services/life", new JsonObject().put("host", "b.test")));
    assertThat(replaced.getString("id")).isEqualTo(made.getString("id"));
    assertThat(replaced.getInteger("port")).isEqualTo(80);
    assertThat(call("DELETE", "/services/life").statusCode()).isEqualTo(204);
    assertThat(call("DELETE", "/services/life").statusCode()).isEqualTo(204);
    refused(call("GET", "/services/life"), 404, "Not found");
    refused(
        call("PATCH", "/services/life", new JsonObject()), 404, "could not find the entity with '{name=\"life\"}'");
  }

  @Test
  void servesChildrenBelowTheirParents() {
    ok(call("POST", "/services", new JsonObject().put("name", "mother").put("host", "a.test")));
    ok(call("POST", "/services", new JsonObject().put("name", "other").put("host", "a.test")));
    JsonObject body = new JsonObject().put("name", "child").put("paths", new JsonArray().add("/child"));
    JsonObject made = ok(call("POST", "/services/mother/routes", body.copy().put("service", "bogus")));
    String parent = made.getJsonObject("service").getString("id");
    assertThat(ok(call("GET", "/routes/child/service")).getString("id")).isEqualTo(parent);
    assertThat(ok(call("GET", "/services/mother/routes")).getJsonArray("data")).hasSize(1);
    assertThat(ok(call("GET", "/services/other/routes")).getJsonArray("data")).isEmpty();
    assertThat(ok(call("GET", "/services/mother/routes/child"))).isEqualTo(made);
    refused(call("GET", "/services/other/routes/child"), 404, "Not found");
    refused(call("PATCH", "/services/other/routes/child", new JsonObject()), 404, "Not found");
    refused(call("DELETE", "/services/other/routes/child"), 404, "Not found");
    refused(call("POST", "/services/nobody/routes", body), 404, "Not found");
    refused(call("DELETE", "/routes/child/service"), 405, "Method not allowed");
    assertThat(ok(call("PATCH", "/routes/child/service", new JsonObject().put("port", 7))).getInteger("port"))
        .isEqualTo(7);
    assertThat(ok(call("PUT", "/services/other/routes/child", body)).getJsonObject("service").getString("id"))
        .isNotEqualTo(parent);
    assertThat(call("DELETE", "/services/other/routes/child").statusCode()).isEqualTo(204);
    refused(call("DELETE", "/services/other/routes/child"), 404, "Not found");
  }

  @Test
  void makesTheParentOfAChildThatHasNone() {
    ok(call("POST", "/routes", new JsonObject().put("name", "orphan").put("paths", new JsonArray().add("/o"))));
    refused(call("GET", "/routes/orphan/service"), 404, "Not found");
    refused(call("DELETE", "/routes/orphan/service"), 404, "Not found");
    refused(call("PATCH", "/routes/orphan/service", new JsonObject()), 404, "Not found");
    JsonObject made = ok(call("PUT", "/routes/orphan/service", new JsonObject().put("host", "a.test")));
    assertThat(ok(call("GET", "/routes/orphan/service"))).isEqualTo(made);
  }

  @Test
  void servesTheEntitiesOfPlugins() {
    JsonObject consumer = ok(call("POST", "/consumers", new JsonObject().put("username", "bea")));
    JsonObject made = ok(form("POST", "/consumers/bea/badge", "number=n1&level=2&ttl=100"));
    assertThat(made.getInteger("level")).isEqualTo(2);
    assertThat(made.getInteger("ttl")).isBetween(90, 100);
    assertThat(made.getJsonObject("consumer").getString("id")).isEqualTo(consumer.getString("id"));
    assertThat(ok(call("GET", "/badges/n1/consumer"))).isEqualTo(consumer);
    assertThat(ok(call("PUT", "/consumers/bea/badge/n2", new JsonObject())).getString("number")).isEqualTo("n2");
    assertThat(ok(call("GET", "/badges")).getJsonArray("data")).hasSize(2);
    assertThat(ok(call("GET", "/schemas/badge_credentials")).getJsonArray("fields")).hasSize(6);
    assertThat(call("DELETE", "/consumers/bea").statusCode()).isEqualTo(204);
    assertThat(ok(call("GET", "/badges")).getJsonArray("data")).isEmpty();
  }

  @Test
  void servesTheEndpointsOfPlugins() {
    JsonObject answer = ok(form("POST", "/services/a%20b/badge", "x.y=1"));
    assertThat(answer.getString("message")).isEqualTo("a b {\"x\":{\"y\":\"1\"}} true");
    refused(call("GET", "/badges/broken"), 500, "An unexpected error occurred");
    assertThat(ok(call("GET", "/endpoints")).getJsonArray("data"))
        .contains("/services/{name}/badge", "/consumers/{consumers}/badge/{badge_credentials}");
  }

  @Test
  void turnsTheTextsOfAPluginsForm() {
    JsonObject made = ok(form("POST", "/plugins", "name=badge&config.limit=5&config.names=a"));
    String path = "/plugins/" + made.getString("id");
    assertThat(made.getJsonObject("config"))
        .isEqualTo(new JsonObject().put("limit", 5).put("names", new JsonArray().add("a")));
    JsonObject patched = ok(form("PATCH", path, "config.limit=6"));
    assertThat(patched.getJsonObject("config"))
        .isEqualTo(new JsonObject().put("limit", 6).put("names", new JsonArray().add("a")));
    refused(call("PATCH", "/plugins/" + NOBODY, new JsonObject()), 404, "Not found");
    refused(
        call("PATCH", "/plugins/" + NOBODY, new JsonObject().put("name", "badge")),
        404,
        "could not find the entity with primary key '{id=\"" + NOBODY + "\"}'");
    assertThat(ok(call("GET", "/")).getJsonObject("plugins").getJsonArray("enabled_in_cluster"))
        .containsExactly("badge");
    assertThat(call("DELETE", path).statusCode()).isEqualTo(204);
  }

  @Test
  void listsInPages() {
    for (int i = 1; i <= 5; i++) {
      ok(call("PUT", "/upstreams/0000000" + i + NOBODY.substring(8), new JsonObject().put("name", "page-" + i)));
    }
    JsonObject first = ok(call("GET", "/upstreams?size=2"));
    assertThat(names(first)).containsExactly("page-1", "page-2");
    assertThat(first.getString("next")).isEqualTo("/upstreams?offset=" + first.getString("offset") + "&size=2");
    assertThat(call("DELETE", "/upstreams/page-2").statusCode()).isEqualTo(204);
    JsonObject second = ok(call("GET", first.getString("next")));
    assertThat(names(second)).containsExactly("page-3", "page-4");
  }

  private static List<String> names(JsonObject page) {
    return page.getJsonArray("data").stream().map(row -> ((JsonObject) row).getString("name")).toList();
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "GET | /nowhere | 404 | Not found",
    "OPTIONS | /nowhere | 404 | Not found",
    "POST | /services/x | 405 | Method not allowed",
    "DELETE | /services | 405 | Method not allowed",
    "GEEEET | /services | 405 | Method not allowed",
    "GET | /targets | 404 | Not found",
    "GET | /schemas/nope | 404 | No entity named 'nope'",
    "GET | /schemas/plugins/nope | 404 | No plugin named 'nope'",
    "GET | /services/a%2Fb | 400"
        + " | invalid value 'a/b': the only accepted ascii characters are alphanumerics or ., -, _, and ~",
    "GET | /consumers?custom_id= | 400 | custom_id must be an unempty string",
    "GET | /status?unit=V | 400 | invalid unit 'V' (expected 'k/K', 'm/M', or 'g/G')",
    "GET | /config | 400 | this endpoint is only available when Kong is configured to not use a database",
  })
  void refuses(String method, String uri, int status, String message) {
    refused(call(method, uri), status, message);
  }

  @Test
  void refusesMediaTypesBeforeAllElse() {
    for (String path : List.of("/services", "/nowhere", "/services/x/routes/y")) {
      HttpResponse<Buffer> answer =
          gateway.admin(HttpMethod.POST, path, Map.of("Content-Type", "text/plain"), Buffer.buffer("x"));
      assertThat(answer.statusCode()).isEqualTo(415);
    }
    assertThat(gateway.admin(HttpMethod.POST, "/services", Map.of(), Buffer.buffer("x")).statusCode()).isEqualTo(415);
    refused(call("POST", "/services"), 400, "schema violation (host: required field missing)");
  }

  @Test
  void answersForItselfWhereAPluginIsSilent() {
    HttpResponse<Buffer> answer = call("DELETE", "/badges/silent");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.getHeader("Content-Type")).isEqualTo("text/html; charset=UTF-8");
    assertThat(answer.bodyAsString()).contains("<title>404 Not Found</title>");
  }

  @Test
  void answersHeadAndOptions() {
    HttpResponse<Buffer> head = call("HEAD", "/services");
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.getHeader("Content-Length")).isEqualTo(call("GET", "/services").getHeader("Content-Length"));
    assertThat(head.body()).isNull();
    HttpResponse<Buffer> options = call("OPTIONS", "/services/x");
    assertThat(options.statusCode()).isEqualTo(204);
    assertThat(options.getHeader("Allow")).isEqualTo("DELETE, GET, HEAD, OPTIONS, PATCH, PUT");
  }

  @Test
  void tellsOfTheNode() {
    JsonObject root = ok(call("GET", "/"));
    assertThat(root.getString("version")).isEqualTo("3.9.3");
    assertThat(root.getString("tagline")).isEqualTo("Welcome to kong");
    assertThat(root.getJsonObject("plugins").getJsonObject("available_on_server").getJsonObject("badge"))
        .isEqualTo(new JsonObject().put("version", "1.2.3").put("priority", 77));
    assertThat(root.getJsonObject("configuration").getString("router_flavor")).isNotEmpty();
    assertThat(root.getJsonObject("sluice").getString("api")).isEqualTo("1.0");
    JsonObject status = ok(call("GET", "/status?unit=b"));
    assertThat(status.getJsonObject("database").getBoolean("reachable")).isTrue();
    JsonObject memory = status.getJsonObject("memory").getJsonArray("workers_lua_vms").getJsonObject(0);
    assertThat(memory.getValue("http_allocated_gc")).isInstanceOf(Number.class);
    assertThat(status.getJsonObject("sluice").getJsonArray("plugins").encode()).contains("\"running\"");
    assertThat(ok(call("GET", "/timers")).getJsonObject("worker").getInteger("count")).isEqualTo(1);
    assertThat(ok(call("GET", "/plugins/enabled")).getJsonArray("enabled_plugins")).containsExactly("badge");
  }

  @Test
  void changesTheLogLevelForAWhile() {
    String path = "/debug/node/log-level";
    refused(call("GET", path), 200, "log level: notice");
    refused(call("PUT", path + "/notice"), 200, "log level is already notice");
    refused(call("PUT", path + "/loud"), 400, "unknown log level: loud");
    refused(form("PUT", path + "/warn", "timeout=-1"), 400, "timeout must be greater than or equal to 0");
    refused(call("PUT", path + "/warn?timeout=600"), 200, "log level changed");
    refused(call("GET", path), 200, "log level: warn");
    refused(call("PUT", path + "/error", new JsonObject().put("timeout", 0)), 200, "log level changed");
    Await.until("the level comes back", () -> call("GET", path).bodyAsString().contains("notice"));
  }

  @Test
  void listsTags() {
    String id =
        ok(call(
                "POST",
                "/services",
                new JsonObject()
                    .put("name", "tagged")
                    .put("host", "a.test")
                    .put("tags", new JsonArray().add("t1").add("t2"))))
            .getString("id");
    JsonObject row = new JsonObject().put("entity_name", "services").put("entity_id", id);
    JsonObject first = ok(call("GET", "/tags?size=1"));
    assertThat(first.getJsonArray("data")).containsExactly(row.copy().put("tag", "t1"));
    JsonObject second = ok(call("GET", first.getString("next")));
    assertThat(second.getJsonArray("data")).containsExactly(row.copy().put("tag", "t2"));
    assertThat(second.getValue("next")).isNull();
    assertThat(ok(call("GET", "/tags/t2")).getJsonArray("data")).hasSize(1);
    assertThat(ok(call("GET", "/services?tags=t1,t2")).getJsonArray("data")).hasSize(1);
    assertThat(ok(call("GET", "/services?tags=t1,t3")).getJsonArray("data")).isEmpty();
    assertThat(call("DELETE", "/services/tagged").statusCode()).isEqualTo(204);
  }

  @Test
  void validatesWithoutWriting() {
    JsonObject service = new JsonObject().put("name", "checked").put("host", "a.test");
    refused(call("POST", "/schemas/services/validate", service), 200, "schema validation successful");
    refused(call("GET", "/services/checked"), 404, "Not found");
    refused(
        call("POST", "/schemas/services/validate", new JsonObject()),
        400,
        "schema violation (host: required field missing)");
    refused(form("POST", "/schemas/services/validate", "host=a.test&port=80"), 400,
        "schema violation (port: expected an integer)");
    refused(
        call("POST", "/schemas/plugins/validate", new JsonObject().put("name", "badge")),
        200,
        "schema validation successful");
    refused(call("POST", "/schemas/nope/validate", new JsonObject()), 404, "No entity named 'nope'");
  }

  @Test
  void listsTargetsNewestFirst() {
    ok(call("POST", "/upstreams", new JsonObject().put("name", "up")));
    for (int port = 1; port <= 3; port++) {
      ok(call("POST", "/upstreams/up/targets", new JsonObject().put("target", "127.0.0.1:" + port)));
    }
    JsonObject first = ok(call("GET", "/upstreams/up/targets?size=2"));
    JsonObject second = ok(call("GET", first.getString("next")));
    assertThat(first.getJsonArray("data")).hasSize(2);
    assertThat(second.getJsonArray("data")).hasSize(1);
    assertThat(second.getValue("next")).isNull();
    assertThat(ok(call("GET", "/upstreams/up/targets/all")).getJsonArray("data")).hasSize(3);
    String target = "/upstreams/up/targets/127.0.0.1:2";
    assertThat(ok(call("PUT", target, new JsonObject().put("weight", 5))).getInteger("weight")).isEqualTo(5);
    refused(call("PUT", target + "/healthy"), 400, "no healthchecker found for up");
    refused(call("POST", target + "/healthy", new JsonObject()), 405, "Method not allowed");
    JsonObject health = ok(call("GET", "/upstreams/up/health"));
    assertThat(health.getJsonArray("data").getJsonObject(0).getString("health")).isEqualTo("HEALTHCHECKS_OFF");
    JsonObject balancer = ok(call("GET", "/upstreams/up/health?balancer_health=1")).getJsonObject("data");
    assertThat(balancer.getString("balancer_health")).isEqualTo("HEALTHY");
    assertThat(call("DELETE", target).statusCode()).isEqualTo(204);
    refused(call("DELETE", target), 404, "Not found");
  }

  @Test
  void findsConsumersBySecondName() {
    JsonObject made = ok(call("POST", "/consumers", new JsonObject().put("username", "cy").put("custom_id", "c 1")));
    assertThat(ok(call("GET", "/consumers?custom_id=c%201")).getJsonArray("data")).containsExactly(made);
    assertThat(ok(call("GET", "/consumers?custom_id=c2")).getJsonArray("data")).isEmpty();
    assertThat(call("DELETE", "/consumers/cy").statusCode()).isEqualTo(204);
  }
}
