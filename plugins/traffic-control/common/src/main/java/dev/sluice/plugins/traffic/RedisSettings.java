package dev.sluice.plugins.traffic;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.RecordField;
import dev.sluice.api.schema.Shorthand;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Where a Redis is, and how to get in.
 *
 * @param host name or address
 * @param port of the host
 * @param timeout milliseconds for a connection, and for an answer
 * @param username of an access list
 * @param password when one is asked for
 * @param database its number
 * @param ssl whether to speak TLS
 * @param sslVerify whether to check the certificate
 * @param serverName the name that the certificate must be for
 */
public record RedisSettings(
    String host,
    int port,
    int timeout,
    Optional<String> username,
    Optional<String> password,
    int database,
    boolean ssl,
    boolean sslVerify,
    Optional<String> serverName) {

  /** The record {@code redis} of a configuration. */
  public static RecordField field() {
    return Fields.record()
        .required()
        .describe("The Redis that counters are kept in.")
        .field("host", Types.host())
        .field("port", Types.port().defaultTo(6379))
        .field("timeout", Types.timeout().defaultTo(2000))
        .field("username", Fields.string()
            .referenceable()
            .describe("The user of an access list; without it the default user."))
        .field("password", Fields.string()
            .encrypted()
            .referenceable()
            .lenMin(0)
            .describe("The password; without it no AUTH is sent."))
        .field("database", Fields.integer()
            .defaultTo(0)
            .describe("The number of the database."))
        .field("ssl", Fields.bool()
            .optional()
            .defaultTo(false)
            .describe("Whether to speak TLS with Redis."))
        .field("ssl_verify", Fields.bool()
            .optional()
            .defaultTo(false)
            .describe("Whether to check the certificate of Redis."))
        .field("server_name", Types.sni().optional());
  }

  /**
   * Adds the former names of the fields, such as {@code redis_host}.
   *
   * @param plugin the plugin's name, for messages
   */
  public static <C> ConfigSchema.Builder<C> aliases(ConfigSchema.Builder<C> schema, String plugin) {
    Map<String, Field> fields = new LinkedHashMap<>();
    fields.put("host", Fields.string());
    fields.put("port", Fields.integer());
    fields.put("password", Fields.string().lenMin(0));
    fields.put("username", Fields.string());
    fields.put("ssl", Fields.bool());
    fields.put("ssl_verify", Fields.bool());
    fields.put("server_name", Fields.string());
    fields.put("timeout", Fields.integer());
    fields.put("database", Fields.integer());
    fields.forEach((name, field) -> schema.shorthand(Shorthand.alias(
        "redis_" + name,
        field,
        plugin + ": config.redis_" + name + " is deprecated, please use config.redis." + name + " instead",
        "4.0",
        "redis",
        name)));
    return schema;
  }

  /** Reads a valid record; empty when it names no host. */
  public static Optional<RedisSettings> decode(JsonObject redis) {
    return Optional.ofNullable(redis.getString("host")).map(host -> new RedisSettings(
        host,
        redis.getInteger("port"),
        redis.getInteger("timeout"),
        Optional.ofNullable(redis.getString("username")),
        Optional.ofNullable(redis.getString("password")).filter(text -> !text.isEmpty()),
        redis.getInteger("database"),
        Boolean.TRUE.equals(redis.getBoolean("ssl")),
        Boolean.TRUE.equals(redis.getBoolean("ssl_verify")),
        Optional.ofNullable(redis.getString("server_name"))));
  }

  /** Where it is; no word of how to get in. */
  @Override
  public String toString() {
    return "Redis at " + host + ":" + port + "/" + database;
  }
}
