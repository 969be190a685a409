package dev.sluice.plugins.postgres;

import dev.sluice.api.NodeInfo;
import dev.sluice.api.security.TrustedAuthorities;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.util.Optional;
import java.util.Set;

/**
 * How connections to the server are encrypted.
 *
 * @param required whether a server that does not encrypt is refused
 * @param verify whether the server's certificate is looked at
 * @param trusted where it must come from then; empty for the authorities of the JDK
 * @param shown the certificate that the server is shown when it asks for one
 * @param versions of TLS
 */
record Encryption(
    boolean required,
    boolean verify,
    Optional<PemTrustOptions> trusted,
    Optional<PemKeyCertOptions> shown,
    Set<String> versions) {

  private static final String PEM = "-----BEGIN ";

  /** As the settings have it; empty when connections are not encrypted. */
  static Optional<Encryption> of(NodeInfo node) {
    if (!flag(node, "pg_ssl").orElse(false)) {
      return Optional.empty();
    }
    boolean verify = flag(node, "pg_ssl_verify").orElse(false);
    // Who wants to know the server's certificate does not want to talk to one that shows none.
    boolean required = verify || flag(node, "pg_ssl_required").orElse(true);
    return Optional.of(
        new Encryption(
            required,
            verify,
            TrustedAuthorities.of(node),
            shown(node),
            versions(Settings.text(node, "pg_ssl_version").orElse("any"))));
  }

  private static Optional<PemKeyCertOptions> shown(NodeInfo node) {
    Optional<String> certificate = Settings.text(node, "pg_ssl_cert");
    Optional<String> key = Settings.text(node, "pg_ssl_cert_key");
    if (certificate.isPresent() != key.isPresent()) {
      throw new IllegalArgumentException((key.isPresent() ? "pg_ssl_cert" : "pg_ssl_cert_key") + " must be specified");
    }
    return certificate.map(
        given -> {
          PemKeyCertOptions pem = new PemKeyCertOptions();
          if (given.contains(PEM)) {
            pem.setCertValue(Buffer.buffer(given));
          } else {
            pem.setCertPath(given);
          }
          if (key.orElseThrow().contains(PEM)) {
            return pem.setKeyValue(Buffer.buffer(key.orElseThrow()));
          }
          return pem.setKeyPath(key.orElseThrow());
        });
  }

  private static Set<String> versions(String setting) {
    return switch (setting) {
      case "any" -> Set.of("TLSv1.2", "TLSv1.3");
      case "tlsv1_2" -> Set.of("TLSv1.2");
      case "tlsv1_3" -> Set.of("TLSv1.3");
      default -> throw new IllegalArgumentException(
          "pg_ssl_version has an invalid value: '" + setting + "' (tlsv1_2, tlsv1_3, any)");
    };
  }

  private static Optional<Boolean> flag(NodeInfo node, String key) {
    return Settings.text(node, key).map(value -> value.equals("on") || value.equals("true"));
  }

  void apply(PgConnectOptions connection) {
    connection.setEnabledSecureTransportProtocols(versions);
    shown.ifPresent(connection::setKeyCertOptions);
    if (!verify) {
      connection.setSslMode(required ? SslMode.REQUIRE : SslMode.PREFER).setTrustAll(true);
      return;
    }
    connection.setSslMode(SslMode.VERIFY_FULL).setHostnameVerificationAlgorithm("HTTPS");
    trusted.ifPresent(connection::setTrustOptions);
  }
}
