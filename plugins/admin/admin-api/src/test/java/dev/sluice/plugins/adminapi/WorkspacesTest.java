package dev.sluice.plugins.adminapi;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Workspaces through the Admin API: their own life, and that nothing of one is seen in another (case AD-08). */
class WorkspacesTest extends AdminClient {

  @BeforeAll
  void two() {
    ok(call("POST", "/workspaces", new JsonObject().put("name", "a")));
    ok(call("POST", "/workspaces", new JsonObject().put("name", "b")));
  }

  private static JsonObject service(String name) {
    return new JsonObject().put("name", name).put("host", "h.test").put("tags", new JsonArray().add("t-" + name));
  }

  private List<Object> names(String list) {
    return ok(call("GET", list)).getJsonArray("data").stream()
        .map(row -> ((JsonObject) row).getValue("name"))
        .toList();
  }

  @Test
  void areEntitiesLikeAllOthers() {
    JsonObject made = ok(call("POST", "/workspaces", new JsonObject().put("name", "life").put("comment", "c")));
    assertThat(made.getJsonObject("meta").getMap()).containsEntry("color", null).containsEntry("thumbnail", null);
    assertThat(made.getJsonObject("config")).isEmpty();
    assertThat(ok(call("GET", "/workspaces/life"))).isEqualTo(made);
    assertThat(ok(call("GET", "/workspaces/" + made.getString("id")))).isEqualTo(made);
    assertThat(ok(call("GET", "/life/workspaces/life"))).isEqualTo(made);
    JsonObject patched = ok(form("PATCH", "/workspaces/life", "meta.color=%23ff0000"));
    assertThat(patched.getJsonObject("meta").getString("color")).isEqualTo("#ff0000");
    assertThat(patched.getString("comment")).isEqualTo("c");
    JsonObject put = ok(call("PUT", "/workspaces/life", new JsonObject()));
    assertThat(put.getString("id")).isEqualTo(made.getString("id"));
    assertThat(put.getString("comment")).isNull();
    assertThat(names("/workspaces")).contains("default", "a", "b", "life");
    assertThat(names("/workspaces?size=1")).hasSize(1);
    assertThat(call("DELETE", "/workspaces/life").statusCode()).isEqualTo(204);
    refused(call("GET", "/life/services"), 404, "Workspace 'life' not found");
    refused(call("GET", "/workspaces/life"), 404, "Not found");
  }

  @Test
  void thatAreCalledDefaultStay() {
    JsonObject found = ok(call("GET", "/workspaces/default"));
    assertThat(ok(call("GET", "/default/workspaces/default"))).isEqualTo(found);
    assertThat(call("DELETE", "/workspaces/default").statusCode()).isEqualTo(400);
    assertThat(call("PATCH", "/workspaces/default", new JsonObject().put("name", "other")).statusCode()).isEqualTo(400);
    assertThat(call("POST", "/workspaces", new JsonObject().put("name", "default")).statusCode()).isEqualTo(409);
    JsonObject changed = ok(call("PATCH", "/workspaces/default", new JsonObject().put("comment", "first")));
    assertThat(changed.getString("id")).isEqualTo(found.getString("id"));
    assertThat(ok(call("GET", "/workspaces/default")).getString("comment")).isEqualTo("first");
    assertThat(names("/workspaces").stream().filter("default"::equals)).hasSize(1);
    ok(call("GET", "/default/services"));
    ok(call("GET", "/default/"));
    ok(call("GET", "/default/status"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"services", "key_sets", "status", "schemas", "badges", "", "a b", "a/b"})
  void cannotHaveNamesThatMeanSomethingElse(String name) {
    assertThat(call("POST", "/workspaces", new JsonObject().put("name", name)).statusCode()).isEqualTo(400);
    if (!name.isEmpty()) {
      JsonObject named = new JsonObject().put("name", name);
      assertThat(call("PATCH", "/workspaces/a", named).statusCode()).isEqualTo(400);
    }
  }

  @Test
  void haveNamesOfTheirOwn() {
    ok(call("POST", "/services", service("same")));
    ok(call("POST", "/a/services", service("same")));
    ok(call("POST", "/b/services", service("same")));
    assertThat(call("POST", "/a/services", service("same")).statusCode()).isEqualTo(409);
    ok(form("POST", "/a/consumers", "username=ann&custom_id=1"));
    ok(form("POST", "/b/consumers", "username=ann&custom_id=1"));
    ok(form("POST", "/a/consumers/ann/badge", "number=n&level=1"));
    ok(form("POST", "/b/consumers/ann/badge", "number=n&level=2"));
    assertThat(ok(call("GET", "/b/badges/n")).getInteger("level")).isEqualTo(2);
    assertThat(ok(call("GET", "/a/consumers?custom_id=1")).getJsonArray("data")).hasSize(1);
    assertThat(ok(call("GET", "/consumers?custom_id=1")).getJsonArray("data")).isEmpty();
  }

  @Test
  void showNothingToEachOther() {
    JsonObject mine = ok(call("POST", "/a/services", service("mine")));
    String id = mine.getString("id");
    assertThat(ok(call("GET", "/a/services/" + id))).isEqualTo(mine);
    for (String other : List.of("", "/b", "/default")) {
      for (String key : List.of(id, "mine")) {
        refused(call("GET", other + "/services/" + key), 404, "Not found");
        refused(call("GET", other + "/services/" + key + "/routes"), 404, "Not found");
        assertThat(call("PATCH", other + "/services/" + key, new JsonObject()).statusCode()).isEqualTo(404);
        assertThat(call("DELETE", other + "/services/" + key).statusCode()).isEqualTo(204);
        refused(call("POST", other + "/services/" + key + "/routes", new JsonObject()), 404, "Not found");
      }
      assertThat(names(other + "/services")).doesNotContain("mine");
      assertThat(names(other + "/services?tags=t-mine")).isEmpty();
      assertThat(ok(call("GET", other + "/tags/t-mine")).getJsonArray("data")).isEmpty();
      assertThat(ok(call("GET", other + "/tags")).encode()).doesNotContain(id);
      JsonObject byId = new JsonObject().put("paths", new JsonArray().add("/x")).put("service", reference("id", id));
      assertThat(call("POST", other + "/routes", byId).bodyAsJsonObject().getString("name"))
          .isEqualTo("foreign key violation");
      JsonObject byName = byId.copy().put("service", reference("name", "mine"));
      assertThat(call("POST", other + "/routes", byName).bodyAsJsonObject().getString("name"))
          .isEqualTo("foreign keys unresolved");
      // The ids of all are one space: what is there is never written over.
      JsonObject taken = call("PUT", other + "/services/" + id, service("thief")).bodyAsJsonObject();
      assertThat(taken.getInteger("code")).isEqualTo(3);
      JsonObject withId = service("thief").put("id", id);
      assertThat(call("PUT", other + "/services/thief", withId).bodyAsJsonObject().getInteger("code")).isEqualTo(3);
      assertThat(call("POST", other + "/services", withId).bodyAsJsonObject().getInteger("code")).isEqualTo(3);
    }
    assertThat(ok(call("GET", "/a/services/mine"))).isEqualTo(mine);
    assertThat(ok(call("GET", "/a/tags/t-mine")).getJsonArray("data")).hasSize(1);
  }

  private static JsonObject reference(String key, String value) {
    return new JsonObject().put(key, value);
  }

  @Test
  void listPageByPage() {
    ok(call("POST", "/workspaces", new JsonObject().put("name", "paged")));
    for (int i = 0; i < 3; i++) {
      ok(call("POST", "/paged/services", service("p" + i)));
      ok(call("POST", "/services", service("p" + i)));
    }
    JsonObject page = ok(call("GET", "/paged/services?size=2"));
    assertThat(page.getString("next")).startsWith("/paged/services?offset=").endsWith("&size=2");
    assertThat(ok(call("GET", page.getString("next"))).getJsonArray("data")).hasSize(1);
    assertThat(ok(call("GET", "/default/services?size=1")).getString("next")).startsWith("/default/services?");
    assertThat(ok(call("GET", "/paged/tags?size=1")).getString("next")).startsWith("/paged/tags?");
    ok(call("POST", "/paged/upstreams", new JsonObject().put("name", "u.test")));
    ok(form("POST", "/paged/upstreams/u.test/targets", "target=h1"));
    ok(form("POST", "/paged/upstreams/u.test/targets", "target=h2"));
    assertThat(ok(call("GET", "/paged/upstreams/u.test/targets?size=1")).getString("next"))
        .startsWith("/paged/upstreams/u.test/targets?");
    assertThat(ok(call("GET", "/paged/upstreams/u.test/health")).getJsonArray("data")).hasSize(2);
  }

  @Test
  void countWhatTheyHoldAndGoOnlyWhenEmpty() {
    ok(call("POST", "/workspaces", new JsonObject().put("name", "full")));
    JsonObject counts = ok(call("GET", "/workspaces/full/meta")).getJsonObject("counts");
    assertThat(counts.getInteger("services")).isZero();
    ok(call("POST", "/full/services", service("one")));
    ok(form("POST", "/full/consumers", "username=bob"));
    counts = ok(call("GET", "/workspaces/full/meta")).getJsonObject("counts");
    assertThat(counts.getInteger("services")).isEqualTo(1);
    assertThat(counts.getInteger("consumers")).isEqualTo(1);
    assertThat(counts.getInteger("routes")).isZero();
    refused(call("DELETE", "/workspaces/full"), 400, "Workspace is not empty");
    call("DELETE", "/full/services/one");
    call("DELETE", "/full/consumers/bob");
    assertThat(call("DELETE", "/workspaces/full").statusCode()).isEqualTo(204);
    refused(call("GET", "/workspaces/full/meta"), 404, "Not found");
  }

  @Test
  void areTheirNameNowNotThatOfYesterday() {
    ok(call("POST", "/workspaces", new JsonObject().put("name", "before")));
    ok(call("POST", "/before/services", service("s")));
    ok(call("PATCH", "/workspaces/before", new JsonObject().put("name", "after")));
    refused(call("GET", "/before/services/s"), 404, "Workspace 'before' not found");
    ok(call("GET", "/after/services/s"));
    ok(call("POST", "/workspaces", new JsonObject().put("name", "before")));
    refused(call("GET", "/before/services/s"), 404, "Not found");
  }

  @Test
  void unknownPathsStayUnknown() {
    refused(call("GET", "/nobody/services"), 404, "Workspace 'nobody' not found");
    refused(call("POST", "/nobody/services", service("x")), 404, "Workspace 'nobody' not found");
    refused(call("GET", "/nobody"), 404, "Not found");
    refused(call("GET", "/a/nothing"), 404, "Not found");
    refused(call("GET", "/a/b/services"), 404, "Not found");
    refused(call("GET", "/nobody/nothing/at/all"), 404, "Not found");
    refused(call("PATCH", "/a/services", new JsonObject()), 405, "Method not allowed");
    assertThat(call("OPTIONS", "/a/services").getHeader("Allow")).isEqualTo("GET, HEAD, OPTIONS, POST");
  }
}
