package dev.sluice.plugins.acme;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.Authenticator;
import java.net.CookieHandler;
import java.net.ProxySelector;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;

/**
 * The HTTP client of the JDK as acme4j uses it, made of one that the gateway lends: that has no threads of its own,
 * which would outlive the plugin. Only {@link #send} works; it blocks, and is for the threads of {@code PluginContext}
 * alone.
 */
final class LentHttp extends HttpClient {

  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final io.vertx.core.http.HttpClient lent;

  LentHttp(io.vertx.core.http.HttpClient lent) {
    this.lent = lent;
  }

  /** An answer, all of it. */
  private record Whole(int status, Map<String, List<String>> headers, Buffer body) {}

  @Override
  public <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> handler)
      throws IOException, InterruptedException {
    Promise<Whole> promise = Promise.promise();
    // On the event loop from the first step on: from here the body could have passed before anybody has asked for it.
    Vertx.currentContext().runOnContext(here -> exchange(request).onComplete(promise));
    Whole whole;
    try {
      whole = promise
          .future()
          .toCompletionStage()
          .toCompletableFuture()
          .get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw new IOException(request.uri().getHost() + " does not answer: " + e.getCause().getMessage(), e.getCause());
    } catch (TimeoutException e) {
      throw new IOException(request.uri().getHost() + " does not answer", e);
    }
    HttpHeaders headers = HttpHeaders.of(whole.headers(), (name, value) -> true);
    HttpResponse.BodySubscriber<T> subscriber = handler.apply(new Info(whole.status(), headers));
    subscriber.onSubscribe(new NoSubscription());
    subscriber.onNext(List.of(ByteBuffer.wrap(whole.body().getBytes())));
    subscriber.onComplete();
    return new Response<>(request, whole.status(), headers, subscriber.getBody().toCompletableFuture().join());
  }

  private Future<Whole> exchange(HttpRequest request) {
    RequestOptions options = new RequestOptions()
        .setAbsoluteURI(request.uri().toString())
        .setMethod(HttpMethod.valueOf(request.method()))
        .setFollowRedirects(request.method().equals("GET"))
        .setConnectTimeout(PATIENCE.toMillis())
        .setTimeout(PATIENCE.toMillis());
    request.headers().map().forEach((name, values) -> values.forEach(value -> options.addHeader(name, value)));
    return lent
        .request(options)
        .compose(made -> made.send(Buffer.buffer(body(request))))
        .compose(answer -> answer.body().map(body -> new Whole(answer.statusCode(), headers(answer), body)));
  }

  private static Map<String, List<String>> headers(HttpClientResponse answer) {
    Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    answer.headers().names().forEach(name -> headers.put(name, answer.headers().getAll(name)));
    return headers;
  }

  /** Bodies are texts in memory: they are there as soon as they are asked for. */
  private static byte[] body(HttpRequest request) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    request.bodyPublisher().ifPresent(publisher -> publisher.subscribe(new Flow.Subscriber<>() {
      @Override
      public void onSubscribe(Flow.Subscription subscription) {
        subscription.request(Long.MAX_VALUE);
      }

      @Override
      public void onNext(ByteBuffer part) {
        byte[] copy = new byte[part.remaining()];
        part.get(copy);
        bytes.writeBytes(copy);
      }

      @Override
      public void onError(Throwable cause) {
        throw new IllegalStateException(cause);
      }

      @Override
      public void onComplete() {
        // All is there.
      }
    }));
    return bytes.toByteArray();
  }

  private record Info(int statusCode, HttpHeaders headers) implements HttpResponse.ResponseInfo {
    @Override
    public Version version() {
      return Version.HTTP_1_1;
    }
  }

  private record Response<T>(HttpRequest request, int statusCode, HttpHeaders headers, T body)
      implements HttpResponse<T> {
    @Override
    public Optional<HttpResponse<T>> previousResponse() {
      return Optional.empty();
    }

    @Override
    public Optional<javax.net.ssl.SSLSession> sslSession() {
      return Optional.empty();
    }

    @Override
    public URI uri() {
      return request.uri();
    }

    @Override
    public Version version() {
      return Version.HTTP_1_1;
    }
  }

  /** All comes at once, whatever is asked for. */
  private static final class NoSubscription implements Flow.Subscription {
    @Override
    public void request(long count) {
      // It is on its way.
    }

    @Override
    public void cancel() {
      // It has come already.
    }
  }

  @Override
  public Optional<CookieHandler> cookieHandler() {
    return Optional.empty();
  }

  @Override
  public Optional<Duration> connectTimeout() {
    return Optional.of(PATIENCE);
  }

  @Override
  public Redirect followRedirects() {
    return Redirect.NORMAL;
  }

  @Override
  public Optional<ProxySelector> proxy() {
    return Optional.empty();
  }

  @Override
  public SSLContext sslContext() {
    throw new UnsupportedOperationException("the gateway keeps it to itself");
  }

  @Override
  public SSLParameters sslParameters() {
    throw new UnsupportedOperationException("the gateway keeps them to itself");
  }

  @Override
  public Optional<Authenticator> authenticator() {
    return Optional.empty();
  }

  @Override
  public Version version() {
    return Version.HTTP_1_1;
  }

  @Override
  public Optional<Executor> executor() {
    return Optional.empty();
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, HttpResponse.BodyHandler<T> handler) {
    throw new UnsupportedOperationException("acme4j does not use it");
  }

  @Override
  public <T> CompletableFuture<HttpResponse<T>> sendAsync(
      HttpRequest request, HttpResponse.BodyHandler<T> handler, HttpResponse.PushPromiseHandler<T> push) {
    throw new UnsupportedOperationException("acme4j does not use it");
  }
}
