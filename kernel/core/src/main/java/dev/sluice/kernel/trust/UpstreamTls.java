package dev.sluice.kernel.trust;

import dev.sluice.api.security.ShownCertificate;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.netty.util.NetUtil;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How upstreams are met over TLS: what they are shown and what is asked of them. There is one object for all that are met
 * on the same terms, and connections are kept apart by it; sessions are, too, so that none is resumed on other terms.
 * Compared by identity. Safe for all threads.
 */
public final class UpstreamTls {

  private static final Logger log = LoggerFactory.getLogger(UpstreamTls.class);
  private static final int SESSION_SECONDS = 300;
  private static final int SESSIONS = 1024;
  private static final String[] HTTP2 = {"h2"};

  private final boolean verifies;
  private final Optional<SSLContext> context;
  private final Optional<String> fault;

  private UpstreamTls(boolean verifies, Optional<SSLContext> context, Optional<String> fault) {
    this.verifies = verifies;
    this.context = context;
    this.fault = fault;
  }

  /** Makes it ready: reads what is in PEM form, so that no request has to. */
  static UpstreamTls of(Terms terms) {
    boolean verifies = terms.verified().isPresent();
    if (terms.fault().isPresent()) {
      return new UpstreamTls(verifies, Optional.empty(), terms.fault());
    }
    try {
      return new UpstreamTls(verifies, Optional.of(context(terms)), Optional.empty());
    } catch (GeneralSecurityException | IOException | RuntimeException e) {
      // A reference to a secret may have led nowhere; the cause may quote what is no matter for a log.
      String what = terms.shown().map(Object::toString).orElse("the authorities") + " cannot be used";
      log.error("{}: {}", what, e.getClass().getSimpleName());
      return new UpstreamTls(verifies, Optional.empty(), Optional.of(what));
    }
  }

  private static SSLContext context(Terms terms) throws GeneralSecurityException, IOException {
    KeyManager[] keys = {};
    if (terms.shown().isPresent()) {
      keys = new KeyManager[] {new ShownCertificate(terms.shown().get())};
    }
    TrustManager[] trust = InsecureTrustManagerFactory.INSTANCE.getTrustManagers();
    if (terms.verified().isPresent()) {
      Terms.Verified verified = terms.verified().get();
      trust = new TrustManager[] {new Verifier(verified.any().checks(), verified.depth())};
    }
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(keys, trust, null);
    context.getClientSessionContext().setSessionTimeout(SESSION_SECONDS);
    context.getClientSessionContext().setSessionCacheSize(SESSIONS);
    return context;
  }

  /** Whether certificates are verified. */
  public boolean verifies() {
    return verifies;
  }

  /** Why nobody can be met on these terms; empty when they are sound. */
  public Optional<String> fault() {
    return fault;
  }

  /**
   * One side of a connection.
   *
   * @param name the host that is asked for, without a port; also what a certificate must be for when it is verified, and
   *     what sessions are kept by
   * @param http2 whether HTTP/2 is to be agreed on
   * @throws SSLException when there is none on these terms, or under this name
   */
  public SSLEngine engine(String name, int port, boolean http2) throws SSLException {
    if (context.isEmpty()) {
      throw new SSLException(fault.orElse("no TLS"));
    }
    String host = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
    SSLEngine engine = context.get().createSSLEngine(host, port);
    engine.setUseClientMode(true);
    SSLParameters parameters = engine.getSSLParameters();
    // Without names of its own the JDK would make one up.
    parameters.setServerNames(serverNames(host));
    if (verifies) {
      parameters.setEndpointIdentificationAlgorithm("HTTPS");
    }
    if (http2) {
      parameters.setApplicationProtocols(HTTP2);
    }
    engine.setSSLParameters(parameters);
    return engine;
  }

  /** An address is no server name. */
  private List<SNIServerName> serverNames(String host) throws SSLException {
    if (host.isEmpty() || NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host)) {
      return List.of();
    }
    try {
      return List.of(new SNIHostName(host.getBytes(StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException e) {
      if (verifies) {
        throw new SSLException("'" + host + "' is no name that a certificate may have");
      }
      return List.of();
    }
  }
}
