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
 * @param client as whom the gateway talks to it
 * @param sharedSecret with which the provider may sign; empty when it may not
 * @param rules for tokens
 * @param asking when the provider is asked about them
 * @param login how browsers log in
 * @param sessions how they are known again
 * @param logout how they log out
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
    ClientIdentity client,
    String sharedSecret,
    TokenRules rules,
    AskRules asking,
    LoginRules login,
    SessionRules sessions,
    LogoutRules logout,
    ConsumerRules consumers,
    UpstreamHeaders headers,
    BearerPlaces bearer,
    Refusals refusals,
    Optional<String> anonymous,
    boolean runOnPreflight) {

  static OidcConfig decode(JsonObject config) {
    ProviderPlace place = ProviderPlace.decode(config);
    ClientIdentity client = ClientIdentity.decode(config);
    return new OidcConfig(
        Set.copyOf(Documents.strings(config, "auth_methods")),
        place,
        client,
        config.getBoolean("enable_hs_signatures") ? client.secret() : "",
        TokenRules.decode(config),
        AskRules.decode(config),
        LoginRules.decode(config),
        SessionRules.decode(config, client.id()),
        LogoutRules.decode(config),
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

  boolean allows(String method) {
    return methods.contains(method);
  }

  boolean allowsTokens() {
    return allows("bearer") || allowsIntrospection() || allows("userinfo");
  }

  /** What needs a client does not go without one. */
  boolean allowsIntrospection() {
    return allows("introspection") && !client.id().isEmpty();
  }

  boolean allowsLogin() {
    return allows("authorization_code") && !client.id().isEmpty();
  }

  /** Without what is secret. */
  @Override
  public String toString() {
    return "openid-connect " + place.issuer();
  }
}
