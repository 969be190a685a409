package dev.sluice.plugins.adminapi;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Targets that were taken out finish what they have begun, for all to see. */
class DrainingTest {

  private final Vertx vertx = Vertx.vertx();
  private final WebClient client = WebClient.create(vertx);
  private final Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
  private final TestGateway gateway = TestGateway.with(new AdminApiPlugin()).start();
  private final TestBackend slow = gateway.backend(TestBackend.of(this::hold));
  private final TestBackend quick = gateway.backend(TestBackend.echo());
  private JsonObject upstream;
  private JsonObject leaving;

  private void hold(HttpServerRequest request) {
    if (request.headers().contains("Sec-WebSocket-Key")) {
      request.toWebSocket().onSuccess(socket -> socket.textMessageHandler(text -> socket.writeTextMessage("re: " + text)));
    } else {
      held.add(request);
    }
  }

  @BeforeEach
  void configure() {
    upstream = gateway.create(CoreEntities.UPSTREAMS, new JsonObject().put("name", "up"));
    leaving = target(slow, 100);
    target(quick, 1);
    JsonObject service = gateway.create(CoreEntities.SERVICES, new JsonObject().put("host", "up"));
    gateway.create(
        CoreEntities.ROUTES,
        new JsonObject()
            .put("paths", new JsonArray().add("/"))
            .put("service", new JsonObject().put("id", service.getString("id"))));
  }

  @AfterEach
  void stop() {
    gateway.close();
    Await.result(vertx.close());
  }

  private JsonObject target(TestBackend backend, int weight) {
    return gateway.create(
        CoreEntities.TARGETS,
        new JsonObject()
            .put("target", "127.0.0.1:" + backend.port())
            .put("weight", weight)
            .put("upstream", new JsonObject().put("id", upstream.getString("id"))));
  }

  private JsonObject health() {
    HttpResponse<Buffer> answer = gateway.admin(HttpMethod.GET, "/upstreams/up/health?in_flight=1", Map.of(), Buffer.buffer());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.bodyAsJsonObject();
  }

  private Future<HttpResponse<Buffer>> begin() {
    Future<HttpResponse<Buffer>> answer = client.get(gateway.proxyPort(), "127.0.0.1", "/").send();
    Await.until("the request is there", () -> !held.isEmpty());
    return answer;
  }

  private void finish(Future<HttpResponse<Buffer>> begun) {
    held.remove().response().end("done");
    assertThat(Await.result(begun).bodyAsString()).isEqualTo("done");
  }

  private Optional<JsonObject> underWay() {
    return health().getJsonArray("in_flight").stream()
        .map(JsonObject.class::cast)
        .filter(row -> row.getInteger("port") == slow.port())
        .findFirst();
  }

  private JsonObject row(int requests, boolean draining) {
    return new JsonObject()
        .put("target", leaving.getString("target"))
        .put("ip", "127.0.0.1")
        .put("port", slow.port())
        .put("requests", requests)
        .put("draining", draining);
  }

  @Test
  void aDeletedTargetIsShownUntilItsLastRequestHasEnded() {
    Future<HttpResponse<Buffer>> begun = begin();
    assertThat(underWay()).contains(row(1, false));
    gateway.delete(CoreEntities.TARGETS, leaving.getString("id"));
    assertThat(underWay()).contains(row(1, true));
    assertThat(health().getJsonArray("data")).hasSize(1);
    assertThat(gateway.get("/").bodyAsJsonObject().getInteger("backend")).isEqualTo(quick.port());
    finish(begun);
    Await.until("nothing is left", () -> underWay().isEmpty());
  }

  @Test
  void aTargetOfNoWeightIsShownWithItsRequests() {
    Future<HttpResponse<Buffer>> begun = begin();
    gateway.update(CoreEntities.TARGETS, leaving.getString("id"), new JsonObject().put("weight", 0));
    assertThat(gateway.get("/").bodyAsJsonObject().getInteger("backend")).isEqualTo(quick.port());
    assertThat(underWay()).contains(row(1, true));
    finish(begun);
    Await.until("nothing is left", () -> underWay().equals(Optional.of(row(0, true))));
  }

  @Test
  void aTargetThatComesBackMeanwhileIsTheSame() {
    Future<HttpResponse<Buffer>> begun = begin();
    gateway.delete(CoreEntities.TARGETS, leaving.getString("id"));
    target(gateway.backend(TestBackend.echo()), 2);
    leaving = target(slow, 100);
    assertThat(underWay()).contains(row(1, false));
    finish(begun);
    Await.until("nothing is left", () -> underWay().equals(Optional.of(row(0, false))));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aSocketStaysOpenThoughItsTargetIsDeletedOrDrained(boolean deleted) throws InterruptedException {
    WebSocketClient sockets = vertx.createWebSocketClient();
    WebSocket socket = Await.result(sockets.connect(gateway.proxyPort(), "127.0.0.1", "/"));
    BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    socket.textMessageHandler(texts::add);
    Await.until("it is open", () -> underWay().equals(Optional.of(row(1, false))));
    if (deleted) {
      gateway.delete(CoreEntities.TARGETS, leaving.getString("id"));
    } else {
      gateway.update(CoreEntities.TARGETS, leaving.getString("id"), new JsonObject().put("weight", 0));
    }
    assertThat(gateway.get("/").bodyAsJsonObject().getInteger("backend")).isEqualTo(quick.port());
    for (int i = 0; i < 10; i++) {
      socket.writeTextMessage("message " + i);
      assertThat(texts.poll(60, TimeUnit.SECONDS)).isEqualTo("re: message " + i);
    }
    assertThat(underWay()).contains(row(1, true));
    Await.result(socket.close());
    Await.until("nothing is left", () -> underWay().filter(left -> left.getInteger("requests") > 0).isEmpty());
  }

  @Test
  void whoDoesNotAskGetsWhatKongTells() {
    HttpResponse<Buffer> answer = gateway.admin(HttpMethod.GET, "/upstreams/up/health", Map.of(), Buffer.buffer());
    assertThat(answer.bodyAsString()).doesNotContain("in_flight", "draining");
  }
}
