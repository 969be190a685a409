package dev.sluice.plugins.session;

import dev.sluice.api.PluginContext;
import dev.sluice.plugins.authentication.Seal;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SessionConfigTest {

  @Test
  void defaultsAreKongs() {
    assertThat(SessionConfig.SCHEMA.complete(new JsonObject().put("secret", "s")))
        .isEqualTo(new JsonObject()
            .put("secret", "s")
            .put("storage", "cookie")
            .put("audience", "default")
            .put("idling_timeout", 900)
            .put("rolling_timeout", 3600)
            .put("absolute_timeout", 86400)
            .put("stale_ttl", 10)
            .put("cookie_name", "session")
            .put("cookie_path", "/")
            .putNull("cookie_domain")
            .put("cookie_same_site", "Strict")
            .put("cookie_http_only", true)
            .put("cookie_secure", true)
            .put("remember", false)
            .put("remember_cookie_name", "remember")
            .put("remember_rolling_timeout", 604800)
            .put("remember_absolute_timeout", 2592000)
            .putNull("response_headers")
            .putNull("request_headers")
            .put("read_body_for_logout", false)
            .put("logout_methods", new JsonArray().add("POST").add("DELETE"))
            .put("logout_query_arg", "session_logout")
            .put("logout_post_arg", "session_logout"));
    assertThat(new SessionFactory(new PluginContext() {}).priority()).isEqualTo(1900);
  }

  @Test
  void formerNamesStillWork() {
    JsonObject complete = SessionConfig.SCHEMA.complete(new JsonObject()
        .put("cookie_lifetime", 60)
        .put("cookie_idletime", 30)
        .put("cookie_renew", 5)
        .put("cookie_discard", 7)
        .put("cookie_samesite", "off")
        .put("cookie_httponly", false)
        .put("cookie_persistent", true));
    assertThat(complete.getInteger("rolling_timeout")).isEqualTo(60);
    assertThat(complete.getInteger("idling_timeout")).isEqualTo(30);
    assertThat(complete.getInteger("stale_ttl")).isEqualTo(7);
    assertThat(complete.getString("cookie_same_site")).isEqualTo("Default");
    assertThat(complete.getBoolean("cookie_http_only")).isFalse();
    assertThat(complete.getBoolean("remember")).isTrue();
    assertThat(complete.getString("secret")).matches("[A-Za-z0-9]{44}");
    assertThat(complete.fieldNames()).doesNotContain("cookie_lifetime", "cookie_renew", "cookie_persistent");
  }

  @Test
  void whatCannotStandInACookieIsRefused() {
    JsonObject secret = new JsonObject().put("secret", "s");
    assertThatThrownBy(() -> SessionConfig.SCHEMA.read(secret.copy().put("cookie_path", "/; Domain=evil")))
        .hasMessage("'/; Domain=evil' cannot stand in a cookie");
    assertThatThrownBy(() -> SessionConfig.SCHEMA.read(secret.copy().put("cookie_name", "a b")))
        .hasMessage("'a b' is no name of a cookie");
    assertThat(SessionConfig.SCHEMA.read(secret.copy().put("secret", "my-secret")).toString())
        .doesNotContain("my-secret");
  }

  @Test
  void aSealIsBrokenByNobody() {
    Seal seal = new Seal("secret", "a");
    String closed = seal.close("text");
    assertThat(seal.open(closed)).contains("text");
    assertThat(seal.close("text")).isNotEqualTo(closed);
    assertThat(new Seal("secret", "b").open(closed)).isEmpty();
    assertThat(new Seal("other", "a").open(closed)).isEmpty();
    assertThat(seal.open("")).isEmpty();
    assertThat(seal.open("!")).isEmpty();
  }
}
