package dev.sluice.plugins.postgres;

import dev.sluice.api.NodeInfo;
import io.vertx.core.net.TrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.SslMode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import javax.net.ssl.TrustManager;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * How connections to the server are encrypted.
 *
 * @param required whether a server that does not encrypt is refused
 * @param trusted where the certificates are that the server's must come from; empty when it is not looked at
 * @param versions of TLS
 */
record Encryption(boolean required, Optional<String> trusted, Set<String> versions) {

  private static final String SYSTEM = "system";

  /** As the settings have it; empty when connections are not encrypted. */
  static Optional<Encryption> of(NodeInfo node) {
    if (!flag(node, "pg_ssl").orElse(false)) {
      return Optional.empty();
    }
    boolean verify = flag(node, "pg_ssl_verify").orElse(false);
    Optional<String> trusted =
        verify ? Settings.text(node, "lua_ssl_trusted_certificate").or(() -> Optional.of(SYSTEM)) : Optional.empty();
    // Who wants to know the server's certificate does not want to talk to one that shows none.
    boolean required = verify || flag(node, "pg_ssl_required").orElse(true);
    return Optional.of(new Encryption(required, trusted, versions(Settings.text(node, "pg_ssl_version").orElse("any"))));
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
    trusted.ifPresentOrElse(
        places ->
            connection
                .setSslMode(SslMode.VERIFY_FULL)
                .setHostnameVerificationAlgorithm("HTTPS")
                .setTrustOptions(trust(places)),
        () -> connection.setSslMode(required ? SslMode.REQUIRE : SslMode.PREFER).setTrustAll(true));
  }

  /** The certificates of files, and those of the JDK where the word {@code system} stands. */
  private static TrustOptions trust(String places) {
    List<Certificate> all = new ArrayList<>();
    for (String place : Stream.of(places.split(",", -1)).map(String::strip).filter(item -> !item.isEmpty()).toList()) {
      all.addAll(place.equals(SYSTEM) ? system() : certificates(Path.of(place)));
    }
    try {
      KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
      store.load(null, null);
      for (int i = 0; i < all.size(); i++) {
        store.setCertificateEntry(Integer.toString(i), all.get(i));
      }
      return TrustOptions.wrap(manager(store));
    } catch (GeneralSecurityException | IOException e) {
      throw new IllegalStateException("the certificates of lua_ssl_trusted_certificate cannot be used", e);
    }
  }

  private static TrustManager manager(KeyStore store) throws GeneralSecurityException {
    TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    factory.init(store);
    return factory.getTrustManagers()[0];
  }

  private static List<X509Certificate> system() {
    try {
      return manager(null) instanceof X509TrustManager all ? List.of(all.getAcceptedIssuers()) : List.of();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the certificates of the system cannot be read", e);
    }
  }

  private static Collection<? extends Certificate> certificates(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      return CertificateFactory.getInstance("X.509").generateCertificates(in);
    } catch (IOException | CertificateException e) {
      throw new IllegalStateException("lua_ssl_trusted_certificate: " + file + " cannot be read", e);
    }
  }
}
