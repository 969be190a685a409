package dev.sluice.testkit;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import java.util.function.Supplier;

/** Sends one request after another on several connections until it is closed, and counts those that fail. */
public final class Load implements AutoCloseable {

  private static final int KEPT_FAILURES = 20;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client;
  private final int port;
  private final String path;
  private final Map<String, String> headers;
  private final Supplier<Judge> judges;
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong open = new AtomicLong();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean stopping;

  /** Judges one answer. */
  @FunctionalInterface
  interface Judge {
    /** What is wrong with it; empty when nothing is. */
    Optional<String> wrong(HttpClientResponse answer, Buffer body);
  }

  /**
   * Begins.
   *
   * @param judges asked for one before each request is sent
   */
  Load(int port, String path, Map<String, String> headers, int connections, Supplier<Judge> judges) {
    this.port = port;
    this.path = path;
    this.headers = headers;
    this.judges = judges;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setDefaultHost("127.0.0.1").setConnectTimeout(10_000),
            new PoolOptions().setHttp1MaxSize(connections));
    for (int i = 0; i < connections; i++) {
      open.incrementAndGet();
      next();
    }
  }

  /** Begins. */
  public static Load on(int port, String path, int connections, BiPredicate<HttpClientResponse, Buffer> good) {
    return on(port, path, Map.of(), connections, good);
  }

  /** Begins, with headers on every request. */
  public static Load on(
      int port,
      String path,
      Map<String, String> headers,
      int connections,
      BiPredicate<HttpClientResponse, Buffer> good) {
    Judge judge =
        (answer, body) -> good.test(answer, body) ? Optional.empty() : Optional.of(answer.statusCode() + " " + body);
    return new Load(port, path, headers, connections, () -> judge);
  }

  private void next() {
    if (stopping) {
      open.decrementAndGet();
      return;
    }
    client
        .request(HttpMethod.GET, port, "127.0.0.1", path)
        .compose(
            request -> {
              headers.forEach(request::putHeader);
              Judge judge = judges.get();
              return request.send().compose(answer -> answer.body().map(body -> judge.wrong(answer, body)));
            })
        .onComplete(
            done -> {
              sent.incrementAndGet();
              if (done.failed()) {
                fail(String.valueOf(done.cause()));
              } else {
                done.result().ifPresent(this::fail);
              }
              next();
            });
  }

  private void fail(String what) {
    failed.incrementAndGet();
    if (failures.size() < KEPT_FAILURES) {
      failures.add(what);
    }
  }

  /** Requests that have ended. */
  public long sent() {
    return sent.get();
  }

  /** Requests that failed, or whose answer was not good. */
  public long failed() {
    return failed.get();
  }

  /** What the first failures were. */
  public String failures() {
    return String.join("\n", failures);
  }

  /** Waits until so many more requests have ended. */
  public void awaitMore(long requests) {
    long goal = sent.get() + requests;
    Await.until(requests + " more requests", () -> sent.get() >= goal);
  }

  @Override
  public void close() {
    stopping = true;
    Await.until("the last requests have ended", () -> open.get() == 0);
    Await.result(client.close());
    Await.result(vertx.close());
  }
}
