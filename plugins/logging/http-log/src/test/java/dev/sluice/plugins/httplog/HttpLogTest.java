package dev.sluice.plugins.httplog;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HttpLogTest {

  private final List<HttpServerRequest> heads = new CopyOnWriteArrayList<>();
  private final List<String> bodies = new CopyOnWriteArrayList<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private TestGateway gateway;
  private TestBackend server;
  private JsonObject route;

  @BeforeEach
  void start() {
    gateway = TestGateway.with(new HttpLogPlugin()).start();
    route = gateway.route("/");
    server = gateway.backend(TestBackend.of(this::take));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void take(HttpServerRequest request) {
    request.body().onSuccess(body -> {
      boolean refused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
      if (!refused) {
        heads.add(request);
        bodies.add(body.toString());
      }
      request.response().setStatusCode(refused ? 503 : 201).end("whatever");
    });
  }

  private void configure(JsonObject more) {
    gateway.plugin("http-log", more.put("http_endpoint", "http://me:pw@127.0.0.1:" + server.port() + "/in?x=1"), route);
  }

  @Test
  void everyRequestIsSent() {
    configure(new JsonObject().put("method", "PUT").put("headers", new JsonObject().put("X-Token", "t")));
    gateway.get("/a");
    gateway.get("/b");
    Await.until("both have arrived", () -> bodies.size() == 2);
    assertThat(heads).allSatisfy(head -> {
      assertThat(head.method().name()).isEqualTo("PUT");
      assertThat(head.uri()).isEqualTo("/in?x=1");
      assertThat(head.getHeader("Authorization")).isEqualTo("Basic bWU6cHc=");
      assertThat(head.getHeader("Content-Type")).isEqualTo("application/json");
      assertThat(head.getHeader("X-Token")).isEqualTo("t");
    });
    assertThat(new JsonObject(bodies.get(0)).getJsonObject("request").getString("uri")).isEqualTo("/a");
    assertThat(new JsonObject(bodies.get(1)).getJsonObject("request").getString("uri")).isEqualTo("/b");
  }

  @Test
  void batchesAreLists() {
    configure(new JsonObject().put("queue", new JsonObject().put("max_batch_size", 3).put("max_coalescing_delay", 2)));
    for (int i = 0; i < 4; i++) {
      gateway.get("/" + i);
    }
    Await.until("both batches have arrived", () -> bodies.size() == 2);
    assertThat(new JsonArray(bodies.get(0))).hasSize(3);
    assertThat(new JsonArray(bodies.get(1))).hasSize(1);
  }

  @Test
  void whatIsRefusedIsSentAgain() {
    refusals.set(3);
    configure(new JsonObject());
    gateway.get("/a");
    Await.until("it has arrived", () -> bodies.size() == 1);
    assertThat(refusals).hasValue(0);
  }

  @Test
  void aServerThatIsDownHarmsNoRequest() {
    server.close();
    configure(new JsonObject().put("queue", new JsonObject().put("max_retry_time", 0.1)));
    for (int i = 0; i < 20; i++) {
      assertThat(gateway.get("/").statusCode()).isEqualTo(200);
    }
    server = gateway.backend(TestBackend.at(server.port(), this::take));
    gateway.get("/last");
    Await.until("the last one has arrived", () -> bodies.stream().anyMatch(body -> body.contains("/last")));
  }

  @Test
  void whatWaitsIsSentAtTheEnd() {
    configure(new JsonObject().put("queue", new JsonObject().put("max_batch_size", 100).put("max_coalescing_delay", 600)));
    gateway.get("/a");
    gateway.get("/b");
    gateway.close();
    assertThat(bodies).hasSize(1);
    assertThat(new JsonArray(bodies.get(0))).hasSize(2);
    start();
  }
}
