package dev.sluice.api.entity;

import io.vertx.core.json.JsonObject;
import java.util.List;
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
 * @param tls how it is met over TLS
 * @param createdAt seconds since the epoch
 * @param updatedAt seconds since the epoch
 * @param tags labels
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
    boolean enabled,
    Tls tls,
    long createdAt,
    long updatedAt,
    List<String> tags) {

  /**
   * How a service is met over TLS. What is empty is left to the node's settings.
   *
   * @param clientCertificateId the certificate that is shown
   * @param verify whether the upstream's certificate is verified
   * @param verifyDepth the longest chain that is accepted
   * @param authorityIds the authorities that the upstream's certificate may have
   */
  public record Tls(
      Optional<String> clientCertificateId,
      Optional<Boolean> verify,
      Optional<Integer> verifyDepth,
      List<String> authorityIds) {

    private static final Tls NONE = new Tls(Optional.empty(), Optional.empty(), Optional.empty(), List.of());

    private static Tls decode(JsonObject document) {
      Tls tls = new Tls(
          Documents.reference(document, "client_certificate"),
          Optional.ofNullable(document.getBoolean("tls_verify")),
          Optional.ofNullable(document.getInteger("tls_verify_depth")),
          Documents.strings(document, "ca_certificates"));
      return tls.equals(NONE) ? NONE : tls;
    }
  }

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
        document.getBoolean("enabled"),
        Tls.decode(document),
        document.getLong("created_at", 0L),
        document.getLong("updated_at", 0L),
        Documents.strings(document, "tags"));
  }
}
