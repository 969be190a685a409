package dev.sluice.plugins.basicauth;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param anonymous id or name of the consumer who is let in without a password
 * @param hideCredentials whether the upstream does not see the header
 * @param realm told to clients that are refused
 */
record BasicAuthConfig(Optional<String> anonymous, boolean hideCredentials, String realm) {

  static final ConfigSchema<BasicAuthConfig> SCHEMA = ConfigSchema.of(BasicAuthConfig::decode)
      .withoutConsumer()
      .protocols(Types.httpProtocols())
      .field("anonymous", Fields.string()
          .describe("The id or the name of a consumer as whom requests without a valid password go on."))
      .field("hide_credentials", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether the header is taken out of the request before it goes upstream."))
      .field("realm", Fields.string()
          .required()
          .defaultTo("service")
          .describe("The realm in the WWW-Authenticate header of refusals."))
      .build();

  private static BasicAuthConfig decode(JsonObject config) {
    return new BasicAuthConfig(
        Optional.ofNullable(config.getString("anonymous")),
        config.getBoolean("hide_credentials"),
        config.getString("realm"));
  }
}
