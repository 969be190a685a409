package dev.sluice.plugins.botdetection;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The configuration.
 *
 * @param allow regular expressions of those who may pass
 * @param deny regular expressions of others who may not
 */
record BotConfig(List<String> allow, List<String> deny) {

  static final ConfigSchema<BotConfig> SCHEMA = ConfigSchema.of(BotConfig::decode)
      .withoutConsumer()
      .field("allow", Fields.array(Fields.string().regex())
          .defaultTo()
          .describe("Regular expressions; a user agent that one of them matches passes."))
      .field("deny", Fields.array(Fields.string().regex())
          .defaultTo()
          .describe("Regular expressions; a user agent that one of them matches is refused, as known bots are."))
      .build();

  private static BotConfig decode(JsonObject config) {
    return new BotConfig(Documents.strings(config, "allow"), Documents.strings(config, "deny"));
  }
}
