package dev.sluice.plugins.openidconnect;

import dev.sluice.api.schema.BooleanField;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.ListField;
import dev.sluice.api.schema.NumberField;
import dev.sluice.api.schema.Types;

/** What can be configured: Kong's names and defaults, as far as they are obeyed here. */
final class OidcSchema {

  static final ConfigSchema<OidcConfig> SCHEMA = build();

  private OidcSchema() {}

  private static ConfigSchema<OidcConfig> build() {
    ConfigSchema.Builder<OidcConfig> schema =
        ConfigSchema.of(OidcConfig::decode).withoutConsumer().protocols(Types.httpProtocols());
    return outcome(consumers(tokens(provider(schema)))).build();
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

  private static ConfigSchema.Builder<OidcConfig> tokens(ConfigSchema.Builder<OidcConfig> schema) {
    return schema
        .field("auth_methods", Fields.array(Fields.string().oneOf("bearer"))
            .defaultTo("bearer")
            .describe("How one may prove who one is."))
        .field("bearer_token_param_type", Fields.array(Fields.string().oneOf("body", "cookie", "header", "query"))
            .defaultTo("body", "header", "query")
            .describe("Where a token is looked for."))
        .field("bearer_token_cookie_name", Fields.string().describe("The cookie in which a token is looked for."))
        .field("verify_signature", flag(true, "Whether signatures are verified."))
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

  private static ListField texts(String description) {
    return Fields.array(Fields.string()).describe(description);
  }

  private static ListField path(String description) {
    return Fields.array(Fields.string()).describe(description);
  }
}
