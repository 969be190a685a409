package dev.sluice.plugins.jwt;

import dev.sluice.api.schema.SchemaException;
import dev.sluice.testkit.EchoGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class JwtSecretTest {

  private static EchoGateway gateway;
  private static JsonObject bob;

  @BeforeAll
  static void start() {
    gateway = EchoGateway.with(new JwtPlugin());
    bob = gateway.gateway().consumer("bob");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static JsonObject make(JsonObject fields) {
    return gateway.owned(JwtSecret.TYPE, bob, fields);
  }

  @Test
  void whatIsNotGivenIsMadeUp() {
    JsonObject made = make(new JsonObject());
    assertThat(made.fieldNames()).containsExactlyInAnyOrder(
        "id", "created_at", "consumer", "key", "secret", "rsa_public_key", "algorithm", "tags");
    assertThat(made.getString("key")).matches("[A-Za-z0-9]{32}");
    assertThat(made.getString("secret")).matches("[A-Za-z0-9]{32}").isNotEqualTo(made.getString("key"));
    assertThat(made.getString("algorithm")).isEqualTo("HS256");
    assertThat(made.getValue("rsa_public_key")).isNull();
  }

  @Test
  void anAsymmetricAlgorithmNeedsAKey() {
    assertThatThrownBy(() -> make(new JsonObject().put("algorithm", "RS256")))
        .hasMessageContaining("rsa_public_key: required field missing")
        .hasMessageContaining("failed conditional validation given value of field 'algorithm'");
    assertThatThrownBy(() -> make(new JsonObject().put("algorithm", "PS512").put("rsa_public_key", "test")))
        .hasMessageContaining("rsa_public_key: invalid key");
    assertThatThrownBy(() -> make(new JsonObject().put("algorithm", "none")))
        .hasMessageContaining("expected one of: HS256, HS384, HS512, RS256, RS384, RS512, ES256, ES384, ES512, PS256,"
            + " PS384, PS512, EdDSA");
    assertThat(make(new JsonObject().put("algorithm", "EdDSA").put("rsa_public_key", Signer.of("EdDSA").pem()))
            .getString("algorithm"))
        .isEqualTo("EdDSA");
  }

  @Test
  void secretsShowInNoText() {
    JsonObject made = make(new JsonObject().put("secret", "my-secret"));
    assertThat(JwtSecret.TYPE.decode(made).toString()).doesNotContain("my-secret").doesNotContain(made.getString("key"));
  }

  @Test
  void defaultsAreKongs() {
    assertThat(JwtConfig.SCHEMA.complete(new JsonObject()))
        .isEqualTo(new JsonObject()
            .put("uri_param_names", new JsonArray().add("jwt"))
            .put("cookie_names", new JsonArray())
            .put("key_claim_name", "iss")
            .put("secret_is_base64", false)
            .putNull("claims_to_verify")
            .putNull("anonymous")
            .put("run_on_preflight", true)
            .put("maximum_expiration", 0)
            .put("header_names", new JsonArray().add("authorization"))
            .putNull("realm"));
    assertThat(new JwtFactory(Clock.systemUTC()).priority()).isEqualTo(1450);
    assertThatThrownBy(() -> JwtConfig.SCHEMA.read(
            new JsonObject().put("maximum_expiration", 60).put("claims_to_verify", new JsonArray().add("nbf"))))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("failed conditional validation given value of field 'config.maximum_expiration'");
    assertThatThrownBy(() -> JwtConfig.SCHEMA.read(new JsonObject().put("maximum_expiration", 31536001)))
        .hasMessageContaining("value should be between 0 and 31536000");
  }
}
