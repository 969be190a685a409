package dev.sluice.plugins.activehealthchecks;

import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.Certificate;
import dev.sluice.api.security.ShownCertificate;
import dev.sluice.api.security.TrustedAuthorities;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The TCP clients that probes go through: one for each timeout, for each way to look at certificates, and for each
 * certificate that is shown.
 */
final class ProbeClients {

  /** By how much a client waits longer than its probe, whose own timer tells that it was a timeout. */
  private static final Duration SLACK = Duration.ofMillis(500);

  private static final Logger LOG = LoggerFactory.getLogger(ProbeClients.class);
  private static final int LONGEST_PATH = 4096;

  private final PluginContext context;
  private final Optional<PemTrustOptions> trusted;
  private final Optional<KeyCertOptions> identity;
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

  private record Kind(Duration timeout, Security security, Optional<Certificate> shown) {}

  ProbeClients(PluginContext context) {
    this.context = context;
    trusted = TrustedAuthorities.of(context.node());
    identity = identity(context);
  }

  /**
   * A client for connections that begin in plain text and may be made secure afterwards.
   *
   * @param shown the certificate for servers that ask for one; empty for the node's
   */
  NetClient client(Duration timeout, Security security, Optional<Certificate> shown) {
    return clients.computeIfAbsent(
        new Kind(timeout, security, security == Security.PLAIN ? Optional.empty() : shown), this::create);
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
      kind.shown().map(ProbeClients::keys).orElse(identity).ifPresent(options::setKeyCertOptions);
    }
    return context.netClient(options);
  }

  private static Optional<KeyCertOptions> identity(PluginContext context) {
    Optional<String> certificate = context.node().setting("client_ssl_cert");
    Optional<String> key = context.node().setting("client_ssl_cert_key");
    if (context.node().setting("client_ssl").filter("on"::equals).isEmpty() || certificate.isEmpty() || key.isEmpty()) {
      return Optional.empty();
    }
    try {
      return keys(
          new Certificate(
              "of client_ssl_cert", text(certificate.get()), text(key.get()), Optional.empty(), Optional.empty()));
    } catch (IOException | InvalidPathException e) {
      LOG.error("client_ssl_cert or its key cannot be read: probes show no certificate");
      return Optional.empty();
    }
  }

  /** A setting holds the name of a file, a PEM text, or that text in Base64. */
  private static String text(String setting) throws IOException {
    if (setting.contains("-----BEGIN ")) {
      return setting;
    }
    if (setting.length() < LONGEST_PATH && Files.isReadable(Path.of(setting))) {
      return Files.readString(Path.of(setting), StandardCharsets.ISO_8859_1);
    }
    try {
      return new String(Base64.getMimeDecoder().decode(setting), StandardCharsets.ISO_8859_1);
    } catch (IllegalArgumentException e) {
      throw new IOException("neither a file nor a text", e);
    }
  }

  private static Optional<KeyCertOptions> keys(Certificate certificate) {
    try {
      return Optional.of(KeyCertOptions.wrap(new ShownCertificate(certificate)));
    } catch (GeneralSecurityException e) {
      // The cause may quote what is no matter for a log.
      LOG.error("{} cannot be used: probes show none", certificate);
      return Optional.empty();
    }
  }
}
