package dev.sluice.plugins.jwt;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.ListField;
import dev.sluice.api.schema.Match;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param uriParamNames arguments of the query in which tokens are looked for
 * @param cookieNames cookies in which tokens are looked for
 * @param headerNames headers in which tokens are looked for
 * @param keyClaimName the claim that names the key
 * @param secretIsBase64 whether secrets are kept in Base64
 * @param claimsToVerify times that must be there and hold
 * @param maximumExpiration in seconds from now; 0 for any
 * @param anonymous id or name of the consumer who is let in without a valid token
 * @param runOnPreflight whether OPTIONS needs a token, too
 * @param realm told to clients that are refused
 */
record JwtConfig(
    List<String> uriParamNames,
    List<String> cookieNames,
    List<String> headerNames,
    String keyClaimName,
    boolean secretIsBase64,
    List<String> claimsToVerify,
    double maximumExpiration,
    Optional<String> anonymous,
    boolean runOnPreflight,
    Optional<String> realm) {

  private static final String CLAIMS_TO_VERIFY = "claims_to_verify";
  private static final String MAXIMUM_EXPIRATION = "maximum_expiration";
  private static final long YEAR = 31_536_000;

  static final ConfigSchema<JwtConfig> SCHEMA = ConfigSchema.of(JwtConfig::decode)
      .withoutConsumer()
      .protocols(Types.httpProtocols())
      .field("uri_param_names", names()
          .defaultTo("jwt")
          .describe("Arguments of the query in which a token is looked for."))
      .field("cookie_names", names()
          .defaultTo()
          .describe("Cookies in which a token is looked for."))
      .field("key_claim_name", Fields.string()
          .defaultTo("iss")
          .describe("The claim, or else the field of the header, that names the key."))
      .field("secret_is_base64", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether the secrets of credentials are in Base64."))
      .field(CLAIMS_TO_VERIFY, Fields.set(Fields.string().oneOf("exp", "nbf"))
          .describe("The times that a token must carry, and that must hold."))
      .field("anonymous", Fields.string()
          .describe("The id or the name of a consumer as whom requests without a valid token go on."))
      .field("run_on_preflight", Fields.bool()
          .required()
          .defaultTo(true)
          .describe("Whether OPTIONS requests need a token."))
      .field(MAXIMUM_EXPIRATION, Fields.number()
          .between(0, YEAR)
          .defaultTo(0)
          .describe("How many seconds from now a token may expire at most; 0 for any time."))
      .field("header_names", names()
          .defaultTo("authorization")
          .describe("Headers in which a token is looked for."))
      .field("realm", Fields.string()
          .optional()
          .describe("The realm in the WWW-Authenticate header of refusals."))
      .check(Check.conditional(
          "config." + MAXIMUM_EXPIRATION, Match.gt(0), "config." + CLAIMS_TO_VERIFY, Match.contains("exp")))
      .build();

  private static ListField names() {
    return Fields.set(Fields.string());
  }

  private static JwtConfig decode(JsonObject config) {
    Double maximum = config.getDouble(MAXIMUM_EXPIRATION);
    return new JwtConfig(
        Documents.strings(config, "uri_param_names"),
        Documents.strings(config, "cookie_names"),
        Documents.strings(config, "header_names"),
        Documents.string(config, "key_claim_name", "iss"),
        config.getBoolean("secret_is_base64"),
        Documents.strings(config, CLAIMS_TO_VERIFY),
        maximum == null ? 0 : maximum,
        Optional.ofNullable(config.getString("anonymous")),
        config.getBoolean("run_on_preflight"),
        Optional.ofNullable(config.getString("realm")));
  }
}
