package dev.sluice.api.entity;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * An upstream API, as the request path needs it.
 *
 * @param id UUID
 * @param name unique
 * @param protocol such as {@code http}
 * @param host a host name, an address, or the name of an upstream
 * @param port used when the host is no upstream
 * @param path put before the path of the request
 * @param retries further attempts after the first
 * @param connectTimeout milliseconds
 * @param writeTimeout milliseconds between two writes
 * @param readTimeout milliseconds between two reads
 * @param enabled whether its routes serve
 */
public record Service(
    String id,
    Optional<String> name,
    String protocol,
    String host,
    int port,
    Optional<String> path,
    int retries,
    int connectTimeout,
    int writeTimeout,
    int readTimeout,
    boolean enabled) {

  /** Decodes a valid document. */
  public static Service decode(JsonObject document) {
    return new Service(
        document.getString("id"),
        Optional.ofNullable(document.getString("name")),
        document.getString("protocol"),
        document.getString("host"),
        document.getInteger("port"),
        Optional.ofNullable(document.getString("path")),
        Documents.integer(document, "retries", 5),
        Documents.integer(document, "connect_timeout", 60_000),
        Documents.integer(document, "write_timeout", 60_000),
        Documents.integer(document, "read_timeout", 60_000),
        document.getBoolean("enabled"));
  }
}
