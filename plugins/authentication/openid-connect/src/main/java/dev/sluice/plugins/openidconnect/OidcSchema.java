package dev.sluice.plugins.openidconnect;

import dev.sluice.api.schema.BooleanField;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.ListField;
import dev.sluice.api.schema.NumberField;
import dev.sluice.api.schema.RecordField;
import dev.sluice.api.schema.StringField;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.authentication.Seal;
import java.util.List;
import java.util.Set;

/** What can be configured: Kong's names and defaults, as far as they are obeyed here. */
final class OidcSchema {

  private static final String[] METHODS = {
    "authorization_code", "bearer", "client_credentials", "introspection", "password", "session", "userinfo"
  };
  private static final String[] CLIENT_AUTH = {
    ClientIdentity.BASIC, ClientIdentity.POST, ClientIdentity.SECRET_JWT, ClientIdentity.KEY_JWT, ClientIdentity.NONE
  };
  private static final String[] CLIENT_ALG = {
    "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512"
  };
  private static final List<String> JWK_MEMBERS =
      List.of("kty", "use", "alg", "kid", "crv", "x", "y", "n", "e", "d", "p", "q", "dp", "dq", "qi");
  private static final Set<String> JWK_SECRETS = Set.of("d", "p", "q", "dp", "dq", "qi");

  static final ConfigSchema<OidcConfig> SCHEMA = build();

  private OidcSchema() {}

  private static ConfigSchema<OidcConfig> build() {
    ConfigSchema.Builder<OidcConfig> schema =
        ConfigSchema.of(OidcConfig::decode).withoutConsumer().protocols(Types.httpProtocols());
    return outcome(consumers(sessions(landing(logins(tokens(asking(client(provider(schema))))))))).build();
  }

  private static ConfigSchema.Builder<OidcConfig> provider(ConfigSchema.Builder<OidcConfig> schema) {
    return schema
        .field("issuer", Types.url()
            .required()
            .describe("The issuer, or the address of its document of discovery."))
        .field("using_pseudo_issuer", flag(false, "Whether there is no document of discovery."))
        .field("extra_jwks_uris", Fields.set(Types.url()).describe("Addresses of more keys that are trusted."))
        .field("rediscovery_lifetime", seconds(30, "How long to wait between two looks for keys that nobody knows."))
        .field("cache_ttl", seconds(3600, "For how many seconds what the provider has told is believed."))
        .field("ssl_verify", flag(false, "Whether the certificate of the provider must be good."))
        .field("timeout", Fields.number()
            .defaultTo(10_000)
            .describe("How many milliseconds to wait for the provider."));
  }

  private static ConfigSchema.Builder<OidcConfig> client(ConfigSchema.Builder<OidcConfig> schema) {
    return schema
        .field("client_id", one(Fields.string().referenceable().encrypted())
            .describe("The id by which the provider knows the gateway."))
        .field("client_secret", one(Fields.string().referenceable().encrypted())
            .describe("The secret that they share."))
        .field("client_auth", one(Fields.string().oneOf(CLIENT_AUTH))
            .describe("How the gateway proves who it is; client_secret_basic when there is a secret."))
        .field("client_alg", one(Fields.string().oneOf(CLIENT_ALG))
            .describe("The algorithm that it signs with for client_secret_jwt and private_key_jwt."))
        .field("client_jwk", one(jwk()).describe("The key that it signs with for private_key_jwt."))
        .field("token_endpoint_auth_method", Fields.string()
            .oneOf(CLIENT_AUTH)
            .describe("Likewise, before client_auth."))
        .field(Metadata.AUTHORIZATION, Types.url().describe("The page to log in, in place of the provider's own."))
        .field(Metadata.TOKEN, Types.url().describe("Where codes are exchanged, in place of the provider's own."))
        .field(Metadata.END_SESSION, Types.url().describe("The page to log out, in place of the provider's own."))
        .field(Metadata.INTROSPECTION, Types.url().describe("Where it is asked of tokens, likewise."))
        .field("introspection_endpoint_auth_method", Fields.string()
            .oneOf(CLIENT_AUTH)
            .describe("How the gateway proves there who it is, before client_auth."))
        .field(Metadata.USER_INFO, Types.url().describe("Where it is asked of users, likewise."))
        .field(Metadata.REVOCATION, Types.url().describe("Where it is told to forget tokens, likewise."));
  }

  private static RecordField jwk() {
    RecordField key = Fields.record();
    for (String member : JWK_MEMBERS) {
      StringField field = Fields.string().referenceable().describe("A member of a JSON Web Key.");
      key = key.field(member, JWK_SECRETS.contains(member) ? field.encrypted() : field);
    }
    return key;
  }

  private static ConfigSchema.Builder<OidcConfig> asking(ConfigSchema.Builder<OidcConfig> schema) {
    return schema
        .field("introspect_jwt_tokens", flag(false, "Whether the provider is asked of tokens, too, that can be read."))
        .field("introspection_hint", Fields.string()
            .defaultTo("access_token")
            .describe("What kind of token it is told that it is asked of."))
        .field("cache_introspection", flag(true, "Whether what it says of tokens is kept."))
        .field("search_user_info", flag(false, "Whether it is asked of the user of each token."))
        .field("cache_user_info", flag(true, "Whether what it says of users is kept."))
        .field("cache_tokens", flag(true, "Whether tokens that passwords were good for are kept."));
  }

  private static ConfigSchema.Builder<OidcConfig> logins(ConfigSchema.Builder<OidcConfig> schema) {
    return schema
        .field("scopes", Fields.array(Fields.string().referenceable())
            .required()
            .defaultTo("openid")
            .describe("The scopes that are asked for."))
        .field("audience", texts("The audiences that are asked for."))
        .field("redirect_uri", one(Types.url()).describe("Where browsers come back to; by default where they were."))
        .field("response_mode", Fields.string()
            .oneOf("query", "form_post")
            .required()
            .defaultTo("query")
            .describe("How browsers bring what the provider gives them."))
        .field("require_proof_key_for_code_exchange", Fields.bool()
            .describe("Whether codes are bound to a verifier; they are unless this is false."))
        .field("verify_nonce", flag(true, "Whether the ID token must name the nonce."))
        .field("authorization_query_args_names", texts("Names of arguments that are sent along."))
        .field("authorization_query_args_values", texts("Their values."))
        .field("authorization_rolling_timeout", seconds(600, "How many seconds a login may take."));
  }

  private static ConfigSchema.Builder<OidcConfig> landing(ConfigSchema.Builder<OidcConfig> schema) {
    return cookie("authorization", "authorization", "Default", schema)
        .field("login_action", Fields.string()
            .oneOf("upstream", "redirect", "response")
            .required()
            .defaultTo("upstream")
            .describe("What becomes of a browser that has logged in."))
        .field("login_redirect_uri", one(Types.url()).describe("Where it is sent; by default where it wanted to go."))
        .field("login_tokens", Fields.array(Fields.string().oneOf("id_token", "access_token", "refresh_token"))
            .defaultTo("id_token")
            .describe("The tokens that it is given then."))
        .field("logout_uri_suffix", Fields.string().describe("The end of a path by which one logs out."))
        .field("logout_query_arg", Fields.string().describe("The argument by which one logs out."))
        .field("logout_methods", Fields.array(Fields.string().oneOf("GET", "POST", "DELETE"))
            .defaultTo("POST", "DELETE")
            .describe("The methods with which one may."))
        .field("logout_revoke", flag(false, "Whether the provider is told then to forget tokens."))
        .field("logout_revoke_access_token", flag(true, "Whether the access token is one of them."))
        .field("logout_revoke_refresh_token", flag(true, "Whether the refresh token is one of them."))
        .field("logout_redirect_uri", one(Types.url()).describe("Where a browser is sent that has logged out."));
  }

  private static ConfigSchema.Builder<OidcConfig> sessions(ConfigSchema.Builder<OidcConfig> schema) {
    return cookie("session", "session", "Lax", schema)
        .field("session_secret", Fields.string()
            .defaultTo(Seal.randomId())
            .encrypted()
            .referenceable()
            .describe("The secret that sessions are sealed with."))
        .field("session_storage", Fields.string()
            .oneOf("cookie")
            .required()
            .defaultTo("cookie")
            .describe("Who keeps sessions: the browser."))
        .field("session_audience", Fields.string()
            .required()
            .defaultTo("default")
            .describe("For whom the sessions are: others do not take them."))
        .field("session_idling_timeout", seconds(900, "After how many seconds without a request a session ends; 0 for never."))
        .field("session_rolling_timeout", seconds(3600, "For how many seconds a session is good until it is renewed."))
        .field("session_absolute_timeout", seconds(86_400, "After how many seconds a session ends in any case; 0 for never."))
        .field("refresh_tokens", flag(true, "Whether expired tokens are exchanged for new ones."));
  }

  private static ConfigSchema.Builder<OidcConfig> cookie(
      String prefix, String name, String sameSite, ConfigSchema.Builder<OidcConfig> schema) {
    String cookie = prefix + "_cookie_";
    return schema
        .field(cookie + "name", Types.cookieName().required().defaultTo(name).describe("The name of the cookie."))
        .field(cookie + "path", Fields.string().required().defaultTo("/").describe("The path of the cookie."))
        .field(cookie + "domain", Fields.string().describe("The domain of the cookie."))
        .field(cookie + "same_site", Fields.string()
            .oneOf("Strict", "Lax", "None", "Default")
            .required()
            .defaultTo(sameSite)
            .describe("Whether the browser sends the cookie along with requests from other sites."))
        .field(cookie + "http_only", flag(true, "Whether scripts cannot read the cookie."))
        .field(cookie + "secure", Fields.bool()
            .describe("Whether the browser sends the cookie over TLS alone; by default if it came so."));
  }

  private static ConfigSchema.Builder<OidcConfig> tokens(ConfigSchema.Builder<OidcConfig> schema) {
    return schema
        .field("auth_methods", Fields.array(Fields.string().oneOf(METHODS))
            .required()
            .defaultTo((Object[]) METHODS)
            .describe("How one may prove who one is."))
        .field("bearer_token_param_type", Fields.array(Fields.string().oneOf("body", "cookie", "header", "query"))
            .defaultTo("body", "header", "query")
            .describe("Where a token is looked for."))
        .field("bearer_token_cookie_name", Fields.string().describe("The cookie in which a token is looked for."))
        .field("verify_signature", flag(true, "Whether signatures are verified."))
        .field("enable_hs_signatures", flag(false, "Whether the provider may sign with the client_secret."))
        .field("verify_claims", flag(true, "Whether times and issuer are verified."))
        .field("leeway", seconds(0, "By how many seconds clocks may differ."))
        .field("issuers_allowed", texts("The issuers whose tokens are taken, in place of the provider's own."))
        .field("audience_required", texts("The audiences of which one must be there."))
        .field("audience_claim", path("The claim with the audience.").defaultTo("aud"))
        .field("scopes_required", texts("The scopes of which one must be there; a blank joins several."))
        .field("scopes_claim", path("The claim with the scopes.").defaultTo("scope"))
        .field("groups_required", texts("The groups of which one must be there; a blank joins several."))
        .field("groups_claim", path("The claim with the groups.").defaultTo("groups"))
        .field("roles_required", texts("The roles of which one must be there; a blank joins several."))
        .field("roles_claim", path("The claim with the roles.").defaultTo("roles"))
        .field("claims_forbidden", texts("The claims that must not be there."));
  }

  private static ConfigSchema.Builder<OidcConfig> consumers(ConfigSchema.Builder<OidcConfig> schema) {
    return schema
        .field("consumer_claim", path("The claim that names the consumer."))
        .field("consumer_by", Fields.array(Fields.string().oneOf("id", "username", "custom_id"))
            .defaultTo("username", "custom_id")
            .describe("What of consumers is compared with it."))
        .field("consumer_optional", flag(false, "Whether one may go on without a consumer."))
        .field("credential_claim", path("The claim that stands for a credential.").defaultTo("sub"))
        .field("authenticated_groups_claim", path("The claim with the groups that other plugins are told."))
        .field("anonymous", Fields.string()
            .describe("The id or the name of a consumer as whom requests without proof go on."));
  }

  private static ConfigSchema.Builder<OidcConfig> outcome(ConfigSchema.Builder<OidcConfig> schema) {
    return schema
        .field("run_on_preflight", flag(true, "Whether OPTIONS requests need a proof."))
        .field("hide_credentials", flag(false, "Whether what was brought is taken out before it goes upstream."))
        .field("upstream_access_token_header", Fields.string()
            .defaultTo("authorization:bearer")
            .describe("The header in which the upstream gets the access token."))
        .field("upstream_id_token_header", Fields.string().describe("The header in which it gets the ID token."))
        .field("upstream_user_info_header", Fields.string()
            .describe("The header in which it gets what the provider says of the user, in Base64."))
        .field("upstream_introspection_header", Fields.string()
            .describe("The header in which it gets what the provider says of the token, in Base64."))
        .field("upstream_headers_claims", texts("The claims that the upstream is told."))
        .field("upstream_headers_names", texts("The headers in which it is."))
        .field("unauthorized_error_message", Fields.string()
            .defaultTo("Unauthorized")
            .describe("The message to who has not proved who they are."))
        .field("forbidden_error_message", Fields.string()
            .defaultTo("Forbidden")
            .describe("The message to who may not."))
        .field("expose_error_code", flag(true, "Whether the code of RFC 6750 is told."))
        .field("display_errors", flag(false, "Whether the reason of a refusal is told."));
  }

  private static BooleanField flag(boolean value, String description) {
    return Fields.bool().required().defaultTo(value).describe(description);
  }

  private static NumberField seconds(long value, String description) {
    return Fields.number().required().defaultTo(value).describe(description);
  }

  /** A list in Kong, in which there may be one alone here. */
  private static ListField one(Field field) {
    return Fields.array(field).lenMax(1);
  }

  private static ListField texts(String description) {
    return Fields.array(Fields.string()).describe(description);
  }

  private static ListField path(String description) {
    return Fields.array(Fields.string()).describe(description);
  }
}
