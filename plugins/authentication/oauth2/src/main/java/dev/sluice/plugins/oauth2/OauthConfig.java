package dev.sluice.plugins.oauth2;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.schema.BooleanField;
import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Match;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param scopes those there are; empty for none that are checked
 * @param grants which are enabled
 * @param provisionKey what proves that a request comes from the operator's own front end
 * @param tokenSeconds how long tokens are good; 0 for ever
 * @param hideCredentials whether the upstream does not see the token
 * @param acceptHttp whether a trusted peer may have ended TLS
 * @param anonymous id or name of the consumer who is let in without a valid token
 * @param global whether tokens are good for all services
 * @param headerName the header with the token
 * @param refreshSeconds after which a token with its refresh token is forgotten; 0 for never
 * @param reuseRefreshToken whether a refresh token stays the same
 * @param pkce who has to use PKCE
 * @param realm told to clients that are refused
 */
record OauthConfig(
    Scopes scopes,
    Grants grants,
    String provisionKey,
    long tokenSeconds,
    boolean hideCredentials,
    boolean acceptHttp,
    Optional<String> anonymous,
    boolean global,
    String headerName,
    long refreshSeconds,
    boolean reuseRefreshToken,
    Pkce.Demand pkce,
    Optional<String> realm) {

  private static final String CODE = "enable_authorization_code";
  private static final String IMPLICIT = "enable_implicit_grant";
  private static final String CLIENT = "enable_client_credentials";
  private static final String PASSWORD = "enable_password_grant";
  private static final String SCOPES = "scopes";
  private static final String MANDATORY_SCOPE = "mandatory_scope";
  private static final List<String> FLOWS = List.of(CODE, IMPLICIT, CLIENT, PASSWORD);
  private static final long LONGEST = 100_000_000;

  /** Which grants are enabled. */
  record Grants(boolean code, boolean implicit, boolean client, boolean password) {}

  static final ConfigSchema<OauthConfig> SCHEMA = ConfigSchema.of(OauthConfig::decode)
      .withoutConsumer()
      .protocols(Types.httpProtocols())
      .field(SCOPES, Fields.array(Fields.string()).describe("The scopes that clients may ask for."))
      .field(MANDATORY_SCOPE, flag().describe("Whether clients must ask for a scope."))
      .field("provision_key", Fields.string()
          .unique()
          .auto()
          .required()
          .encrypted()
          .describe("The key that the operator's own pages prove themselves with."))
      .field("token_expiration", Fields.number()
          .required()
          .defaultTo(7200)
          .describe("How many seconds tokens are good; 0 for ever."))
      .field(CODE, flag().describe("Whether clients may ask for a code, and get a token for it."))
      .field(IMPLICIT, flag().describe("Whether clients may get a token by a redirection."))
      .field(CLIENT, flag().describe("Whether clients may get a token for themselves."))
      .field(PASSWORD, flag().describe("Whether clients may get a token for a user whose password was checked."))
      .field("hide_credentials", flag()
          .describe("Whether the token is taken out of the request before it goes upstream."))
      .field("accept_http_if_already_terminated", flag()
          .describe("Whether a trusted proxy may have ended TLS, by what its X-Forwarded-Proto says."))
      .field("anonymous", Fields.string()
          .describe("The id or the name of a consumer as whom requests without a valid token go on."))
      .field("global_credentials", flag()
          .describe("Whether tokens are good for all services that have the plugin with this setting."))
      .field("auth_header_name", Fields.string()
          .defaultTo("authorization")
          .describe("The header with the token, and with the credentials of clients."))
      .field("refresh_token_ttl", Fields.number()
          .required()
          .defaultTo(1_209_600)
          .between(0, LONGEST)
          .describe("After how many seconds a token and its refresh token are forgotten; 0 for never."))
      .field("reuse_refresh_token", flag().describe("Whether a refresh token stays the same when it is used."))
      .field("pkce", Fields.string()
          .optional()
          .oneOf(Pkce.Demand.names())
          .defaultTo("lax")
          .describe("Who has to use PKCE: nobody, public clients, or all clients."))
      .field("realm", Fields.string()
          .optional()
          .describe("The realm in the WWW-Authenticate header of refusals."))
      .entityCheck(Check.conditional(MANDATORY_SCOPE, Match.eq(true), SCOPES, Match.required()))
      .configCheck(OauthConfig::checkFlows)
      .build();

  private static BooleanField flag() {
    return Fields.bool().required().defaultTo(false);
  }

  private static Optional<String> checkFlows(JsonObject config) {
    return FLOWS.stream().anyMatch(flow -> Boolean.TRUE.equals(config.getValue(flow)))
        ? Optional.empty()
        : Optional.of("at least one of these fields must be true: " + String.join(", ", FLOWS));
  }

  private static OauthConfig decode(JsonObject config) {
    return new OauthConfig(
        new Scopes(Documents.strings(config, SCOPES), config.getBoolean(MANDATORY_SCOPE)),
        new Grants(
            config.getBoolean(CODE),
            config.getBoolean(IMPLICIT),
            config.getBoolean(CLIENT),
            config.getBoolean(PASSWORD)),
        config.getString("provision_key"),
        config.getLong("token_expiration"),
        config.getBoolean("hide_credentials"),
        config.getBoolean("accept_http_if_already_terminated"),
        Optional.ofNullable(config.getString("anonymous")),
        config.getBoolean("global_credentials"),
        Documents.string(config, "auth_header_name", "authorization"),
        config.getLong("refresh_token_ttl"),
        config.getBoolean("reuse_refresh_token"),
        Pkce.Demand.named(Documents.string(config, "pkce", "lax")),
        Optional.ofNullable(config.getString("realm")));
  }

  /** Without the provision key. */
  @Override
  public String toString() {
    return "oauth2 " + grants;
  }
}
