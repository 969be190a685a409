package dev.sluice.api.security;

import dev.sluice.api.NodeInfo;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Whose certificates a node trusts: one meaning of {@code lua_ssl_trusted_certificate} for all that look at any. */
public final class TrustedAuthorities {

  /** The name that stands for what the machine trusts. */
  public static final String SYSTEM = "system";

  private static final String SETTING = "lua_ssl_trusted_certificate";
  private static final List<Path> BUNDLES =
      Stream.of(
              "/etc/ssl/certs/ca-certificates.crt",
              "/etc/pki/tls/certs/ca-bundle.crt",
              "/etc/ssl/ca-bundle.pem",
              "/etc/pki/tls/cacert.pem",
              "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem",
              "/etc/ssl/cert.pem")
          .map(Path::of)
          .toList();

  private TrustedAuthorities() {}

  /** The file of the authorities that the machine trusts; empty when it has none. Looks at files. */
  public static Optional<Path> systemBundle() {
    return BUNDLES.stream().filter(Files::isReadable).findFirst();
  }

  /**
   * The files that the setting names, {@link #SYSTEM} among them as its file; without the setting that alone. Looks at
   * files, and reads none.
   *
   * @return empty for the authorities of the JDK: the machine has none of its own, and nothing else is named
   */
  public static Optional<PemTrustOptions> of(NodeInfo node) {
    PemTrustOptions options = new PemTrustOptions();
    Stream.of(node.setting(SETTING).orElse(SYSTEM).split(",", -1))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .flatMap(name -> name.equals(SYSTEM) ? systemBundle().map(Path::toString).stream() : Stream.of(name))
        .forEach(options::addCertPath);
    return options.getCertPaths().isEmpty() ? Optional.empty() : Optional.of(options);
  }
}
