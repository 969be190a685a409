package dev.sluice.plugins.canary;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Entities.WriteOptions;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.plugins.ledger.LedgerPlugin;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.EndpointsAlone;
import dev.sluice.testkit.fake.MovableClock;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Instant;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway with a service and its canary, whose backends answer by their names; time stands still until it is moved. */
abstract class CanaryFixture {

  static final String STATUS = "/services/api/canary";
  static final JsonObject NOTHING = new JsonObject();

  final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
  TestGateway gateway;
  volatile Function<HttpServerRequest, Integer> canaryStatus = request -> 200;
  volatile Function<HttpServerRequest, Integer> ownStatus = request -> 200;
  JsonObject service;

  @BeforeEach
  void start() {
    gateway = TestGateway.with(new CanaryPlugin(), new LedgerPlugin(), new EndpointsAlone()).clock(clock).start();
    upstream("canary-up", backend("canary", request -> canaryStatus.apply(request)));
    upstream("api-up", backend("api", request -> ownStatus.apply(request)));
    service = gateway.create(CoreEntities.SERVICES, new JsonObject().put("name", "api").put("host", "api-up"));
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

  private TestBackend backend(String name, Function<HttpServerRequest, Integer> status) {
    return gateway.backend(
        TestBackend.of(request -> request.response().setStatusCode(status.apply(request)).end(name)));
  }

  private void upstream(String name, TestBackend backend) {
    JsonObject upstream = gateway.create(CoreEntities.UPSTREAMS, new JsonObject().put("name", name));
    gateway.create(
        CoreEntities.TARGETS,
        new JsonObject().put("target", "127.0.0.1:" + backend.port()).put("upstream", reference(upstream)));
  }

  static JsonObject reference(JsonObject entity) {
    return new JsonObject().put("id", entity.getString("id"));
  }

  static JsonObject config() {
    return new JsonObject().put("upstream_host", "canary-up").put("hash", "header").put("hash_header", "X-User");
  }

  static JsonObject staged(JsonObject... stages) {
    JsonArray all = new JsonArray();
    for (JsonObject stage : stages) {
      all.add(stage);
    }
    return config().put("stages", all);
  }

  static JsonObject stage(int percentage) {
    return new JsonObject().put("percentage", percentage);
  }

  /** Configures the service; gives back the id of the entity. */
  String configure(JsonObject config) {
    JsonObject plugin =
        new JsonObject().put("name", "canary").put("config", config).put("service", reference(service));
    return gateway.create(CoreEntities.PLUGINS, plugin).getString("id");
  }

  void patch(String plugin, JsonObject config) {
    gateway.update(CoreEntities.PLUGINS, plugin, new JsonObject().put("config", config));
  }

  /** As decK writes it, which knows no created_at: it becomes another one. */
  void put(String plugin, JsonObject config) {
    JsonObject body = new JsonObject()
        .put("name", "canary")
        .put("config", config)
        .put("service", reference(service))
        .put("created_at", 1);
    Await.result(gateway.kernel().entities().upsert(CoreEntities.PLUGINS, new EntityKey.Id(plugin), body, WriteOptions.JSON));
  }

  String side(String user) {
    return gateway.get("/", Map.of("X-User", user)).bodyAsString();
  }

  /** How many of a hundred users are at the canary. */
  int inside() {
    return inside(100);
  }

  int inside(int users) {
    int inside = 0;
    for (int user = 0; user < users; user++) {
      inside += side("user " + user).equals("canary") ? 1 : 0;
    }
    return inside;
  }

  JsonObject get(String path) {
    HttpResponse<Buffer> answer = gateway.admin(HttpMethod.GET, path, Map.of(), Buffer.buffer());
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return answer.bodyAsJsonObject();
  }

  HttpResponse<Buffer> post(String path, JsonObject body) {
    return gateway.admin(HttpMethod.POST, path, Map.of("Content-Type", "application/json"), body.toBuffer());
  }

  /** Does something with the rollout, successfully. */
  JsonObject does(String move) {
    HttpResponse<Buffer> answer = post(STATUS + "/" + move, new JsonObject().put("reason", "because of " + move));
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return answer.bodyAsJsonObject();
  }

  void refused(String path, int status, String message) {
    HttpResponse<Buffer> answer = post(path, NOTHING);
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(status);
    assertThat(answer.bodyAsJsonObject().getString("message")).isEqualTo(message);
  }

  String phase() {
    return get(STATUS).getString("phase");
  }

  void awaitPhase(String phase) {
    Await.until(phase, () -> phase().equals(phase));
  }

  /** Waits until the stage is that one, and the state of it stored. */
  void awaitStage(int number) {
    Await.until(
        "stage " + number,
        () -> get(STATUS).getJsonObject("stage").getInteger("number") == number && stored() == 1);
  }

  int stored() {
    return gateway.kernel().snapshot().tables().count("canary_states");
  }

  JsonArray records() {
    return get("/switches").getJsonArray("data");
  }

  JsonObject newest() {
    return records().getJsonObject(0);
  }

  void awaitRecord(String action, String by) {
    Await.until(
        action + " by " + by,
        () -> !records().isEmpty()
            && newest().getString("action").equals(action)
            && newest().getString("by").equals(by));
  }
}
