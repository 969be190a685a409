package dev.sluice.plugins.hmacauth;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The configuration.
 *
 * @param hideCredentials whether the upstream does not see the header
 * @param clockSkew how many seconds the client's clock may differ
 * @param anonymous id or name of the consumer who is let in without a valid signature
 * @param validateRequestBody whether the digest of the body must be right
 * @param enforceHeaders what must be signed
 * @param algorithms those that are taken
 * @param realm told to clients that are refused
 */
record HmacAuthConfig(
    boolean hideCredentials,
    double clockSkew,
    Optional<String> anonymous,
    boolean validateRequestBody,
    List<String> enforceHeaders,
    Set<String> algorithms,
    Optional<String> realm) {

  static final ConfigSchema<HmacAuthConfig> SCHEMA = ConfigSchema.of(HmacAuthConfig::decode)
      .withoutConsumer()
      .protocols(Types.httpProtocols())
      .field("hide_credentials", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether the header is taken out of the request before it goes upstream."))
      .field("clock_skew", Fields.number()
          .defaultTo(300)
          .gt(0)
          .describe("How many seconds the date of a request may differ from the time of the gateway."))
      .field("anonymous", Fields.string()
          .describe("The id or the name of a consumer as whom requests without a valid signature go on."))
      .field("validate_request_body", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether the Digest header must be that of the body."))
      .field("enforce_headers", Fields.array(Fields.string())
          .defaultTo()
          .describe("The headers that every signature must cover."))
      .field("algorithms", Fields.array(Fields.string().oneOf(HmacAlgorithm.names()))
          .defaultTo((Object[]) HmacAlgorithm.names())
          .describe("The algorithms that may be used."))
      .field("realm", Fields.string()
          .optional()
          .describe("The realm in the WWW-Authenticate header of refusals."))
      .build();

  private static HmacAuthConfig decode(JsonObject config) {
    Double skew = config.getDouble("clock_skew");
    return new HmacAuthConfig(
        config.getBoolean("hide_credentials"),
        skew == null ? 300 : skew,
        Optional.ofNullable(config.getString("anonymous")),
        config.getBoolean("validate_request_body"),
        Documents.strings(config, "enforce_headers"),
        Set.copyOf(Documents.strings(config, "algorithms")),
        Optional.ofNullable(config.getString("realm")));
  }
}
