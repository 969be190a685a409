package dev.sluice.plugins.requestsizelimiting;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import io.vertx.core.json.JsonObject;

/**
 * The configuration.
 *
 * @param bytes how long a body may be
 * @param lengthNeeded whether requests must say how long they are
 */
record SizeConfig(double bytes, boolean lengthNeeded) {

  static final ConfigSchema<SizeConfig> SCHEMA = ConfigSchema.of(SizeConfig::decode)
      .field("allowed_payload_size", Fields.integer()
          .defaultTo(128)
          .describe("How large a body may be."))
      .field("size_unit", Fields.string()
          .required()
          .oneOf("megabytes", "kilobytes", "bytes")
          .defaultTo("megabytes")
          .describe("The unit of that size; each is 1024 of the next."))
      .field("require_content_length", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether a request must have a Content-Length."))
      .build();

  private static SizeConfig decode(JsonObject config) {
    double size = config.getValue("allowed_payload_size") == null ? 128 : config.getDouble("allowed_payload_size");
    double unit = switch (config.getString("size_unit")) {
      case "megabytes" -> 1024 * 1024;
      case "kilobytes" -> 1024;
      default -> 1;
    };
    return new SizeConfig(size * unit, config.getBoolean("require_content_length"));
  }
}
