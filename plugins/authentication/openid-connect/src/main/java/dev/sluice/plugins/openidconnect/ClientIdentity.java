package dev.sluice.plugins.openidconnect;

import dev.sluice.api.entity.Documents;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * As whom the gateway talks to a provider. Shows in no text.
 *
 * @param id of the client; empty for none
 * @param secret that the provider knows, too; empty for none
 * @param method by which it proves who it is
 * @param assertions by which it signs for itself, where it does
 */
record ClientIdentity(String id, String secret, String method, Optional<Assertions> assertions) {

  static final String BASIC = "client_secret_basic";
  static final String POST = "client_secret_post";
  static final String SECRET_JWT = "client_secret_jwt";
  static final String KEY_JWT = "private_key_jwt";
  static final String NONE = "none";

  private static final String ASSERTION = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

  static ClientIdentity decode(JsonObject config) {
    String secret = first(config, "client_secret");
    String chosen = first(config, "client_auth");
    String usual = secret.isEmpty() ? NONE : BASIC;
    String method =
        Optional.ofNullable(config.getString("token_endpoint_auth_method")).orElse(chosen.isEmpty() ? usual : chosen);
    String algorithm = first(config, "client_alg");
    Optional<Assertions> assertions = switch (method) {
      case SECRET_JWT -> Optional.of(Assertions.bySecret(secret, algorithm));
      case KEY_JWT -> Optional.of(Assertions.byKey(key(config), algorithm));
      default -> Optional.empty();
    };
    return new ClientIdentity(first(config, "client_id"), secret, method, assertions);
  }

  private static String first(JsonObject config, String field) {
    return Documents.strings(config, field).stream().findFirst().orElse("");
  }

  private static JsonObject key(JsonObject config) {
    if (config.getJsonArray("client_jwk") == null || config.getJsonArray("client_jwk").isEmpty()) {
      throw new IllegalArgumentException("private_key_jwt needs a client_jwk");
    }
    return config.getJsonArray("client_jwk").getJsonObject(0);
  }

  /** Somebody else, by name and secret. */
  ClientIdentity as(String otherId, String otherSecret) {
    return new ClientIdentity(otherId, otherSecret, method.equals(POST) ? POST : BASIC, Optional.empty());
  }

  /**
   * Adds the proof to a request and its form.
   *
   * @param audience whom it is meant for
   */
  void prove(RequestOptions request, Map<String, String> form, String audience, Clock clock) {
    if (method.equals(BASIC)) {
      String pair = Forms.encode(id) + ":" + Forms.encode(secret);
      request.putHeader(
          "Authorization", "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
      return;
    }
    form.put("client_id", id);
    if (method.equals(POST)) {
      form.put("client_secret", secret);
    }
    assertions.ifPresent(signer -> {
      form.put("client_assertion_type", ASSERTION);
      form.put("client_assertion", signer.sign(id, audience, clock));
    });
  }

  @Override
  public String toString() {
    return id;
  }
}
