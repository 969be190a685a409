package dev.sluice.plugins.serverless;

import dev.sluice.api.PluginContext;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.ProxyOptions;
import io.vertx.core.net.ProxyType;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** Calls functions over connections that all configurations of a plugin share. Safe for all threads. */
public final class FunctionClient {

  /** The longest body either way, in bytes: that of a function's answer is kept in memory. */
  public static final int LONGEST_BODY = 64 << 20;

  private static final int MOST_CONNECTIONS = 256;
  private static final int MILLIS = 1000;

  private final PluginContext lent;
  private final Map<Way, HttpClient> clients = new ConcurrentHashMap<>();

  /** A client of a plugin that has been lent this. */
  public FunctionClient(PluginContext lent) {
    this.lent = lent;
  }

  /**
   * How to connect.
   *
   * @param verify whether certificates are verified
   * @param keepaliveSeconds after which an idle connection is closed
   * @param proxyHost the HTTP proxy on the way; empty when there is none
   * @param proxyPort of that
   */
  public record Way(boolean verify, int keepaliveSeconds, String proxyHost, int proxyPort) {

    /** A way without a proxy. */
    public static Way direct(boolean verify, double keepaliveMillis) {
      return new Way(verify, seconds(keepaliveMillis), "", 0);
    }

    /** A way over a proxy. */
    public static Way over(String proxyHost, int proxyPort, boolean verify, double keepaliveMillis) {
      return new Way(verify, seconds(keepaliveMillis), proxyHost, proxyPort);
    }

    private static int seconds(double millis) {
      return (int) Math.max(1, Math.ceil(millis / MILLIS));
    }
  }

  /**
   * Sends a request, and collects the answer. The result arrives where this was called.
   *
   * @return fails when there is no whole answer in time
   */
  public Future<FunctionAnswer> send(Way way, RequestOptions request, Buffer body) {
    Future<FunctionAnswer> answer = clients.computeIfAbsent(way, this::client)
        .request(request)
        .compose(sending -> body.length() == 0 ? sending.send() : sending.send(body))
        .compose(FunctionClient::collect);
    Context caller = Vertx.currentContext();
    if (caller == null) {
      return answer;
    }
    Promise<FunctionAnswer> promise = Promise.promise();
    answer.onComplete(result -> caller.runOnContext(run -> promise.handle(result)));
    return promise.future();
  }

  private static Future<FunctionAnswer> collect(HttpClientResponse response) {
    Promise<FunctionAnswer> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    response.handler(chunk -> {
      body.appendBuffer(chunk);
      if (body.length() > LONGEST_BODY && whole.tryFail("the function's answer is longer than " + LONGEST_BODY)) {
        response.request().reset();
      }
    });
    response.exceptionHandler(whole::tryFail);
    response.endHandler(end -> whole.tryComplete(new FunctionAnswer(response.statusCode(), response.headers(), body)));
    return whole.future();
  }

  private HttpClient client(Way way) {
    HttpClientOptions options = new HttpClientOptions()
        .setKeepAliveTimeout(way.keepaliveSeconds())
        .setMaxPoolSize(MOST_CONNECTIONS)
        .setTrustAll(!way.verify())
        .setVerifyHost(way.verify());
    proxy(way).ifPresent(options::setProxyOptions);
    return lent.httpClient(options);
  }

  private static Optional<ProxyOptions> proxy(Way way) {
    return way.proxyHost().isEmpty()
        ? Optional.empty()
        : Optional.of(
            new ProxyOptions().setType(ProxyType.HTTP).setHost(way.proxyHost()).setPort(way.proxyPort()));
  }

  /** Milliseconds that Vert.x takes. */
  public static long timeout(double millis) {
    return (long) Math.max(1, millis);
  }
}
