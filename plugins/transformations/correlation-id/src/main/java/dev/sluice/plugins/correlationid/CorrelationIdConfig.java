package dev.sluice.plugins.correlationid;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param headerName carries the id
 * @param generator makes ids for requests that bring none
 * @param echoDownstream whether the client is told
 */
record CorrelationIdConfig(String headerName, String generator, boolean echoDownstream) {

  private static final String DEFAULT_NAME = "Kong-Request-ID";

  static final ConfigSchema<CorrelationIdConfig> SCHEMA = ConfigSchema.of(CorrelationIdConfig::decode)
      .protocols(Types.httpProtocols())
      .field("header_name", Fields.string()
          .defaultTo(DEFAULT_NAME)
          .describe("The name of the header that carries the id."))
      .field("generator", Fields.string()
          .required()
          .defaultTo("uuid#counter")
          .oneOf("uuid", "uuid#counter", "tracker")
          .describe("How ids are made for requests that bring none."))
      .field("echo_downstream", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether the answer carries the id, too."))
      .build();

  private static CorrelationIdConfig decode(JsonObject config) {
    return new CorrelationIdConfig(
        Optional.ofNullable(config.getString("header_name")).orElse(DEFAULT_NAME),
        config.getString("generator"),
        config.getBoolean("echo_downstream"));
  }
}
