package dev.sluice.kernel.tls;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.JdkSSLEngineOptions;
import io.vertx.core.spi.tls.DefaultSslContextFactory;
import io.vertx.core.spi.tls.SslContextFactory;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.TrustManager;

/**
 * What listeners agree on with their clients. Protocols and ciphers that the JDK refuses whatever it is told (TLS 1.0 and
 * 1.1 among them) stay refused.
 *
 * @param protocols versions of TLS
 * @param ciphers Java's names, the one that is liked best first
 * @param times how long they wait
 */
public record ServerSuite(Set<String> protocols, List<String> ciphers, Times times) {

  private static final String STRONG =
      "ECDHE-ECDSA-AES128-GCM-SHA256:ECDHE-RSA-AES128-GCM-SHA256:ECDHE-ECDSA-AES256-GCM-SHA384:"
          + "ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-CHACHA20-POLY1305:ECDHE-RSA-CHACHA20-POLY1305:"
          + "DHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384:DHE-RSA-CHACHA20-POLY1305";
  private static final String WEAKER =
      ":ECDHE-ECDSA-AES128-SHA256:ECDHE-RSA-AES128-SHA256:ECDHE-ECDSA-AES128-SHA:ECDHE-RSA-AES128-SHA:"
          + "ECDHE-ECDSA-AES256-SHA384:ECDHE-RSA-AES256-SHA384:ECDHE-ECDSA-AES256-SHA:ECDHE-RSA-AES256-SHA:"
          + "DHE-RSA-AES128-SHA256:DHE-RSA-AES256-SHA256:AES128-GCM-SHA256:AES256-GCM-SHA384:AES128-SHA256:"
          + "AES256-SHA256:AES128-SHA:AES256-SHA";
  private static final String FIPS =
      "ECDHE-ECDSA-AES256-GCM-SHA384:ECDHE-RSA-AES256-GCM-SHA384:ECDHE-ECDSA-AES128-GCM-SHA256:"
          + "ECDHE-RSA-AES128-GCM-SHA256:DHE-RSA-AES256-GCM-SHA384:DHE-RSA-AES128-GCM-SHA256:"
          + "AES256-GCM-SHA384:AES128-GCM-SHA256";
  private static final List<String> BOTH = List.of("TLSv1.2", "TLSv1.3");

  /**
   * How long is waited, and sessions are kept.
   *
   * @param sessionSeconds how long a session may be resumed
   * @param sessions how many are kept at most, for each listener and event loop
   * @param handshakeMillis after which a client must have shaken hands, or is cut off
   */
  public record Times(int sessionSeconds, int sessions, int handshakeMillis) {}

  /** Copies what it is given. */
  public ServerSuite {
    protocols = Set.copyOf(protocols);
    ciphers = List.copyOf(ciphers);
  }

  /**
   * A suite by its name.
   *
   * @param name as in the setting {@code ssl_cipher_suite}
   * @param ciphers of the suite {@code custom}, in OpenSSL's names
   * @param protocols of the suite {@code custom}
   * @throws IllegalArgumentException when none of the ciphers is known
   */
  public static ServerSuite of(String name, Optional<String> ciphers, List<String> protocols, Times times) {
    return switch (name) {
      case "modern" -> suite(List.of("TLSv1.3"), "", times);
      case "old" -> suite(List.of("TLSv1", "TLSv1.1", "TLSv1.2", "TLSv1.3"), STRONG + WEAKER, times);
      case "fips" -> suite(List.of("TLSv1.2"), FIPS, times);
      case "custom" -> suite(protocols, ciphers.orElse(STRONG), times);
      default -> suite(BOTH, STRONG, times);
    };
  }

  private static ServerSuite suite(List<String> protocols, String openSsl, Times times) {
    Set<String> ciphers = new LinkedHashSet<>();
    if (protocols.contains("TLSv1.3")) {
      ciphers.addAll(CipherNames.TLS_1_3);
    }
    for (String name : openSsl.split("[:, ]+", -1)) {
      CipherNames.java(name).ifPresent(ciphers::add);
    }
    if (ciphers.isEmpty()) {
      throw new IllegalArgumentException("no cipher of '" + openSsl + "' is known");
    }
    ServerSuite suite = new ServerSuite(Set.copyOf(protocols), List.copyOf(ciphers), times);
    if (!protocols.contains("TLSv1.3")) {
      // Those of TLS 1.3 every JDK has: they need not be looked for before the first listener needs them.
      suite.usable();
    }
    return suite;
  }

  /** Never none: a server that is given none takes all that the JDK offers. */
  private List<String> usable() {
    List<String> usable = new ArrayList<>(ciphers);
    usable.retainAll(Known.CIPHERS);
    if (usable.isEmpty()) {
      throw new IllegalArgumentException("no cipher of '" + String.join(":", ciphers) + "' is known");
    }
    return usable;
  }

  /** The ciphers that this JDK has. To ask for them sets all of its TLS up: not before a listener needs it. */
  private static final class Known {
    static final Set<String> CIPHERS = ask();

    /** Not the default context, which would read all the authorities that the JDK trusts first. */
    private static Set<String> ask() {
      try {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(new KeyManager[0], new TrustManager[0], null);
        return Set.of(context.createSSLEngine().getSupportedCipherSuites());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("every JDK has TLS", e);
      }
    }
  }

  /** Has a server agree on nothing else. */
  public void configure(HttpServerOptions options) {
    options.setEnabledSecureTransportProtocols(protocols).setSslEngineOptions(new Engines(this, Optional.empty()));
    usable().forEach(options::addEnabledCipherSuite);
    options.setSslHandshakeTimeout(times.handshakeMillis()).setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
  }

  /** Has a server ask those clients for certificates that filters want to see them of; after {@link #configure}. */
  public void asking(HttpServerOptions options, AskedClients clients) {
    options.setSslEngineOptions(new Engines(this, Optional.of(clients)));
  }

  /** Bounds the sessions that a server keeps. */
  public void bound(SslContext context) {
    context.sessionContext().setSessionTimeout(times.sessionSeconds());
    context.sessionContext().setSessionCacheSize(times.sessions());
  }

  /** Vert.x keeps ciphers in no order, but it is the server's order that counts. */
  private static final class Engines extends JdkSSLEngineOptions {
    private final ServerSuite suite;
    private final Optional<AskedClients> clients;

    Engines(ServerSuite suite, Optional<AskedClients> clients) {
      this.suite = suite;
      this.clients = clients;
    }

    @Override
    public JdkSSLEngineOptions copy() {
      return this;
    }

    @Override
    public SslContextFactory sslContextFactory() {
      SslContextFactory plain = new Contexts(suite);
      return clients.<SslContextFactory>map(asked -> new AskingContexts(suite, plain, asked)).orElse(plain);
    }
  }

  private static final class Contexts extends DefaultSslContextFactory {
    private final ServerSuite suite;

    Contexts(ServerSuite suite) {
      super(SslProvider.JDK, false);
      this.suite = suite;
      super.enabledCipherSuites(new LinkedHashSet<>(suite.usable()));
    }

    @Override
    public SslContextFactory enabledCipherSuites(Set<String> unordered) {
      return this;
    }

    @Override
    public SslContext create() throws SSLException {
      SslContext context = super.create();
      suite.bound(context);
      return context;
    }
  }

  /** Makes both contexts of an {@link AskingContext}. */
  private static final class AskingContexts implements SslContextFactory {
    private final SslContextFactory silent;
    private final SslContextFactory asking;
    private final AskedClients clients;
    private String serverName = "";

    AskingContexts(ServerSuite suite, SslContextFactory silent, AskedClients clients) {
      this.silent = silent;
      this.asking = new Contexts(suite).clientAuth(ClientAuth.OPTIONAL);
      this.clients = clients;
    }

    @Override
    public SslContextFactory useAlpn(boolean use) {
      silent.useAlpn(use);
      asking.useAlpn(use);
      return this;
    }

    @Override
    public SslContextFactory forClient(boolean client) {
      silent.forClient(client);
      asking.forClient(client);
      return this;
    }

    /** They say whose context it is; Vert.x tells the name of whoever came first for the one that many share. */
    @Override
    public SslContextFactory keyMananagerFactory(KeyManagerFactory keys) {
      serverName = ServerKeys.serverName(keys);
      silent.keyMananagerFactory(keys);
      asking.keyMananagerFactory(keys);
      return this;
    }

    @Override
    public SslContextFactory applicationProtocols(List<String> names) {
      silent.applicationProtocols(names);
      asking.applicationProtocols(names);
      return this;
    }

    @Override
    public SslContext create() throws SSLException {
      String name = serverName;
      asking.trustManagerFactory(clients.trust(name));
      return new AskingContext(silent.create(), asking.create(), () -> clients.asks(name));
    }
  }
}
