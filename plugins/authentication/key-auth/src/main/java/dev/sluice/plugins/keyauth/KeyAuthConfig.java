package dev.sluice.plugins.keyauth;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.authentication.Challenge;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param keyNames names of headers, arguments and fields, in the order in which they are tried
 * @param hideCredentials whether the upstream does not see the key
 * @param anonymous id or name of the consumer who is let in without a valid key
 * @param keyInHeader whether headers are looked at
 * @param keyInQuery whether the query is looked at
 * @param keyInBody whether forms and JSON are looked at
 * @param runOnPreflight whether OPTIONS needs a key, too
 * @param realm told to clients that are refused
 */
record KeyAuthConfig(
    List<String> keyNames,
    boolean hideCredentials,
    Optional<String> anonymous,
    boolean keyInHeader,
    boolean keyInQuery,
    boolean keyInBody,
    boolean runOnPreflight,
    Optional<String> realm) {

  static final ConfigSchema<KeyAuthConfig> SCHEMA = ConfigSchema.of(KeyAuthConfig::decode)
      .withoutConsumer()
      .protocols(Types.httpProtocols())
      .field("key_names", Fields.array(Types.headerName())
          .required()
          .defaultTo("apikey")
          .describe("Names under which a key is looked for, in this order."))
      .field("hide_credentials", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether the key is taken out of the request before it goes upstream."))
      .field("anonymous", Fields.string()
          .describe("The id or the name of a consumer as whom requests without a valid key go on."))
      .field("key_in_header", Fields.bool()
          .required()
          .defaultTo(true)
          .describe("Whether a key may come in a header."))
      .field("key_in_query", Fields.bool()
          .required()
          .defaultTo(true)
          .describe("Whether a key may come in the query."))
      .field("key_in_body", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether a key may come in the body: a form, multipart or not, or a JSON object."))
      .field("run_on_preflight", Fields.bool()
          .required()
          .defaultTo(true)
          .describe("Whether OPTIONS requests need a key."))
      .field("realm", Fields.string()
          .optional()
          .describe("The realm in the WWW-Authenticate header of refusals."))
      .build();

  private static KeyAuthConfig decode(JsonObject config) {
    return new KeyAuthConfig(
        Documents.strings(config, "key_names"),
        config.getBoolean("hide_credentials"),
        Optional.ofNullable(config.getString("anonymous")),
        config.getBoolean("key_in_header"),
        config.getBoolean("key_in_query"),
        config.getBoolean("key_in_body"),
        config.getBoolean("run_on_preflight"),
        Optional.ofNullable(config.getString("realm")));
  }

  /** What refusals carry in {@code WWW-Authenticate}. */
  String challenge() {
    return Challenge.of("Key", realm);
  }
}
