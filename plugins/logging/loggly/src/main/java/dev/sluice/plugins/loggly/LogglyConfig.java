package dev.sluice.plugins.loggly;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.logging.CustomFields;
import dev.sluice.plugins.logging.Severities;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param host the server
 * @param port its port
 * @param key the customer's token
 * @param tags labels of the messages
 * @param severities which entries are sent, and as what
 * @param fields what is added to entries
 */
record LogglyConfig(
    String host, int port, String key, List<String> tags, Severities severities, CustomFields fields) {

  private static final String HOST = "logs-01.loggly.com";
  private static final int PORT = 514;

  static final ConfigSchema<LogglyConfig> SCHEMA = ConfigSchema.of(LogglyConfig::decode)
      .protocols(Types.protocols())
      .field("host", Types.host()
          .defaultTo(HOST)
          .describe("The server that messages are sent to."))
      .field("port", Types.port()
          .defaultTo(PORT)
          .describe("Its port."))
      .field("key", Fields.string()
          .required()
          .encrypted()
          .referenceable()
          .describe("The customer's token."))
      .field("tags", Fields.set(Fields.string())
          .defaultTo("kong")
          .describe("Labels of the messages."))
      .field("log_level", Severities.field("Entries that are less grave are not sent."))
      .field("successful_severity", Severities.field("How grave an answer with a status below 400 is."))
      .field("client_errors_severity", Severities.field("How grave an answer with a status of 400 to 499 is."))
      .field("server_errors_severity", Severities.field("How grave an answer with a status from 500 on is."))
      .field("timeout", Fields.number()
          .defaultTo(10_000)
          .describe("Milliseconds. Of no effect: nobody answers to a datagram."))
      .field(CustomFields.NAME, CustomFields.field())
      .build();

  private static LogglyConfig decode(JsonObject config) {
    JsonArray tags = config.getJsonArray("tags");
    return new LogglyConfig(
        Optional.ofNullable(config.getString("host")).orElse(HOST),
        Optional.ofNullable(config.getInteger("port")).orElse(PORT),
        config.getString("key"),
        tags == null ? List.of() : tags.stream().map(String::valueOf).toList(),
        Severities.of(config),
        CustomFields.of(config));
  }
}
