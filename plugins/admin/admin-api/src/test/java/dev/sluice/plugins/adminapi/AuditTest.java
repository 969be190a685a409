package dev.sluice.plugins.adminapi;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.interfaces.RSAPublicKey;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Who changed what, when, from where; what was there before, and what is there now. */
class AuditTest extends AdminClient {

  @Test
  void writesAreRecordedWithoutTheirSecrets() {
    ok(form("POST", "/consumers", "username=eve&tags[]=seen"));
    ok(form("POST", "/consumers/eve/badge", "number=n7"));
    JsonObject service = new JsonObject().put("name", "recorded").put("host", "h.test").put("client_secret", "hush");
    assertThat(call("POST", "/services", service).statusCode()).isEqualTo(400);
    call("DELETE", "/consumers/eve");
    JsonArray rows = ok(call("GET", "/audit?size=4")).getJsonArray("data");
    JsonObject deleted = rows.getJsonObject(0);
    assertThat(deleted.getString("method")).isEqualTo("DELETE");
    assertThat(deleted.getString("path")).isEqualTo("/consumers/eve");
    assertThat(deleted.getString("who")).isEqualTo("anonymous");
    assertThat(deleted.getString("from")).isEqualTo("127.0.0.1");
    assertThat(deleted.getInteger("status")).isEqualTo(204);
    JsonObject refused = rows.getJsonObject(1);
    assertThat(refused.getInteger("status")).isEqualTo(400);
    assertThat(refused.getJsonObject("body").getString("client_secret")).isEqualTo("******");
    assertThat(rows.getJsonObject(2).getJsonObject("body").getString("number")).isEqualTo("n7");
    JsonObject made = rows.getJsonObject(3);
    assertThat(made.getString("entity")).hasSize(36);
    assertThat(made.getJsonObject("body").getString("username")).isEqualTo("eve");
    assertThat(ok(call("GET", "/audit?size=1")).getString("next")).startsWith("/audit?offset=");
  }

  @Test
  void whatIsOnlyAskedIsNotRecorded() {
    ok(form("POST", "/consumers", "username=last"));
    JsonObject question = new JsonObject().put("headers", new JsonObject().put("Authorization", "Bearer t0ps3cret"));
    assertThat(call("POST", "/badges/ask", question).bodyAsString()).contains("t0ps3cret");
    assertThat(newest().getString("path")).isEqualTo("/consumers");
    assertThat(call("GET", "/audit?size=1000").bodyAsString()).doesNotContain("t0ps3cret");
  }

  private JsonObject newest() {
    return ok(call("GET", "/audit?size=1")).getJsonArray("data").getJsonObject(0);
  }

  private static JsonObject values(Object from, Object to) {
    return new JsonObject().put("from", from).put("to", to);
  }

  @Test
  void aChangeIsRecordedWithTheValuesBeforeIt() {
    ok(form("POST", "/services", "name=before&host=a.test&port=81"));
    JsonObject made = newest().getJsonArray("changes").getJsonObject(0);
    assertThat(made.getString("what")).isEqualTo("created");
    assertThat(made.getString("type")).isEqualTo("services");
    assertThat(made.getJsonObject("fields").getJsonObject("port")).isEqualTo(values(null, 81));
    assertThat(made.getJsonObject("fields").getJsonObject("retries")).isEqualTo(values(null, 5));

    ok(form("PATCH", "/services/before", "host=b.test&port=81"));
    JsonObject changed = newest().getJsonArray("changes").getJsonObject(0);
    assertThat(changed.getString("what")).isEqualTo("updated");
    assertThat(changed.getString("id")).isEqualTo(made.getString("id"));
    assertThat(changed.getJsonObject("fields").getJsonObject("host")).isEqualTo(values("a.test", "b.test"));
    assertThat(changed.getJsonObject("fields").fieldNames()).doesNotContain("port", "name", "created_at");

    assertThat(form("PATCH", "/services/before", "port=none").statusCode()).isEqualTo(400);
    assertThat(newest().getJsonArray("changes")).isEmpty();
  }

  @Test
  void whatGoesAlongIsRecordedToo() {
    ok(form("POST", "/consumers", "username=parent"));
    ok(form("POST", "/consumers/parent/badge", "number=n8"));
    call("DELETE", "/consumers/parent");
    JsonArray changes = newest().getJsonArray("changes");
    assertThat(changes).extracting(each -> ((JsonObject) each).getString("type"))
        .containsExactlyInAnyOrder("consumers", "badge_credentials");
    for (Object each : changes) {
      JsonObject gone = (JsonObject) each;
      boolean badge = gone.getString("type").equals("badge_credentials");
      assertThat(gone.getString("what")).isEqualTo("deleted");
      assertThat(gone.getJsonObject("fields").getJsonObject(badge ? "number" : "username"))
          .isEqualTo(values(badge ? "n8" : "parent", null));
    }
  }

  @Test
  void aSecretIsSeenToChangeAndNotWhatItWas() throws GeneralSecurityException {
    String first = jwk();
    ok(call("POST", "/keys", new JsonObject().put("name", "rotated").put("kid", "one").put("jwk", first)));
    String second = jwk();
    ok(call("PATCH", "/keys/rotated", new JsonObject().put("jwk", second)));
    JsonObject record = newest();
    assertThat(record.getJsonArray("changes").getJsonObject(0).getJsonObject("fields").getJsonObject("jwk"))
        .isEqualTo(values("******", "******"));
    for (String each : List.of(first, second)) {
      assertThat(record.encode()).doesNotContain(new JsonObject(each).getString("n"));
    }
  }

  private static String jwk() throws GeneralSecurityException {
    RSAPublicKey key = (RSAPublicKey) KeyPairGenerator.getInstance("RSA").generateKeyPair().getPublic();
    return new JsonObject()
        .put("kty", "RSA")
        .put("kid", "one")
        .put("n", text(key.getModulus()))
        .put("e", text(key.getPublicExponent()))
        .encode();
  }

  private static String text(BigInteger number) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(number.toByteArray());
  }
}
