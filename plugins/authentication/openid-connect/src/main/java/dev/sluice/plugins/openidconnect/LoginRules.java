package dev.sluice.plugins.openidconnect;

import dev.sluice.api.entity.Documents;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How browsers log in.
 *
 * @param scopes that are asked for
 * @param redirect where they come back to; empty for where they were
 * @param callback the path of that; empty for any
 * @param formPost whether they bring the code in a form
 * @param challenge whether codes are bound to a verifier (RFC 7636)
 * @param nonce whether the ID token must name the nonce
 * @param arguments that are sent along
 * @param action what is done then: upstream, redirect or response
 * @param destination where they are sent then; empty for where they were
 * @param tokens that they are given then
 * @param seconds that a login may take
 */
record LoginRules(
    String scopes,
    Optional<String> redirect,
    Optional<String> callback,
    boolean formPost,
    boolean challenge,
    boolean nonce,
    Map<String, String> arguments,
    String action,
    Optional<String> destination,
    Set<String> tokens,
    long seconds) {

  private static final Set<String> OWN = Set.of(
      "response_type", "response_mode", "client_id", "redirect_uri", "scope", "state", "nonce", "code_challenge",
      "code_challenge_method");

  static LoginRules decode(JsonObject config) {
    Map<String, String> arguments = new LinkedHashMap<>();
    List<String> audience = Documents.strings(config, "audience");
    if (!audience.isEmpty()) {
      arguments.put("audience", String.join(" ", audience));
    }
    List<String> names = Documents.strings(config, "authorization_query_args_names");
    List<String> values = Documents.strings(config, "authorization_query_args_values");
    for (int i = 0; i < Math.min(names.size(), values.size()); i++) {
      if (OWN.contains(names.get(i))) {
        throw new IllegalArgumentException("the argument " + names.get(i) + " is not free");
      }
      arguments.put(names.get(i), values.get(i));
    }
    return new LoginRules(
        String.join(" ", Documents.strings(config, "scopes")),
        first(config, "redirect_uri"),
        first(config, "redirect_uri").map(uri -> URI.create(uri).getRawPath()).map(path -> path.isEmpty() ? "/" : path),
        config.getString("response_mode").equals("form_post"),
        Documents.bool(config, "require_proof_key_for_code_exchange", true),
        config.getBoolean("verify_nonce"),
        Map.copyOf(arguments),
        config.getString("login_action"),
        first(config, "login_redirect_uri"),
        Set.copyOf(Documents.strings(config, "login_tokens")),
        config.getDouble("authorization_rolling_timeout").longValue());
  }

  private static Optional<String> first(JsonObject config, String field) {
    Optional<String> uri = Documents.strings(config, field).stream().findFirst();
    uri.ifPresent(ProviderPlace::address);
    return uri;
  }

  boolean isOpenid() {
    return List.of(scopes.split(" ", -1)).contains("openid");
  }
}
