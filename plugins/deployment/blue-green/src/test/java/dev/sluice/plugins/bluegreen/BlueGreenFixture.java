package dev.sluice.plugins.bluegreen;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.plugins.ledger.LedgerPlugin;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.EndpointsAlone;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway with two sides, whose backends answer by their side's name and the preview header that they see. */
abstract class BlueGreenFixture {

  static final String STATUS = "/services/api/blue-green";
  static final JsonObject NOTHING = new JsonObject();

  TestGateway gateway;
  volatile int greenStatus = 200;
  final Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();
  private JsonObject service;
  private JsonObject empty;

  @BeforeEach
  void start() {
    gateway = TestGateway.with(new BlueGreenPlugin(), new LedgerPlugin(), new Sample(), new EndpointsAlone()).start();
    upstream("blue-up", gateway.backend(TestBackend.of(this::blue)));
    upstream("green-up", gateway.backend(TestBackend.of(this::green)));
    empty = gateway.create(CoreEntities.UPSTREAMS, new JsonObject().put("name", "empty-up"));
    service = gateway.create(CoreEntities.SERVICES, new JsonObject().put("name", "api").put("host", "127.0.0.1"));
    gateway.create(
        CoreEntities.ROUTES,
        new JsonObject()
            .put("name", "way")
            .put("paths", new JsonArray().add("/"))
            .put("strip_path", false)
            .put("service", reference(service)));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void blue(HttpServerRequest request) {
    if (request.path().equals("/held")) {
      held.add(request);
    } else {
      request.response().end("blue " + request.getHeader("X-Preview"));
    }
  }

  private void green(HttpServerRequest request) {
    if (request.path().equals("/held")) {
      held.add(request);
      return;
    }
    request.response().setStatusCode(greenStatus).end("green " + request.getHeader("X-Preview"));
  }

  static JsonObject reference(JsonObject entity) {
    return new JsonObject().put("id", entity.getString("id"));
  }

  private void upstream(String name, TestBackend backend) {
    target(gateway.create(CoreEntities.UPSTREAMS, new JsonObject().put("name", name)), backend);
  }

  private void target(JsonObject upstream, TestBackend backend) {
    gateway.create(
        CoreEntities.TARGETS,
        new JsonObject().put("target", "127.0.0.1:" + backend.port()).put("upstream", reference(upstream)));
  }

  /** The upstream that had no target gets one, which answers as blue. */
  void fillTheEmptyOne() {
    target(empty, gateway.backend(TestBackend.of(this::blue)));
  }

  /** Configures the service; gives back the id of the entity. */
  String configure(JsonObject more) {
    JsonObject config = new JsonObject().put("blue", "blue-up").put("green", "green-up").mergeIn(more);
    JsonObject plugin =
        new JsonObject().put("name", "blue-green").put("config", config).put("service", reference(service));
    return gateway.create(CoreEntities.PLUGINS, plugin).getString("id");
  }

  String side() {
    return side(Map.of());
  }

  String side(Map<String, String> headers) {
    return gateway.get("/", headers).bodyAsString();
  }

  JsonObject get(String path) {
    HttpResponse<Buffer> answer = gateway.admin(HttpMethod.GET, path, Map.of(), Buffer.buffer());
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return answer.bodyAsJsonObject();
  }

  HttpResponse<Buffer> post(String path, JsonObject body) {
    return gateway.admin(HttpMethod.POST, path, Map.of("Content-Type", "application/json"), body.toBuffer());
  }

  JsonObject posted(String path, JsonObject body) {
    HttpResponse<Buffer> answer = post(path, body);
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return answer.bodyAsJsonObject();
  }

  void refused(String path, JsonObject body, int status, String message) {
    HttpResponse<Buffer> answer = post(path, body);
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(status);
    assertThat(answer.bodyAsJsonObject().getString("message")).isEqualTo(message);
  }

  JsonObject newest() {
    return get("/switches").getJsonArray("data").getJsonObject(0);
  }
}
