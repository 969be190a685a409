package dev.sluice.plugins.mirror;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.EndpointsAlone;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway with a service and a shadow, whose backends do what a test says. */
abstract class MirrorFixture {

  static final String STATUS = "/services/api/mirror";
  static final JsonObject NOTHING = new JsonObject();
  static final String JSON = "application/json";

  /** What was asked of a backend. */
  record Seen(String method, String uri, Map<String, String> headers, Buffer body) {}

  TestGateway gateway;
  JsonObject service;
  JsonObject route;
  TestBackend shadowBackend;
  volatile Handler<HttpServerRequest> primary = request -> request.response().end("same");
  volatile Handler<HttpServerRequest> shadow = request -> request.response().end("same");
  final Queue<Seen> atPrimary = new ConcurrentLinkedQueue<>();
  final Queue<Seen> atShadow = new ConcurrentLinkedQueue<>();

  @BeforeEach
  void start() {
    gateway = TestGateway.with(new MirrorPlugin(), new Logged(), new EndpointsAlone()).start();
    TestBackend own = gateway.backend(TestBackend.of(request -> answer(request, atPrimary, primary)));
    shadowBackend = gateway.backend(TestBackend.of(request -> answer(request, atShadow, shadow)));
    upstream("shadow-up", shadowBackend.port());
    service = gateway.create(
        CoreEntities.SERVICES,
        new JsonObject().put("name", "api").put("host", "127.0.0.1").put("port", own.port()).put("read_timeout", 30_000));
    route = gateway.create(
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

  private static void answer(HttpServerRequest request, Queue<Seen> seen, Handler<HttpServerRequest> then) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    request.headers().forEach(line -> headers.merge(line.getKey(), line.getValue(), (one, other) -> one + "|" + other));
    request
        .body()
        .onSuccess(body -> {
          seen.add(new Seen(request.method().name(), request.uri(), headers, body));
          then.handle(request);
        });
  }

  static void json(HttpServerRequest request, JsonObject body) {
    request.response().putHeader("Content-Type", JSON).end(body.toBuffer());
  }

  static JsonObject reference(JsonObject entity) {
    return new JsonObject().put("id", entity.getString("id"));
  }

  JsonObject upstream(String name, int... ports) {
    return MirrorSetUp.upstream(gateway, name, ports);
  }

  /** Configures the service; gives back the id of the entity. */
  String configure(JsonObject more) {
    JsonObject config = new JsonObject().put("upstream", "shadow-up").mergeIn(more);
    JsonObject plugin = new JsonObject().put("name", "mirror").put("config", config).put("service", reference(service));
    return gateway.create(CoreEntities.PLUGINS, plugin).getString("id");
  }

  HttpResponse<Buffer> good(String uri) {
    HttpResponse<Buffer> answer = gateway.get(uri);
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return answer;
  }

  JsonObject status() {
    return get(STATUS);
  }

  JsonObject get(String path) {
    HttpResponse<Buffer> answer = gateway.admin(HttpMethod.GET, path, Map.of(), Buffer.buffer());
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return answer.bodyAsJsonObject();
  }

  HttpResponse<Buffer> post(String path) {
    return gateway.admin(HttpMethod.POST, path, Map.of("Content-Type", JSON), NOTHING.toBuffer());
  }

  /** Waits until so many pairs have been compared, and nothing is under way. */
  JsonObject compared(int pairs) {
    return settled("compared", pairs);
  }

  /** Waits until so many requests were seen, and nothing is under way. */
  JsonObject seen(int requests) {
    return settled("requests", requests);
  }

  private JsonObject settled(String what, int number) {
    JsonObject[] last = new JsonObject[1];
    Await.until(number + " are " + what, () -> {
      last[0] = status();
      return last[0].getInteger(what) >= number && last[0].getInteger("in_flight") == 0;
    });
    adds(last[0]);
    assertThat(last[0].getInteger(what)).as(last[0].encode()).isEqualTo(number);
    return last[0];
  }

  /** Every request is accounted for. */
  private static void adds(JsonObject status) {
    assertThat(status.getInteger("requests"))
        .as(status.encode())
        .isEqualTo(status.getInteger("mirrored") + sum(status.getJsonObject("dropped")));
    assertThat(status.getInteger("mirrored"))
        .as(status.encode())
        .isEqualTo(
            status.getInteger("compared")
                + sum(status.getJsonObject("not_compared"))
                + sum(status.getJsonObject("shadow_errors")));
    assertThat(status.getInteger("compared"))
        .isEqualTo(status.getInteger("equal") + status.getInteger("different"));
  }

  private static int sum(JsonObject counts) {
    return counts.stream().mapToInt(each -> ((Number) each.getValue()).intValue()).sum();
  }

  /** The places in which the last differing pair differed. */
  static String places(JsonObject difference) {
    return difference.getJsonArray("differences").stream()
        .map(each -> ((JsonObject) each).getString("at"))
        .sorted()
        .reduce((one, other) -> one + ", " + other)
        .orElse("");
  }

  static JsonObject last(JsonObject status) {
    return status.getJsonArray("last_differences").getJsonObject(0);
  }
}
