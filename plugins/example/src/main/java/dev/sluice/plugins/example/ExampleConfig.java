package dev.sluice.plugins.example;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.OptionalLong;

/**
 * The configuration, decoded.
 *
 * @param headerName of a header that every answer carries
 * @param headerValue its value
 * @param maxRequests of one consumer, after which requests are refused
 */
record ExampleConfig(String headerName, String headerValue, OptionalLong maxRequests) {

  static final ConfigSchema<ExampleConfig> SCHEMA = ConfigSchema.of(ExampleConfig::decode)
      .field("header_name", Types.headerName()
          .required()
          .defaultTo("X-Example")
          .describe("The name of a header that every answer carries."))
      .field("header_value", Fields.string()
          .required()
          .defaultTo("hello")
          .match("^[%w%p ]+$")
          .describe("The value of that header."))
      .field("max_requests", Fields.integer()
          .gt(0)
          .describe("How many requests one consumer has, until the plugin is loaded anew. Without it: any number."))
      .build();

  private static ExampleConfig decode(JsonObject config) {
    Long most = config.getLong("max_requests");
    return new ExampleConfig(
        config.getString("header_name"),
        config.getString("header_value"),
        most == null ? OptionalLong.empty() : OptionalLong.of(most));
  }
}
