package dev.sluice.kernel.stream;

import dev.sluice.kernel.tls.ServerSuite;
import io.netty.buffer.ByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLException;

/**
 * Ends the encryption of connections whose greeting was looked at first, which Vert.x's servers cannot do. Which
 * certificate is shown is looked up at each handshake; the contexts are kept by server name. Safe for all threads.
 */
public final class StreamTls {

  private static final int REMEMBERED = 1000;

  private final KeyManagerFactory fallback;
  private final Function<String, KeyManagerFactory> byName;
  private final Set<String> protocols;
  private final Set<String> ciphers;
  private final ServerSuite suite;
  private final Map<String, SslContext> contexts =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SslContext> eldest) {
          return size() > REMEMBERED;
        }
      };

  /**
   * Reads the keys of a listener; blocks.
   *
   * @param options as a listener for requests would have them
   * @param suite bounds sessions
   */
  public StreamTls(Vertx vertx, HttpServerOptions options, ServerSuite suite) throws Exception {
    this.suite = suite;
    KeyCertOptions keys = options.getKeyCertOptions();
    this.fallback = keys.getKeyManagerFactory(vertx);
    this.byName = keys.keyManagerFactoryMapper(vertx);
    this.protocols = options.getEnabledSecureTransportProtocols();
    this.ciphers = options.getEnabledCipherSuites();
  }

  /** What speaks TLS with a client that has asked for a server name; an empty one when it asked for none. */
  SslHandler handler(String name, ByteBufAllocator allocator) throws SSLException {
    return context(name).newHandler(allocator);
  }

  private synchronized SslContext context(String name) throws SSLException {
    KeyManagerFactory own = name.isEmpty() ? null : byName.apply(name);
    String key = own == null ? "" : name;
    SslContext known = contexts.get(key);
    if (known == null) {
      SslContextBuilder builder =
          SslContextBuilder.forServer(own == null ? fallback : own).sslProvider(SslProvider.JDK).protocols(protocols);
      known = (ciphers.isEmpty() ? builder : builder.ciphers(ciphers)).build();
      suite.bound(known);
      contexts.put(key, known);
    }
    return known;
  }
}
