package dev.sluice.testkit;

import dev.sluice.api.entity.CoreEntities;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The memory outside the heap that answers pass through is given back, whatever becomes of the answers. */
class ProxyMemoryTest {

  private static final int SIZE = 64 << 10;
  private static final int REQUESTS = 3000;
  private static final int CONNECTIONS = 8;
  private static final int BROKEN_OFF = 300;

  /** A quarter of what goes through; pools keep some megabytes of what they once had. */
  private static final long ENOUGH = (long) REQUESTS * SIZE / 4;

  private final Buffer body = Buffer.buffer("x".repeat(SIZE));
  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway = TestGateway.with().start();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void route(TestBackend backend) {
    JsonObject service =
        gateway.create(
            CoreEntities.SERVICES, new JsonObject().put("host", "127.0.0.1").put("port", backend.port()));
    gateway.create(
        CoreEntities.ROUTES,
        new JsonObject()
            .put("paths", new JsonArray().add("/"))
            .put("service", new JsonObject().put("id", service.getString("id"))));
  }

  private static long outsideTheHeap() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }

  @Test
  void ofAnswersWithALength() {
    through(request -> request.response().end(body));
  }

  @Test
  void ofAnswersInParts() {
    through(
        request -> {
          request.response().setChunked(true).write(body.slice(0, SIZE / 2));
          request.response().end(body.slice(SIZE / 2, SIZE));
        });
  }

  private void through(Handler<HttpServerRequest> answer) {
    try (TestBackend backend = TestBackend.of(answer)) {
      route(backend);
      long before = outsideTheHeap();
      try (Load load =
          Load.on(gateway.proxyPort(), "/", CONNECTIONS, (head, got) -> head.statusCode() == 200 && got.length() == SIZE)) {
        Await.until("enough requests", () -> load.sent() >= REQUESTS);
        assertThat(load.failed()).as(load.failures()).isZero();
      }
      assertThat(outsideTheHeap() - before).isLessThan(ENOUGH);
    }
  }

  @Test
  void ofAnswersThatNobodyWaitsFor() {
    Buffer big = Buffer.buffer("x".repeat(16 * SIZE));
    try (TestBackend backend = TestBackend.of(request -> request.response().end(big))) {
      route(backend);
      long before = outsideTheHeap();
      for (int i = 0; i < BROKEN_OFF; i++) {
        try (RawClient client = new RawClient(gateway.proxyPort())) {
          client.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").readUntil("\r\n\r\n");
        }
      }
      assertThat(outsideTheHeap() - before).isLessThan(ENOUGH);
    }
  }
}
