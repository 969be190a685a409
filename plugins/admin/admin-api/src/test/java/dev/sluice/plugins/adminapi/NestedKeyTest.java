package dev.sluice.plugins.adminapi;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Children that are named by what is unique below their parent alone. */
class NestedKeyTest extends AdminClient {

  @BeforeAll
  void consumers() {
    ok(form("POST", "/consumers", "username=ann"));
    ok(form("POST", "/consumers", "username=bea"));
  }

  @Test
  void theNameStandsForTheIdBelowTheParent() {
    JsonObject ann = ok(form("POST", "/consumers/ann/clubs", "club=chess"));
    JsonObject bea = ok(form("POST", "/consumers/bea/clubs", "club=chess"));
    assertThat(ok(call("GET", "/consumers/ann/clubs/chess"))).isEqualTo(ann);
    assertThat(ok(call("GET", "/consumers/bea/clubs/chess"))).isEqualTo(bea);
    assertThat(ok(call("GET", "/consumers/ann/clubs/" + ann.getString("id")))).isEqualTo(ann);
    refused(call("GET", "/consumers/ann/clubs/" + bea.getString("id")), 404, "Not found");
    refused(call("GET", "/consumers/ann/clubs/golf"), 404, "Not found");
    assertThat(call("GET", "/clubs/chess").statusCode()).isEqualTo(400);
    assertThat(form("POST", "/consumers/ann/clubs", "club=chess").statusCode()).isEqualTo(409);
    assertThat(ok(form("PATCH", "/consumers/ann/clubs/chess", "role=r")).getString("role")).isEqualTo("r");
    assertThat(call("DELETE", "/consumers/ann/clubs/chess").statusCode()).isEqualTo(204);
    refused(call("DELETE", "/consumers/ann/clubs/chess"), 404, "Not found");
    assertThat(ok(call("GET", "/consumers/bea/clubs/chess"))).isEqualTo(bea);
  }

  @Test
  void aPutByNameCreatesAndReplaces() {
    JsonObject made = ok(call("PUT", "/consumers/ann/clubs/go", new JsonObject().put("role", "r")));
    assertThat(made.getString("club")).isEqualTo("go");
    JsonObject again = ok(call("PUT", "/consumers/ann/clubs/go", new JsonObject().put("club", "ignored")));
    assertThat(again.getString("id")).isEqualTo(made.getString("id"));
    assertThat(again.getString("club")).isEqualTo("go");
    assertThat(again.getString("role")).isNull();
    assertThat(call("DELETE", "/consumers/ann/clubs/go").statusCode()).isEqualTo(204);
  }
}
