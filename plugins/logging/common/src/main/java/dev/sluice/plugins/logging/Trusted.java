package dev.sluice.plugins.logging;

import dev.sluice.api.NodeInfo;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whose certificates a node trusts. */
final class Trusted {

  private static final String SYSTEM = "system";
  private static final List<Path> SYSTEM_BUNDLES =
      Stream.of(
              "/etc/ssl/certs/ca-certificates.crt",
              "/etc/pki/tls/certs/ca-bundle.crt",
              "/etc/ssl/ca-bundle.pem",
              "/etc/pki/tls/cacert.pem",
              "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
              "/etc/ssl/cert.pem")
          .map(Path::of)
          .toList();

  private Trusted() {}

  /** Empty means what the JDK trusts. */
  static Optional<PemTrustOptions> of(NodeInfo node) {
    List<String> names = Stream.of(node.setting("lua_ssl_trusted_certificate").orElse(SYSTEM).split(",", -1))
        .map(String::trim)
        .filter(name -> !name.isEmpty())
        .toList();
    if (names.stream().allMatch(SYSTEM::equals)) {
      return Optional.empty();
    }
    PemTrustOptions options = new PemTrustOptions();
    for (String name : names) {
      if (name.equals(SYSTEM)) {
        SYSTEM_BUNDLES.stream().filter(Files::isReadable).findFirst()
            .ifPresent(bundle -> options.addCertPath(bundle.toString()));
      } else {
        options.addCertPath(name);
      }
    }
    return Optional.of(options);
  }
}
