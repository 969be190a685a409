package dev.sluice.plugins.postgres;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.plugins.canary.CanaryPlugin;
import dev.sluice.plugins.ledger.LedgerPlugin;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.EndpointsAlone;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A rollout is the same on all nodes of a database: what one decides the others serve, and each of them may decide. */
class CanaryNodesTest {

  private static final int SWITCHES = 10;
  private static PostgresServer server;

  @TempDir static Path prefix;

  private final TestBackend canary = TestBackend.of(this::canary);
  private final TestBackend own = TestBackend.of(request -> request.response().end("api"));
  private Map<String, String> settings;
  private TestGateway a;
  private TestGateway b;
  private volatile int status = 200;

  @BeforeAll
  static void begin() {
    server = PostgresServer.begin();
  }

  @AfterAll
  static void end() {
    server.close();
  }

  private void canary(HttpServerRequest request) {
    request.response().setStatusCode(status).end("canary");
  }

  @BeforeEach
  void startNodes() {
    settings = NodesTest.bootstrap(server, prefix);
    a = node();
    b = node();
  }

  private TestGateway node() {
    return TestGateway.with(new PostgresPlugin(), new CanaryPlugin(), new LedgerPlugin(), new EndpointsAlone())
        .settings(settings)
        .start();
  }

  @AfterEach
  void stopNodes() {
    b.close();
    a.close();
    canary.close();
    own.close();
  }

  private void configure(JsonObject more) {
    JsonObject service = a.create(
        CoreEntities.SERVICES,
        new JsonObject().put("name", "api").put("host", "127.0.0.1").put("port", own.port()));
    JsonObject reference = new JsonObject().put("id", service.getString("id"));
    a.create(CoreEntities.ROUTES, new JsonObject().put("paths", new JsonArray().add("/")).put("service", reference));
    JsonObject config = new JsonObject()
        .put("upstream_host", "127.0.0.1")
        .put("upstream_port", canary.port())
        .put("hash", "none")
        .mergeIn(more);
    a.create(
        CoreEntities.PLUGINS,
        new JsonObject().put("name", "canary").put("config", config).put("service", reference));
    Await.until("both serve", () -> b.get("/").statusCode() == 200);
  }

  private static JsonObject call(TestGateway node, HttpMethod method, String more) {
    HttpResponse<Buffer> answer = node.admin(method, "/services/api/canary" + more, Map.of(), Buffer.buffer());
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return answer.bodyAsJsonObject();
  }

  private static String side(TestGateway node) {
    return node.get("/").bodyAsString();
  }

  @Test
  void aRollbackOfOneIsServedByTheOtherWithinASecond() {
    configure(new JsonObject().put("percentage", 100));
    Await.until("both know", () -> side(b).equals("canary"));
    long most = 0;
    for (int i = 0; i < SWITCHES; i++) {
      TestGateway writer = i % 2 == 0 ? a : b;
      TestGateway reader = i % 2 == 0 ? b : a;
      call(writer, HttpMethod.POST, "/rollback");
      long answered = System.nanoTime();
      assertThat(side(writer)).as("live when answered").isEqualTo("api");
      Await.until("the other one serves it", () -> side(reader).equals("api"));
      most = Math.max(most, System.nanoTime() - answered);
      call(reader, HttpMethod.POST, "/resume");
      Await.until("and the way back", () -> side(writer).equals("canary"));
    }
    System.out.printf("a rollback is served by the other node after %d ms at most (%d)%n", most / 1_000_000, SWITCHES);
    assertThat(most / 1_000_000).isLessThan(1000);
    call(a, HttpMethod.POST, "/rollback");
    a.close();
    a = node();
    assertThat(side(a)).as("from the first request after a start").isEqualTo("api");
  }

  @Test
  void aStageEndsOnceAndCountsAreAddedUp() {
    JsonObject gate = new JsonObject().put("interval", 1).put("min_requests", 100);
    configure(new JsonObject()
        .put("gate", gate)
        .put("stages", new JsonArray()
            .add(new JsonObject().put("percentage", 0).put("duration", 1))
            .add(new JsonObject().put("percentage", 50).put("pause", true))
            .add(new JsonObject().put("percentage", 100))));
    for (TestGateway node : List.of(a, b)) {
      Await.until(
          "the second stage",
          () -> call(node, HttpMethod.GET, "").getJsonObject("stage").getInteger("number") == 2
              && node.kernel().snapshot().tables().count("canary_states") == 1);
    }
    send(40);
    for (TestGateway node : List.of(a, b)) {
      Await.until("each node shows what both have counted", () -> counted(node) == 80);
    }
    status = 500;
    send(120);
    for (TestGateway node : List.of(a, b)) {
      Await.until("it is rolled back", () -> call(node, HttpMethod.GET, "").getString("phase").equals("rolled back"));
      assertThat(side(node)).isEqualTo("api");
      assertThat(call(node, HttpMethod.GET, "").getString("by")).isEqualTo("gate");
    }
    Await.until("it is written down", () -> actions().size() == 2);
    assertThat(actions()).containsExactly("rollback by gate", "stage by schedule");
  }

  private void send(int toEach) {
    for (int i = 0; i < toEach; i++) {
      a.get("/");
      b.get("/");
    }
  }

  private static long counted(TestGateway node) {
    JsonObject shown = call(node, HttpMethod.GET, "");
    return shown.getJsonObject("canary").getLong("requests") + shown.getJsonObject("control").getLong("requests");
  }

  private List<String> actions() {
    return a.admin(HttpMethod.GET, "/switches", Map.of(), Buffer.buffer())
        .bodyAsJsonObject()
        .getJsonArray("data")
        .stream()
        .map(JsonObject.class::cast)
        .map(row -> row.getString("action") + " by " + row.getString("by"))
        .toList();
  }
}
