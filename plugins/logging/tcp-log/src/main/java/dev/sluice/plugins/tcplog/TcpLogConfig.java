package dev.sluice.plugins.tcplog;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.logging.CustomFields;
import dev.sluice.plugins.logging.TcpSender;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * The configuration.
 *
 * @param way how the server is reached
 * @param fields what is added to entries
 */
record TcpLogConfig(TcpSender.Way way, CustomFields fields) {

  private static final int TIMEOUT = 10_000;
  private static final int KEEPALIVE = 60_000;

  static final ConfigSchema<TcpLogConfig> SCHEMA = ConfigSchema.of(TcpLogConfig::decode)
      .protocols(Types.protocols())
      .field("host", Types.host()
          .required()
          .describe("The server that entries are sent to."))
      .field("port", Types.port()
          .required()
          .describe("Its port."))
      .field("timeout", Fields.number()
          .defaultTo(TIMEOUT)
          .describe("Milliseconds after which an attempt to connect has failed."))
      .field("keepalive", Fields.number()
          .defaultTo(KEEPALIVE)
          .describe("Milliseconds after which an idle connection is closed."))
      .field("tls", Fields.bool()
          .required()
          .defaultTo(false)
          .describe("Whether the server speaks TLS."))
      .field("tls_sni", Fields.string()
          .describe("The server name in the handshake."))
      .field(CustomFields.NAME, CustomFields.field())
      .build();

  private static TcpLogConfig decode(JsonObject config) {
    TcpSender.Way way = new TcpSender.Way(
        config.getString("host"),
        config.getInteger("port"),
        Optional.ofNullable(config.getDouble("timeout")).orElse((double) TIMEOUT),
        Optional.ofNullable(config.getDouble("keepalive")).orElse((double) KEEPALIVE),
        config.getBoolean("tls"),
        Optional.ofNullable(config.getString("tls_sni")).orElse(""));
    return new TcpLogConfig(way, CustomFields.of(config));
  }
}
