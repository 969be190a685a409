package dev.sluice.api.entity;

import io.vertx.core.json.JsonObject;
import java.util.Optional;

/**
 * A group of targets, as the request path needs it.
 *
 * @param id UUID
 * @param name the host that services refer to
 * @param algorithm the name of a load balancer
 * @param hostHeader the Host header to send
 * @param useSrvName whether the Host header is the name of the SRV record
 * @param healthchecks the settings of the health checkers, complete
 * @param settings the whole document, for load balancers to read their own settings when they are built
 */
public record Upstream(
    String id,
    String name,
    String algorithm,
    Optional<String> hostHeader,
    boolean useSrvName,
    JsonObject healthchecks,
    JsonObject settings) {

  /** The certificate that its targets are shown over TLS, unless a service has one of its own. */
  public Optional<String> clientCertificateId() {
    return Documents.reference(settings, "client_certificate");
  }

  /** Decodes a valid document. */
  public static Upstream decode(JsonObject document) {
    JsonObject own = document.copy();
    return new Upstream(
        document.getString("id"),
        document.getString("name"),
        Documents.string(document, "algorithm", "round-robin"),
        Optional.ofNullable(document.getString("host_header")),
        Documents.bool(document, "use_srv_name", false),
        own.getJsonObject("healthchecks", new JsonObject()),
        own);
  }
}
