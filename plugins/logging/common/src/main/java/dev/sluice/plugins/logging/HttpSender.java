package dev.sluice.plugins.logging;

import dev.sluice.api.PluginContext;
import dev.sluice.api.security.TrustedAuthorities;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.PemTrustOptions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Sends bodies to HTTP servers, over connections that all configurations of a plugin share. Safe for all threads. */
public final class HttpSender {

  private static final int MOST_CONNECTIONS = 32;
  private static final int MILLIS = 1000;
  private static final int GOOD = 300;

  private final PluginContext lent;
  private final Consumer<HttpClientOptions> trust;
  private final Map<Integer, HttpClient> clients = new ConcurrentHashMap<>();

  /** A sender of a plugin that has been lent this. It does not ask who servers are. */
  public HttpSender(PluginContext lent) {
    this(lent, options -> options.setTrustAll(true).setVerifyHost(false));
  }

  private HttpSender(PluginContext lent, Consumer<HttpClientOptions> trust) {
    this.lent = lent;
    this.trust = trust;
  }

  /** A sender to servers whose certificates the node trusts: those of {@code lua_ssl_trusted_certificate}. */
  public static HttpSender verifying(PluginContext lent) {
    Optional<PemTrustOptions> trusted = TrustedAuthorities.of(lent.node());
    return new HttpSender(lent, options -> trusted.ifPresent(options::setTrustOptions));
  }

  /**
   * How to send.
   *
   * @param method of the request
   * @param to the server
   * @param headers of each request
   * @param connect milliseconds for a connection
   * @param timeout milliseconds without a byte in either direction
   * @param keepalive milliseconds after which an idle connection is closed
   */
  public record Way(
      String method, HttpTarget to, MultiMap headers, double connect, double timeout, double keepalive) {

    /** A way with one timeout for everything. */
    public Way(String method, HttpTarget to, MultiMap headers, double timeout, double keepalive) {
      this(method, to, headers, timeout, timeout, keepalive);
    }
  }

  /**
   * Sends a body.
   *
   * @return fails when the server cannot be reached in time, or does not answer with a status below 300
   */
  public Future<Void> send(Way way, Buffer body) {
    return client(way.keepalive())
        .request(way.to().request()
            .setMethod(HttpMethod.valueOf(way.method()))
            .setConnectTimeout(positive(way.connect()))
            .setIdleTimeout(positive(way.timeout())))
        .compose(request -> {
          request.headers().addAll(way.headers());
          return request.send(body);
        })
        .compose(response -> judged(way, response));
  }

  private static Future<Void> judged(Way way, HttpClientResponse response) {
    int status = response.statusCode();
    return response.end().compose(end ->
        status < GOOD
            ? Future.succeededFuture()
            : Future.failedFuture("request to " + way.to() + " returned status code " + status));
  }

  private HttpClient client(double keepalive) {
    int seconds = (int) Math.max(1, Math.ceil(keepalive / MILLIS));
    return clients.computeIfAbsent(seconds, each -> {
      HttpClientOptions options = new HttpClientOptions().setKeepAliveTimeout(each).setMaxPoolSize(MOST_CONNECTIONS);
      trust.accept(options);
      return lent.httpClient(options);
    });
  }

  private static long positive(double millis) {
    return (long) Math.max(1, millis);
  }
}
