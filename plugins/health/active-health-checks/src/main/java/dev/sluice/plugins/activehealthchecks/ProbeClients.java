package dev.sluice.plugins.activehealthchecks;

import dev.sluice.api.PluginContext;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The TCP clients that probes go through: one for each timeout and for each way to look at certificates. */
final class ProbeClients {

  /** By how much a client waits longer than its probe, whose own timer tells that it was a timeout. */
  private static final Duration SLACK = Duration.ofMillis(500);

  private static final List<Path> SYSTEM_BUNDLES = Stream.of(
      "/etc/ssl/certs/ca-certificates.crt", "/etc/pki/tls/certs/ca-bundle.crt", "/etc/ssl/ca-bundle.pem",
      "/etc/pki/tls/cacert.pem", "/etc/pki/ca-trust/extracted/pem/tls-ca-bundle.pem", "/etc/ssl/cert.pem")
      .map(Path::of).toList();

  private final PluginContext context;
  private final Optional<PemTrustOptions> trusted;
  private final Optional<PemKeyCertOptions> identity;
  private final Map<Kind, NetClient> clients = new ConcurrentHashMap<>();

  /** How a connection is made secure. */
  enum Security {
    /** Not at all. */
    PLAIN,
    /** Whatever the certificate says. */
    UNVERIFIED,
    /** By a certificate that is valid for the server's name. */
    VERIFIED
  }

  private record Kind(Duration timeout, Security security) {}

  ProbeClients(PluginContext context) {
    this.context = context;
    trusted = trusted(context.node().setting("lua_ssl_trusted_certificate").orElse("system"));
    identity = identity(context);
  }

  /** A client for connections that begin in plain text and may be made secure afterwards. */
  NetClient client(Duration timeout, Security security) {
    return clients.computeIfAbsent(new Kind(timeout, security), this::create);
  }

  private NetClient create(Kind kind) {
    long patience = kind.timeout().plus(SLACK).toMillis();
    NetClientOptions options = new NetClientOptions()
        .setConnectTimeout((int) Math.min(Integer.MAX_VALUE, patience))
        .setSslHandshakeTimeout(patience)
        .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS)
        .setTrustAll(kind.security() == Security.UNVERIFIED)
        .setHostnameVerificationAlgorithm(kind.security() == Security.VERIFIED ? "HTTPS" : "");
    if (kind.security() == Security.VERIFIED) {
      trusted.ifPresent(options::setTrustOptions);
    }
    if (kind.security() != Security.PLAIN) {
      identity.ifPresent(options::setKeyCertOptions);
    }
    return context.netClient(options);
  }

  /** Empty means what the JDK trusts. */
  private static Optional<PemTrustOptions> trusted(String setting) {
    List<String> names = Stream.of(setting.split(",", -1)).map(String::trim).filter(name -> !name.isEmpty()).toList();
    if (names.stream().allMatch("system"::equals)) {
      return Optional.empty();
    }
    PemTrustOptions options = new PemTrustOptions();
    for (String name : names) {
      if (name.equals("system")) {
        SYSTEM_BUNDLES.stream().filter(Files::isReadable).findFirst()
            .ifPresent(bundle -> options.addCertPath(bundle.toString()));
      } else {
        options.addCertPath(name);
      }
    }
    return Optional.of(options);
  }

  private static Optional<PemKeyCertOptions> identity(PluginContext context) {
    Optional<String> certificate = context.node().setting("client_ssl_cert");
    Optional<String> key = context.node().setting("client_ssl_cert_key");
    return context.node().setting("client_ssl").filter("on"::equals).isPresent()
            && certificate.isPresent() && key.isPresent()
        ? Optional.of(new PemKeyCertOptions().setCertPath(certificate.get()).setKeyPath(key.get()))
        : Optional.empty();
  }
}
