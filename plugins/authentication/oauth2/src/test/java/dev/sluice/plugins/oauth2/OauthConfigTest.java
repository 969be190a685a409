package dev.sluice.plugins.oauth2;

import dev.sluice.api.PluginContext;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class OauthConfigTest {

  @Test
  void defaultsAreKongs() {
    JsonObject complete = OauthConfig.SCHEMA.complete(new JsonObject().put("enable_client_credentials", true));
    assertThat((String) complete.remove("provision_key")).matches("[A-Za-z0-9]{32}");
    assertThat(complete)
        .isEqualTo(new JsonObject()
            .putNull("scopes")
            .put("mandatory_scope", false)
            .put("token_expiration", 7200)
            .put("enable_authorization_code", false)
            .put("enable_implicit_grant", false)
            .put("enable_client_credentials", true)
            .put("enable_password_grant", false)
            .put("hide_credentials", false)
            .put("accept_http_if_already_terminated", false)
            .putNull("anonymous")
            .put("global_credentials", false)
            .put("auth_header_name", "authorization")
            .put("refresh_token_ttl", 1209600)
            .put("reuse_refresh_token", false)
            .put("pkce", "lax")
            .putNull("realm"));
  }

  @Test
  void wrongValuesAreNamed() {
    assertThatThrownBy(() -> OauthConfig.SCHEMA.read(new JsonObject()))
        .hasMessageContaining("at least one of these fields must be true: enable_authorization_code,"
            + " enable_implicit_grant, enable_client_credentials, enable_password_grant");
    JsonObject mandatory = new JsonObject().put("enable_client_credentials", true).put("mandatory_scope", true);
    assertThatThrownBy(() -> OauthConfig.SCHEMA.read(mandatory)).hasMessageContaining("scopes");
    assertThat(OauthConfig.SCHEMA.read(mandatory.copy().put("scopes", new JsonArray().add("s"))).scopes().known())
        .containsExactly("s");
  }

  @Test
  void theProvisionKeyShowsInNoText() {
    OauthConfig config = OauthConfig.SCHEMA.read(
        new JsonObject().put("enable_client_credentials", true).put("provision_key", "my-key"));
    assertThat(config.toString()).doesNotContain("my-key");
    assertThat(new OauthFactory(new PluginContext() {}).priority()).isEqualTo(1400);
  }

  @Test
  void hashesAreKongs() {
    // Made by a Kong 3.9.3 of the secret "plain".
    String kongs = "$pbkdf2-sha512$i=10000,l=32$TPuyXrpJzWngC1/Gl5VgYw$2DRegSEPmFt/0DED9O6AEvBy9VS0U7LgkIe4mX55Ehw";
    assertThat(ClientSecret.matches("plain", kongs)).isTrue();
    assertThat(ClientSecret.matches("other", kongs)).isFalse();
    assertThat(ClientSecret.matches("plain", "plain")).isFalse();
    assertThat(ClientSecret.matches("s", ClientSecret.hash("s"))).isTrue();
    assertThat(ClientSecret.hash("s")).isNotEqualTo(ClientSecret.hash("s"));
  }
}
