package dev.sluice.plugins.mirror;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.Load;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Many requests, and a shadow of many moods: whatever is taken for a copy is given back. */
class MirrorLoadTest extends MirrorFixture {

  private static final int REQUESTS = Integer.getInteger("sluice.mirror.requests", 2_000);
  private static final int SIZE = 32 << 10;
  private static final int CONNECTIONS = 8;
  private static final int IN_FLIGHT = 16;

  /** A quarter of what the clients get, and again of what the shadow sends. */
  private static final long ENOUGH = (long) REQUESTS * SIZE / 4;

  private final Buffer body = Buffer.buffer("x".repeat(SIZE));
  private final Set<HttpConnection> open = ConcurrentHashMap.newKeySet();
  private final AtomicInteger turn = new AtomicInteger();

  private static long outsideTheHeap() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  private void moody(HttpServerRequest request) {
    HttpConnection connection = request.connection();
    if (open.add(connection)) {
      connection.closeHandler(closed -> open.remove(connection));
    }
    switch (turn.getAndIncrement() % 10) {
      case 0 -> connection.close();
      case 1 -> request.response().setStatusCode(500).end(body);
      case 2 -> request.response().end(Buffer.buffer().appendBuffer(body).appendBuffer(body).appendBuffer(body));
      case 3 -> request.response().setChunked(true).write(body).onComplete(sent -> connection.close());
      default -> request.response().end(body);
    }
  }

  @Test
  void whatIsTakenIsGivenBack() {
    primary = request -> request.response().end(body);
    shadow = this::moody;
    configure(new JsonObject().put("max_in_flight", IN_FLIGHT));
    long before = outsideTheHeap();
    Load load =
        Load.on(gateway.proxyPort(), "/", CONNECTIONS, (head, got) -> head.statusCode() == 200 && got.length() == SIZE);
    try (load) {
      while (load.sent() < REQUESTS) {
        load.awaitMore(CONNECTIONS);
        // What the test remembers of requests is not what it looks for.
        atPrimary.clear();
        atShadow.clear();
      }
    }
    assertThat(load.failed()).as(load.failures()).isZero();
    long sent = load.sent();
    JsonObject status = seen((int) sent);
    assertThat(status.getInteger("different")).isPositive();
    assertThat(status.getJsonObject("shadow_errors").getInteger("broken")).isPositive();
    assertThat(status.getJsonObject("not_compared").getInteger("answer_body")).isPositive();
    assertThat(outsideTheHeap() - before).isLessThan(ENOUGH);
    Await.until("no more connections are kept than could be used", () -> open.size() <= IN_FLIGHT + CONNECTIONS);
    System.out.println(sent + " requests, " + status.getInteger("mirrored") + " copies, " + open.size() + " connections kept");
  }
}
