package dev.sluice.testkit;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Sends one request after another on several connections while sides are switched, and holds every answer against the
 * promise: a request that is sent after a switch was acknowledged is answered by no older side, and none is answered by a
 * side that nobody has begun to switch to.
 */
public final class SwitchLoad implements AutoCloseable {

  private static final int KEPT_FAILURES = 20;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client;
  private final int port;
  private final String path;
  private final Map<String, String> headers;
  private final Function<Buffer, String> sideOf;
  private final List<String> sides = new CopyOnWriteArrayList<>();
  private final AtomicInteger acknowledged = new AtomicInteger();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong failed = new AtomicLong();
  private final AtomicLong open = new AtomicLong();
  private final Queue<String> failures = new ConcurrentLinkedQueue<>();
  private volatile boolean stopping;

  /**
   * Begins.
   *
   * @param sideOf the side that has answered, by the body of the answer
   * @param first the side that is switched to now
   */
  public SwitchLoad(
      int port,
      String path,
      Map<String, String> headers,
      int connections,
      Function<Buffer, String> sideOf,
      String first) {
    this.port = port;
    this.path = path;
    this.headers = headers;
    this.sideOf = sideOf;
    sides.add(first);
    client =
        vertx.createHttpClient(
            new HttpClientOptions().setDefaultHost("127.0.0.1").setConnectTimeout(10_000),
            new PoolOptions().setHttp1MaxSize(connections));
    for (int i = 0; i < connections; i++) {
      open.incrementAndGet();
      next();
    }
  }

  /** Runs a switch; it is acknowledged when the call returns. */
  public void switchTo(String side, Runnable write) {
    sides.add(side);
    write.run();
    acknowledged.incrementAndGet();
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
              int since = acknowledged.get();
              return request.send().compose(response -> response.body().map(body -> judge(response, body, since)));
            })
        .onComplete(
            done -> {
              sent.incrementAndGet();
              if (done.failed()) {
                fail(String.valueOf(done.cause()));
              }
              next();
            });
  }

  private Void judge(HttpClientResponse response, Buffer body, int since) {
    if (response.statusCode() != 200) {
      fail(response.statusCode() + " " + body);
      return null;
    }
    String side = sideOf.apply(body);
    // A copy, since a view of the list fails when somebody switches meanwhile.
    List<String> known = List.copyOf(sides);
    List<String> allowed = known.subList(since, known.size());
    if (!allowed.contains(side)) {
      fail("'" + side + "' has answered, allowed were " + allowed);
    }
    return null;
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

  /** Requests that failed, or that the wrong side has answered. */
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
