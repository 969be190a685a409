package dev.sluice.plugins.openidconnect;

import dev.sluice.api.entity.Documents;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;

/**
 * As whom the gateway talks to a provider. Shows in no text.
 *
 * @param id of the client; empty for none
 * @param secret that the provider knows, too; empty for none
 * @param method by which it proves who it is
 */
record ClientIdentity(String id, String secret, String method) {

  static final String BASIC = "client_secret_basic";
  static final String POST = "client_secret_post";
  static final String NONE = "none";

  static ClientIdentity decode(JsonObject config) {
    String secret = first(config, "client_secret");
    String chosen = first(config, "client_auth");
    String usual = secret.isEmpty() ? NONE : BASIC;
    return new ClientIdentity(
        first(config, "client_id"),
        secret,
        Optional.ofNullable(config.getString("token_endpoint_auth_method")).orElse(chosen.isEmpty() ? usual : chosen));
  }

  private static String first(JsonObject config, String field) {
    return Documents.strings(config, field).stream().findFirst().orElse("");
  }

  /** Somebody else, who proves it in the same way. */
  ClientIdentity as(String otherId, String otherSecret) {
    return new ClientIdentity(otherId, otherSecret, POST.equals(method) ? POST : BASIC);
  }

  /** Adds the proof to a request and its form. */
  void prove(RequestOptions request, Map<String, String> form) {
    if (method.equals(BASIC)) {
      String pair = Forms.encode(id) + ":" + Forms.encode(secret);
      request.putHeader(
          "Authorization",
          "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
      return;
    }
    form.put("client_id", id);
    if (method.equals(POST)) {
      form.put("client_secret", secret);
    }
  }

  @Override
  public String toString() {
    return id;
  }
}
