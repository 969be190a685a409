package dev.sluice.conformance;

import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;

/**
 * Requests at a steady rate, whether the answers come or not, until it is closed. Times count from when a request was
 * due, so that one slow answer is not hidden by those that wait behind it.
 */
final class Load implements AutoCloseable {

  private static final int CONNECTIONS = 64;
  private static final int KEPT_FAILURES = 20;
  private static final int PACE_MILLIS = 2;

  private final Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
  private final HttpClient client;
  private final int port;
  private final String path;
  private final double perNano;
  private final Predicate<HttpClientResponse> good;
  private final long begun = System.nanoTime();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong ended = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private final List<Long> nanos = Collections.synchronizedList(new ArrayList<>());
  private volatile String name = "127.0.0.1";
  private volatile long stopped;

  private Load(
      int port, String path, int perSecond, HttpClientOptions options, Predicate<HttpClientResponse> good) {
    this.port = port;
    this.path = path;
    this.perNano = perSecond / 1e9;
    this.good = good;
    this.client =
        vertx.createHttpClient(options, new PoolOptions().setHttp1MaxSize(CONNECTIONS));
    vertx.setPeriodic(PACE_MILLIS, pace -> keepPace());
  }

  /** Begins: answers are good when they have status 200 and pass a test. */
  static Load on(int port, String path, int perSecond, Predicate<HttpClientResponse> good) {
    return new Load(port, path, perSecond, new HttpClientOptions(), good);
  }

  /** Begins, with a handshake for each request, in which a name is asked for and any certificate will do. */
  static Load handshakes(int port, String name, String path, int perSecond) {
    HttpClientOptions options =
        new HttpClientOptions()
            .setSsl(true)
            .setTrustAll(true)
            .setVerifyHost(false)
            .setForceSni(true)
            .setKeepAlive(false);
    Load load = new Load(port, path, perSecond, options, answer -> true);
    load.name = name;
    return load;
  }

  private void keepPace() {
    long due = (long) ((System.nanoTime() - begun) * perNano);
    while (stopped == 0 && sent.get() < due) {
      request(begun + (long) (sent.getAndIncrement() / perNano));
    }
  }

  private void request(long due) {
    client
        .request(
            new RequestOptions()
                .setServer(SocketAddress.inetSocketAddress(port, "127.0.0.1"))
                .setHost(name)
                .setPort(port)
                .setMethod(HttpMethod.GET)
                .setURI(path))
        .compose(request -> request.send())
        .compose(
            answer ->
                answer
                    .body()
                    .map(
                        body -> {
                          if (answer.statusCode() != 200 || !good.test(answer)) {
                            fail(answer.statusCode() + " " + answer.headers().entries() + " " + body);
                          }
                          return body;
                        }))
        .onComplete(
            done -> {
              nanos.add(System.nanoTime() - due);
              if (done.failed()) {
                fail(String.valueOf(done.cause()));
              }
              ended.incrementAndGet();
            });
  }

  private void fail(String what) {
    failed.incrementAndGet();
    if (failures.size() < KEPT_FAILURES) {
      failures.add((System.nanoTime() - begun) / 1_000_000 + " ms: " + what);
    }
  }

  /** Requests that have ended. */
  long ended() {
    return ended.get();
  }

  long failed() {
    return failed.get();
  }

  /** What the first failures were, and when. */
  String failures() {
    return String.join("\n", failures);
  }

  void awaitMore(long requests) {
    long goal = ended.get() + requests;
    Await.until(() -> requests + " more requests; failed are:\n" + failures(), () -> ended.get() >= goal);
  }

  /** Prints what was sent and how long the answers took. To be asked after the end. */
  void show(String name) {
    List<Long> sorted = new ArrayList<>(nanos);
    Collections.sort(sorted);
    String rate = String.format(Locale.ROOT, "%.0f/s", ended.get() / ((stopped - begun) / 1e9));
    Figures.show(name + ", requests", ended.get() + " at " + rate + ", " + failed.get() + " failed");
    Figures.show(
        name + ", latency p50 / p99 / longest",
        String.join(" / ", part(sorted, 0.5), part(sorted, 0.99), part(sorted, 1)));
  }

  private static String part(List<Long> sorted, double quantile) {
    return Figures.millis(sorted.get((int) Math.min(sorted.size() - 1L, (long) (sorted.size() * quantile))));
  }

  /** Sends no more and waits for the answers to what was sent. */
  void stop() {
    if (stopped == 0) {
      Promise<Void> quiet = Promise.promise();
      // On the one event loop there is: no request is on the way out meanwhile.
      vertx.runOnContext(
          here -> {
            stopped = System.nanoTime();
            quiet.complete();
          });
      Await.result(quiet.future());
      Await.until("the last requests have ended", () -> ended.get() == sent.get());
    }
  }

  @Override
  public void close() {
    stop();
    Await.result(vertx.close());
  }
}
