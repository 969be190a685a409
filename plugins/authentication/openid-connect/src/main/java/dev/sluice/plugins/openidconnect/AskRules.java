package dev.sluice.plugins.openidconnect;

import dev.sluice.api.entity.Documents;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * When the provider is asked about tokens.
 *
 * @param introspectJwts whether of those, too, that can be read
 * @param hint what kind of token it is told that it is asked of
 * @param introspector as whom the gateway asks
 * @param keepIntrospections whether its answers are kept
 * @param search whether it is asked who the user is
 * @param keepUserInfo whether its answers are kept
 * @param keepTokens whether the tokens that passwords were good for are kept
 * @param seconds for how long, where no token says it
 */
record AskRules(
    boolean introspectJwts,
    String hint,
    ClientIdentity introspector,
    boolean keepIntrospections,
    boolean search,
    boolean keepUserInfo,
    boolean keepTokens,
    long seconds) {

  static AskRules decode(JsonObject config) {
    Optional<String> method = Optional.ofNullable(config.getString("introspection_endpoint_auth_method"));
    return new AskRules(
        config.getBoolean("introspect_jwt_tokens"),
        Documents.string(config, "introspection_hint", "access_token"),
        ClientIdentity.decode(
            method.map(other -> config.copy().put("token_endpoint_auth_method", other)).orElse(config)),
        config.getBoolean("cache_introspection"),
        config.getBoolean("search_user_info") || config.getString("upstream_user_info_header") != null,
        config.getBoolean("cache_user_info"),
        config.getBoolean("cache_tokens"),
        config.getDouble("cache_ttl").longValue());
  }
}
