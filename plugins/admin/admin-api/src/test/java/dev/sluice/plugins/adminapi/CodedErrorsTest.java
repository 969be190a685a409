package dev.sluice.plugins.adminapi;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The refusals that clients tell apart by their codes. */
class CodedErrorsTest extends AdminClient {

  private static JsonObject body(int code, String name, String message) {
    return new JsonObject().put("code", code).put("name", name).put("message", message);
  }

  private static void refused(HttpResponse<Buffer> answer, int status, JsonObject body) {
    assertThat(answer.bodyAsJsonObject()).isEqualTo(body);
    assertThat(answer.statusCode()).isEqualTo(status);
  }

  private static JsonObject service(String name) {
    return new JsonObject().put("name", name).put("host", "a.test");
  }

  private static JsonObject id(String id) {
    return new JsonObject().put("id", id);
  }

  @Test
  void refusesKeysThatNobodyCanHave() {
    String message = "invalid primary key: '{id=\"expected a valid UUID\"}'";
    JsonObject body = body(1, "invalid primary key", message).put("fields", id("expected a valid UUID"));
    refused(call("GET", "/notes/ghost"), 400, body);
    refused(call("DELETE", "/notes/ghost"), 400, body);
    refused(call("PATCH", "/notes/ghost", new JsonObject()), 400, body);
    JsonObject name =
        body(10, "invalid unique name", "invalid value 'a!': the only accepted ascii characters are alphanumerics or"
            + " ., -, _, and ~");
    refused(call("GET", "/services/a!"), 400, name);
    refused(call("PUT", "/services/a!", service("a")), 400, name);
    refused(call("PATCH", "/services/a!", service("a")), 400, name);
    refused(call("GET", "/services/a!/routes"), 400, name);
  }

  @Test
  void refusesWhatIsTaken() {
    String id = ok(call("POST", "/services", service("taken"))).getString("id");
    refused(
        call("POST", "/services", service("other").put("id", id)),
        400,
        body(3, "primary key violation", "primary key violation on key '{id=\"" + id + "\"}'").put("fields", id(id)));
    refused(
        call("POST", "/services", service("taken")),
        409,
        body(5, "unique constraint violation", "UNIQUE violation detected on '{name=\"taken\"}'")
            .put("fields", new JsonObject().put("name", "taken")));
    ok(call("POST", "/services/taken/plugins", new JsonObject().put("name", "badge")));
    refused(
        call("POST", "/services/taken/plugins", new JsonObject().put("name", "badge")),
        409,
        body(
                5,
                "unique constraint violation",
                "UNIQUE violation detected on '{consumer=null,name=\"badge\",route=null,service={id=\"" + id + "\"}}'")
            .put(
                "fields",
                new JsonObject()
                    .putNull("consumer")
                    .put("name", "badge")
                    .putNull("route")
                    .put("service", id(id))));
  }

  @Test
  void refusesReferencesThatLeadNowhere() {
    JsonObject route = new JsonObject().put("name", "lost").put("paths", new JsonArray().add("/lost"));
    refused(
        call("POST", "/routes", route.copy().put("service", id(NOBODY))),
        400,
        body(
                4,
                "foreign key violation",
                "the foreign key '{id=\"" + NOBODY + "\"}' does not reference an existing 'services' entity.")
            .put("fields", new JsonObject().put("service", id(NOBODY))));
    String unresolved =
        "the foreign key cannot be resolved with '{name=\"x\"}' for an existing 'services' entity";
    refused(
        call("POST", "/routes", route.copy().put("service", new JsonObject().put("name", "x"))),
        400,
        body(13, "foreign keys unresolved", "foreign key unresolved (service.name: " + unresolved + ")")
            .put("fields", new JsonObject().put("service", new JsonObject().put("name", unresolved))));
  }

  @Test
  void refusesToTakeAParentAway() {
    ok(call("POST", "/services", service("parent")));
    JsonObject route = new JsonObject().put("name", "held").put("paths", new JsonArray().add("/held"));
    ok(call("POST", "/services/parent/routes", route));
    refused(
        call("DELETE", "/services/parent"),
        400,
        body(4, "foreign key violation", "an existing 'routes' entity references this 'services' entity")
            .put("fields", new JsonObject().put("@referenced_by", "routes")));
    assertThat(call("DELETE", "/routes/held").statusCode()).isEqualTo(204);
    assertThat(call("DELETE", "/services/parent").statusCode()).isEqualTo(204);
  }

  @Test
  void refusesTimesToLive() {
    ok(call("POST", "/consumers", new JsonObject().put("username", "mortal")));
    String problem = "must be an integer between 0 and 100000000";
    refused(
        call("POST", "/consumers/mortal/badge", new JsonObject().put("ttl", -1)),
        400,
        body(11, "invalid options", "invalid option (ttl: " + problem + ")")
            .put("options", new JsonObject().put("ttl", problem)));
    refused(
        call("POST", "/consumers", new JsonObject().put("username", "immortal").put("ttl", 1)),
        400,
        body(2, "schema violation", "schema violation (ttl: unknown field)")
            .put("fields", new JsonObject().put("ttl", "unknown field")));
  }

  @Test
  void refusesToClearWhatIsNeeded() {
    ok(call("POST", "/upstreams", new JsonObject().put("name", "whole")));
    JsonObject target = new JsonObject().put("target", "127.0.0.1:1").putNull("weight");
    refused(
        call("POST", "/upstreams/whole/targets", target),
        400,
        body(2, "schema violation", "schema violation (weight: required field missing)")
            .put("fields", new JsonObject().put("weight", "required field missing")));
    refused(
        call("PATCH", "/upstreams/whole", new JsonObject().putNull("slots")),
        400,
        body(2, "schema violation", "schema violation (slots: required field missing)")
            .put("fields", new JsonObject().put("slots", "required field missing")));
  }
}
