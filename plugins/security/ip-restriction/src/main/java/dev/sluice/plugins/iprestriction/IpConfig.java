package dev.sluice.plugins.iprestriction;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param allow who may pass; empty lets all pass who are not denied
 * @param deny who may not pass, allowed or not
 * @param status of refusals
 * @param message of refusals
 */
record IpConfig(List<String> allow, List<String> deny, int status, Optional<String> message) {

  static final ConfigSchema<IpConfig> SCHEMA = ConfigSchema.of(IpConfig::decode)
      .protocols(Types.protocols().defaultTo("http", "https", "tcp", "tls", "grpc", "grpcs"))
      .field("allow", Fields.array(Types.ipOrCidr()).describe("Addresses and ranges that may pass."))
      .field("deny", Fields.array(Types.ipOrCidr()).describe("Addresses and ranges that may not pass."))
      .field("status", Fields.number().optional().describe("The status of refusals."))
      .field("message", Fields.string().optional().describe("The message of refusals."))
      .check(Check.atLeastOneOf("config.allow", "config.deny"))
      .build();

  private static IpConfig decode(JsonObject config) {
    return new IpConfig(
        Documents.strings(config, "allow"),
        Documents.strings(config, "deny"),
        config.getInteger("status") == null ? 403 : config.getInteger("status"),
        Optional.ofNullable(config.getString("message")));
  }
}
