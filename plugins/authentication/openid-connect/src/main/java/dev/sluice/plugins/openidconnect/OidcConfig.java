package dev.sluice.plugins.openidconnect;

import dev.sluice.api.entity.Documents;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration.
 *
 * @param methods by which one may prove who one is
 * @param place of the provider
 * @param rules for tokens
 * @param consumers as whom one goes on
 * @param headers that the upstream is told in
 * @param bearer where tokens are looked for
 * @param refusals what is told to who is refused
 * @param anonymous id or name of the consumer who is let in without proof
 * @param runOnPreflight whether OPTIONS needs a proof, too
 */
record OidcConfig(
    Set<String> methods,
    ProviderPlace place,
    TokenRules rules,
    ConsumerRules consumers,
    UpstreamHeaders headers,
    BearerPlaces bearer,
    Refusals refusals,
    Optional<String> anonymous,
    boolean runOnPreflight) {

  static OidcConfig decode(JsonObject config) {
    ProviderPlace place = ProviderPlace.decode(config);
    return new OidcConfig(
        Set.copyOf(Documents.strings(config, "auth_methods")),
        place,
        TokenRules.decode(config),
        ConsumerRules.decode(config),
        UpstreamHeaders.decode(config),
        new BearerPlaces(
            Set.copyOf(Documents.strings(config, "bearer_token_param_type")),
            Documents.string(config, "bearer_token_cookie_name", ""),
            config.getBoolean("hide_credentials")),
        Refusals.decode(config, place.issuer().getHost()),
        Optional.ofNullable(config.getString("anonymous")),
        config.getBoolean("run_on_preflight"));
  }
}
