package dev.sluice.plugins.canary;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.routing.RouterFactory;
import dev.sluice.api.store.Store;
import dev.sluice.api.store.StoreFactory;
import dev.sluice.api.upstream.LoadBalancerFactory;
import dev.sluice.plugins.deployment.Ledger;
import dev.sluice.plugins.deployment.Pages;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.fake.EndpointsAlone;
import dev.sluice.testkit.fake.MemoryStore;
import dev.sluice.testkit.fake.TestParts;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What becomes of a rollout when the node is started again, or the jar replaced or taken out. */
class CanaryRestartTest {

  private static final JsonObject STAGES = new JsonObject()
      .put("upstream_host", "127.0.0.1")
      .put("hash", "header")
      .put("hash_header", "X-User")
      .put("stages", new JsonArray()
          .add(new JsonObject().put("percentage", 0).put("pause", true))
          .add(new JsonObject().put("percentage", 50).put("pause", true))
          .add(new JsonObject().put("percentage", 100)))
      .put("gate", new JsonObject().put("interval", 1).put("min_requests", 1_000_000));

  @TempDir private Path folder;

  private final MemoryStore store = new MemoryStore(Clock.systemUTC());
  private final TestBackend canary = TestBackend.of(request -> request.response().end("canary"));
  private final TestBackend own = TestBackend.of(request -> request.response().end("api"));

  /** Parts whose store outlives the node. */
  private final class Lasting implements GatewayPlugin {
    private final TestParts parts = new TestParts(true);

    @Override
    public List<StoreFactory> stores() {
      return List.of(new StoreFactory() {
        @Override
        public String name() {
          return "sqlite";
        }

        @Override
        public Store create(PluginContext context) {
          return store;
        }
      });
    }

    @Override
    public List<RouterFactory> routers() {
      return parts.routers();
    }

    @Override
    public List<LoadBalancerFactory> loadBalancers() {
      return parts.loadBalancers();
    }
  }

  @AfterEach
  void stop() {
    canary.close();
    own.close();
  }

  private TestGateway node() {
    return TestGateway.with(new CanaryPlugin(), new EndpointsAlone(), new Lasting()).ownParts().start();
  }

  private void configure(TestGateway gateway) {
    JsonObject service = gateway.create(
        CoreEntities.SERVICES,
        new JsonObject().put("name", "api").put("host", "127.0.0.1").put("port", own.port()));
    JsonObject reference = new JsonObject().put("id", service.getString("id"));
    gateway.create(
        CoreEntities.ROUTES, new JsonObject().put("paths", new JsonArray().add("/")).put("service", reference));
    JsonObject config = STAGES.copy().put("upstream_port", canary.port());
    gateway.create(
        CoreEntities.PLUGINS,
        new JsonObject().put("name", "canary").put("config", config).put("service", reference));
  }

  private static int inside(TestGateway gateway) {
    int inside = 0;
    for (int user = 0; user < 60; user++) {
      inside += gateway.get("/", Map.of("X-User", "u" + user)).bodyAsString().equals("canary") ? 1 : 0;
    }
    return inside;
  }

  private static JsonObject call(TestGateway gateway, HttpMethod method, String more) {
    HttpResponse<Buffer> answer = gateway.admin(method, "/services/api/canary" + more, Map.of(), Buffer.buffer());
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return answer.bodyAsJsonObject();
  }

  private static JsonObject shown(TestGateway gateway) {
    return call(gateway, HttpMethod.GET, "");
  }

  private static long counted(TestGateway gateway) {
    JsonObject shown = shown(gateway);
    return shown.getJsonObject("canary").getLong("requests") + shown.getJsonObject("control").getLong("requests");
  }

  private static long stored(TestGateway gateway) {
    return Await.result(Pages.all(gateway.kernel().entities(), Tally.TYPE))
        .stream()
        .mapToLong(row -> Tally.decode(row).all().requests())
        .sum();
  }

  @Test
  void aRestartChangesNothing() {
    int before;
    try (TestGateway first = node()) {
      configure(first);
      call(first, HttpMethod.POST, "/promote");
      before = inside(first);
      assertThat(before).isBetween(10, 50);
      Await.until("all are counted", () -> counted(first) == 60);
      Await.until("and stored", () -> stored(first) == 60);
    }
    try (TestGateway second = node()) {
      assertThat(shown(second).getJsonObject("stage").getInteger("number")).isEqualTo(2);
      Await.until("what was counted still is", () -> counted(second) == 60);
      assertThat(inside(second)).isEqualTo(before);
      Await.until("and so is what came since", () -> counted(second) == 120);
      call(second, HttpMethod.POST, "/rollback");
    }
    try (TestGateway third = node()) {
      assertThat(inside(third)).as("from the first request on").isZero();
      assertThat(shown(third).getString("phase")).isEqualTo("rolled back");
      assertThat(call(third, HttpMethod.POST, "/resume").getJsonObject("stage").getInteger("number")).isEqualTo(2);
      assertThat(inside(third)).isEqualTo(before);
    }
  }

  private static TestJar jar() {
    return TestJar.ofThisModule("canary").library(Ledger.class);
  }

  @Test
  void anotherJarGoesOnWithTheStage() throws Exception {
    Path file = jar().stamped("0").into(folder);
    try (TestGateway gateway = TestGateway.with(new EndpointsAlone()).jars(folder).start()) {
      configure(gateway);
      call(gateway, HttpMethod.POST, "/promote");
      int before = inside(gateway);
      Await.until("all are counted", () -> counted(gateway) == 60);
      long version = gateway.kernel().snapshot().registry().version();
      jar().stamped("1").into(folder);
      Await.until("it is replaced", () -> gateway.kernel().snapshot().registry().version() > version);
      assertThat(shown(gateway).getJsonObject("stage").getInteger("number")).isEqualTo(2);
      assertThat(inside(gateway)).isEqualTo(before);
      Await.until("nothing is lost", () -> counted(gateway) == 120);
      call(gateway, HttpMethod.POST, "/rollback");
      assertThat(inside(gateway)).isZero();
      Files.delete(file);
      Await.until(
          "the jar is gone though there is a state",
          () -> gateway.kernel().snapshot().registry().entityType("canary_states").isEmpty());
      assertThat(inside(gateway)).isZero();
    }
  }
}
