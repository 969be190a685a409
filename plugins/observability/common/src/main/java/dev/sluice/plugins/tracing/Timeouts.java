package dev.sluice.plugins.tracing;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;

/**
 * How long a receiver of spans is waited for, in milliseconds.
 *
 * @param connect for a connection
 * @param idle without a byte in either direction
 */
public record Timeouts(int connect, int idle) {

  private static final String CONNECT = "connect_timeout";
  private static final String SEND = "send_timeout";
  private static final String READ = "read_timeout";
  private static final int IDLE = 5000;

  /** Adds the settings to the schema of a plugin, at this place. */
  public static <C> ConfigSchema.Builder<C> add(ConfigSchema.Builder<C> schema, int connect) {
    return schema
        .field(CONNECT, Types.timeout().defaultTo(connect).describe("Milliseconds that a connection may take."))
        .field(SEND, Types.timeout().defaultTo(IDLE).describe("Milliseconds between two writes."))
        .field(READ, Types.timeout().defaultTo(IDLE).describe("Milliseconds between two reads."));
  }

  /** Those of a valid configuration. */
  public static Timeouts of(JsonObject config, int connect) {
    return new Timeouts(of(config, CONNECT, connect), Math.max(of(config, SEND, IDLE), of(config, READ, IDLE)));
  }

  private static int of(JsonObject config, String field, int fallback) {
    Integer value = config.getInteger(field);
    return value == null ? fallback : value;
  }
}
