package dev.sluice.plugins.udplog;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.logging.CustomFields;
import io.vertx.core.json.JsonObject;

/**
 * The configuration.
 *
 * @param host the server
 * @param port its port
 * @param fields what is added to entries
 */
record UdpLogConfig(String host, int port, CustomFields fields) {

  static final ConfigSchema<UdpLogConfig> SCHEMA = ConfigSchema.of(UdpLogConfig::decode)
      .protocols(Types.protocols())
      .field("host", Types.host()
          .required()
          .describe("The server that entries are sent to."))
      .field("port", Types.port()
          .required()
          .describe("Its port."))
      .field("timeout", Fields.number()
          .defaultTo(10_000)
          .describe("Milliseconds. Of no effect: nobody answers to a datagram."))
      .field(CustomFields.NAME, CustomFields.field())
      .build();

  private static UdpLogConfig decode(JsonObject config) {
    return new UdpLogConfig(config.getString("host"), config.getInteger("port"), CustomFields.of(config));
  }
}
