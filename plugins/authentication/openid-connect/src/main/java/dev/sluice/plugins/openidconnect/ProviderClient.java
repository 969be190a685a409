package dev.sluice.plugins.openidconnect;

import dev.sluice.api.PluginContext;
import dev.sluice.api.security.TrustedAuthorities;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Asks providers. Redirects are not followed, answers are bounded. Safe for all threads; results arrive where it was called. */
final class ProviderClient {

  private static final int LONGEST_ANSWER = 1 << 20;
  private static final int MOST_CONNECTIONS = 64;
  /** More than so many tokens that have to be asked for are turned away. */
  private static final int MOST_WAITING = 1024;

  private final PluginContext lent;
  private final Map<Boolean, HttpClient> clients = new ConcurrentHashMap<>();

  ProviderClient(PluginContext lent) {
    this.lent = lent;
  }

  /**
   * What a provider has said.
   *
   * @param status of HTTP
   * @param body the whole of it
   */
  record Reply(int status, Buffer body) {}

  /**
   * Sends a request.
   *
   * @param verify whether the provider's certificate is looked at
   * @param millis within which the whole answer must be there
   * @return fails when it is not, or is too long
   */
  Future<Reply> send(boolean verify, long millis, RequestOptions request, Buffer body) {
    Future<Reply> reply = clients.computeIfAbsent(verify, this::client)
        .request(request.setTimeout(millis).setConnectTimeout(millis))
        .compose(sending -> within(millis, sending, sending.send(body).compose(ProviderClient::collect)));
    return here(reply);
  }

  private static Future<Reply> within(long millis, HttpClientRequest request, Future<Reply> reply) {
    return reply.timeout(millis, TimeUnit.MILLISECONDS).onFailure(cause -> request.reset());
  }

  private static Future<Reply> collect(HttpClientResponse response) {
    Promise<Reply> whole = Promise.promise();
    Buffer body = Buffer.buffer();
    response.handler(chunk -> {
      if (body.length() + chunk.length() > LONGEST_ANSWER) {
        whole.tryFail(new IOException("the answer is longer than " + LONGEST_ANSWER + " bytes"));
      } else {
        body.appendBuffer(chunk);
      }
    });
    response.exceptionHandler(whole::tryFail);
    response.endHandler(end -> whole.tryComplete(new Reply(response.statusCode(), body)));
    return whole.future();
  }

  /** The same result on the event loop of the caller. */
  static <T> Future<T> here(Future<T> future) {
    Context caller = Vertx.currentContext();
    if (caller == null || future.isComplete()) {
      return future;
    }
    Promise<T> promise = Promise.promise();
    future.onComplete(result -> caller.runOnContext(run -> promise.handle(result)));
    return promise.future();
  }

  private HttpClient client(boolean verify) {
    HttpClientOptions options = new HttpClientOptions()
        .setMaxPoolSize(MOST_CONNECTIONS)
        .setMaxWaitQueueSize(MOST_WAITING)
        .setTrustAll(!verify)
        .setVerifyHost(verify);
    if (verify) {
      TrustedAuthorities.of(lent.node()).ifPresent(options::setTrustOptions);
    }
    return lent.httpClient(options);
  }
}
