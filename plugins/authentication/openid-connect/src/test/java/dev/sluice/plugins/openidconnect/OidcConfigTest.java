package dev.sluice.plugins.openidconnect;

import dev.sluice.api.PluginContext;
import dev.sluice.api.schema.SchemaException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

class OidcConfigTest {

  private static final JsonObject LEAST = new JsonObject().put("issuer", "https://id.example/realm");

  private static JsonObject with(String field, Object value) {
    return LEAST.copy().put(field, value);
  }

  @Test
  void defaultsAreKongs() {
    JsonObject complete = OidcSchema.SCHEMA.complete(LEAST);
    assertThat(complete.getJsonArray("scopes_claim")).isEqualTo(new JsonArray().add("scope"));
    assertThat(complete.getJsonArray("audience_claim")).isEqualTo(new JsonArray().add("aud"));
    assertThat(complete.getJsonArray("credential_claim")).isEqualTo(new JsonArray().add("sub"));
    assertThat(complete.getJsonArray("bearer_token_param_type"))
        .isEqualTo(new JsonArray().add("body").add("header").add("query"));
    assertThat(complete.getString("upstream_access_token_header")).isEqualTo("authorization:bearer");
    assertThat(complete.getInteger("rediscovery_lifetime")).isEqualTo(30);
    assertThat(complete.getInteger("cache_ttl")).isEqualTo(3600);
    assertThat(complete.getInteger("timeout")).isEqualTo(10_000);
    assertThat(complete.getInteger("leeway")).isZero();
    assertThat(complete.getBoolean("verify_signature")).isTrue();
    assertThat(complete.getBoolean("verify_claims")).isTrue();
    assertThat(complete.getBoolean("ssl_verify")).isFalse();
    assertThat(complete.getJsonArray("scopes")).isEqualTo(new JsonArray().add("openid"));
    assertThat(complete.getString("login_action")).isEqualTo("upstream");
    assertThat(complete.getString("response_mode")).isEqualTo("query");
    assertThat(complete.getJsonArray("logout_methods")).isEqualTo(new JsonArray().add("POST").add("DELETE"));
    assertThat(complete.getString("session_cookie_name")).isEqualTo("session");
    assertThat(complete.getString("session_cookie_same_site")).isEqualTo("Lax");
    assertThat(complete.getString("authorization_cookie_name")).isEqualTo("authorization");
    assertThat(complete.getInteger("authorization_rolling_timeout")).isEqualTo(600);
    assertThat(complete.getInteger("session_idling_timeout")).isEqualTo(900);
    assertThat(complete.getInteger("session_rolling_timeout")).isEqualTo(3600);
    assertThat(complete.getInteger("session_absolute_timeout")).isEqualTo(86_400);
    assertThat(new OpenidConnectFactory(new Providers(new PluginContext() {})).priority()).isEqualTo(1050);
  }

  @Test
  void whatIsNotObeyedIsRefused() {
    assertThatThrownBy(() -> OidcSchema.SCHEMA.read(new JsonObject())).hasMessageContaining("required field missing");
    assertThatThrownBy(() -> OidcSchema.SCHEMA.read(with("auth_methods", new JsonArray().add("kong_oauth2"))))
        .hasMessageContaining("expected one of");
    assertThatThrownBy(() -> OidcSchema.SCHEMA.read(with("resolve_distributed_claims", true)))
        .hasMessageContaining("unknown field");
    assertThatThrownBy(() -> OidcSchema.SCHEMA.read(with("client_id", new JsonArray().add("a").add("b"))))
        .hasMessageContaining("length must be at most 1");
    assertThatThrownBy(() -> OidcSchema.SCHEMA.read(with("login_redirect_uri", new JsonArray().add("javascript://x"))))
        .hasMessageContaining("no address of HTTP");
    assertThatThrownBy(() -> OidcSchema.SCHEMA.read(LEAST.copy()
        .put("authorization_query_args_names", new JsonArray().add("state"))
        .put("authorization_query_args_values", new JsonArray().add("x"))))
        .hasMessageContaining("is not free");
    assertThatThrownBy(() -> OidcSchema.SCHEMA.read(LEAST.copy().put("issuer", "id.example")))
        .hasMessageContaining("in url");
    assertThatThrownBy(() -> OidcSchema.SCHEMA.read(LEAST.copy().put("issuer", "ftp://id.example")))
        .hasMessageContaining("no address of HTTP");
    assertThatThrownBy(() -> OidcSchema.SCHEMA.read(with("upstream_access_token_header", "a b")))
        .hasMessageContaining("no name of a header");
  }

  @Test
  void browsersComeBackToAPath() {
    LoginRules rules = OidcSchema.SCHEMA
        .read(with("redirect_uri", new JsonArray().add("https://shop.example"))
            .put("scopes", new JsonArray().add("openid").add("openid")))
        .login();
    assertThat(rules.callback()).contains("/");
    assertThat(rules.isOpenid()).isTrue();
    assertThat(OidcSchema.SCHEMA.read(with("redirect_uri", new JsonArray().add("https://shop.example/a%20b?c=d")))
        .login().callback()).contains("/a%20b");
    assertThat(OidcSchema.SCHEMA.read(with("scopes", new JsonArray().add("read"))).login().isOpenid()).isFalse();
  }

  @Test
  void theDocumentIsBelowTheIssuer() {
    assertThat(OidcSchema.SCHEMA.read(LEAST).place().document())
        .hasToString("https://id.example/realm/.well-known/openid-configuration");
    assertThat(OidcSchema.SCHEMA.read(LEAST.copy().put("issuer", "https://id.example/")).place().document())
        .hasToString("https://id.example/.well-known/openid-configuration");
  }

  @Test
  void anEncryptedProviderLeadsNowhereElse() {
    ProviderPlace place = OidcSchema.SCHEMA.read(LEAST).place();
    JsonObject document =
        new JsonObject().put("issuer", "https://id.example/realm").put("jwks_uri", "http://id.example/keys");
    assertThatThrownBy(() -> Metadata.read(place, document)).hasMessage("jwks_uri is not encrypted, and the issuer is");
  }

  @Test
  void whatMayBeNothingCanBeRead() {
    for (String name : OidcSchema.SCHEMA.complete(LEAST).fieldNames()) {
      Throwable refused = catchThrowable(() -> OidcSchema.SCHEMA.read(LEAST.copy().putNull(name)));
      if (refused != null && !name.equals("session_secret")) {
        assertThat(refused).as(name).isInstanceOf(SchemaException.class).hasMessageContaining(name);
      }
    }
  }
}
