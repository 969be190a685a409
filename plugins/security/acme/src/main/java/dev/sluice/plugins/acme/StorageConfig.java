package dev.sluice.plugins.acme;

import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.RecordField;
import dev.sluice.api.schema.Shorthand;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.traffic.RedisSettings;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Optional;

/**
 * Where things are kept.
 *
 * @param kind of the storage
 * @param shmName of a memory
 * @param redis empty when it names no host
 * @param namespace before all names in a Redis
 * @param scanCount how many names to ask a Redis for at once
 */
record StorageConfig(
    Kind kind, String shmName, Optional<RedisSettings> redis, String namespace, int scanCount) {

  enum Kind { KONG, SHM, REDIS, CONSUL, VAULT }

  private static final String EXTRA = "extra_options";
  private static final String NAMESPACE = "namespace";
  private static final String SCAN_COUNT = "scan_count";

  /** The record {@code storage_config}. */
  static RecordField field() {
    return Fields.record()
        .required()
        .field("shm", Fields.record()
            .required()
            .field("shm_name", Fields.string()
                .defaultTo("kong")
                .describe("The name of a memory: configurations with the same name share it.")))
        .field("kong", Fields.record().required())
        .field("redis", redisField())
        .field("consul", Fields.record()
            .required()
            .field("https", Fields.bool().defaultTo(false).describe("Whether to speak TLS."))
            .field("host", Types.host())
            .field("port", Types.port())
            .field("kv_path", Fields.string().describe("The path before all keys."))
            .field("timeout", Fields.number().describe("Milliseconds."))
            .field("token", Fields.string().referenceable().describe("The token of an access list.")))
        .field("vault", Fields.record()
            .required()
            .field("https", Fields.bool().defaultTo(false).describe("Whether to speak TLS."))
            .field("host", Types.host())
            .field("port", Types.port())
            .field("kv_path", Fields.string().describe("The path before all keys."))
            .field("timeout", Fields.number().describe("Milliseconds."))
            .field("token", Fields.string().referenceable().describe("The token that opens the vault."))
            .field("tls_verify", Fields.bool().defaultTo(true).describe("Whether to check the certificate."))
            .field("tls_server_name", Fields.string().describe("The name of the TLS handshake; the host's by default."))
            .field("auth_method", Fields.string()
                .defaultTo("token")
                .oneOf("token", "kubernetes")
                .describe("How to prove oneself."))
            .field("auth_path", Fields.string().describe("Where the vault authenticates."))
            .field("auth_role", Fields.string().describe("The role to ask for."))
            .field("jwt_path", Fields.string().describe("Where the file with the token of Kubernetes is.")));
  }

  private static RecordField redisField() {
    return RedisSettings.field()
        .describe("A Redis, which nodes may share.")
        .field(EXTRA, Fields.record()
            .required()
            .describe("What is special to this plugin.")
            .field(NAMESPACE, Fields.string()
                .required()
                .defaultTo("")
                .lenMin(0)
                .describe("What all names in Redis begin with."))
            .field(SCAN_COUNT, Fields.number()
                .optional()
                .defaultTo(10)
                .describe("How many names to ask for at once.")))
        .shorthand(alias("auth", Fields.string().lenMin(0), "password"))
        .shorthand(alias("ssl_server_name", Fields.string(), "server_name"))
        .shorthand(alias(NAMESPACE, Fields.string().lenMin(0), EXTRA, NAMESPACE))
        .shorthand(alias(SCAN_COUNT, Fields.integer(), EXTRA, SCAN_COUNT));
  }

  private static Shorthand alias(String name, Field field, String... path) {
    String redis = "config.storage_config.redis.";
    String message =
        "acme: " + redis + name + " is deprecated, please use " + redis + String.join(".", path) + " instead";
    return Shorthand.alias(name, field, message, "4.0", path);
  }

  static StorageConfig decode(String storage, JsonObject config) {
    JsonObject redis = config.getJsonObject("redis");
    JsonObject extra = redis.getJsonObject(EXTRA);
    String shmName = config.getJsonObject("shm").getString("shm_name");
    return new StorageConfig(
        Kind.valueOf(storage.toUpperCase(Locale.ROOT)),
        shmName == null ? "kong" : shmName,
        RedisSettings.decode(redis),
        extra.getString(NAMESPACE),
        Math.max(1, extra.getInteger(SCAN_COUNT, 10)));
  }

  /** Refuses what the schema takes and nobody here can do. */
  void checkSupported() {
    if (kind == Kind.CONSUL || kind == Kind.VAULT) {
      throw new IllegalArgumentException(
          "storage '" + kind.name().toLowerCase(Locale.ROOT)
              + "' is not available in this build: use kong, redis or shm");
    }
  }
}
