package dev.sluice.plugins.postgres;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.plugins.bluegreen.BlueGreenPlugin;
import dev.sluice.plugins.ledger.LedgerPlugin;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.EndpointsAlone;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
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

/** Blue-green on two nodes with one database: both serve the same side and tell the same story. */
class BlueGreenNodesTest {

  private static final String STATUS = "/services/api/blue-green";
  private static PostgresServer server;

  @TempDir static Path prefix;

  private Map<String, String> settings;
  private TestGateway a;
  private TestGateway b;
  private volatile int greenStatus = 200;

  @BeforeAll
  static void begin() {
    server = PostgresServer.begin();
  }

  @AfterAll
  static void end() {
    server.close();
  }

  @BeforeEach
  void startNodes() {
    settings = NodesTest.bootstrap(server, prefix);
    a = node();
    b = node();
    upstream("blue-up", TestBackend.of(request -> request.response().end("blue")));
    upstream("green-up", TestBackend.of(request -> request.response().setStatusCode(greenStatus).end("green")));
    JsonObject service = a.create(CoreEntities.SERVICES, new JsonObject().put("name", "api").put("host", "blue-up"));
    JsonObject plugin = new JsonObject()
        .put("name", "blue-green")
        .put("service", reference(service))
        .put("config", new JsonObject()
            .put("blue", "blue-up")
            .put("green", "green-up")
            .put("watch", new JsonObject().put("min_requests", 10).put("max_error_rate", 0.2)));
    a.create(CoreEntities.PLUGINS, plugin);
    a.create(
        CoreEntities.ROUTES,
        new JsonObject().put("paths", new JsonArray().add("/")).put("service", reference(service)));
    Await.until("both serve", () -> side(a).equals("blue") && side(b).equals("blue"));
  }

  @AfterEach
  void stopNodes() {
    b.close();
    a.close();
  }

  private TestGateway node() {
    return TestGateway.with(new PostgresPlugin(), new BlueGreenPlugin(), new LedgerPlugin(), new EndpointsAlone())
        .settings(settings)
        .start();
  }

  private void upstream(String name, TestBackend backend) {
    JsonObject upstream = a.create(CoreEntities.UPSTREAMS, new JsonObject().put("name", name));
    a.create(
        CoreEntities.TARGETS,
        new JsonObject().put("target", "127.0.0.1:" + a.backend(backend).port()).put("upstream", reference(upstream)));
  }

  private static JsonObject reference(JsonObject entity) {
    return new JsonObject().put("id", entity.getString("id"));
  }

  private static String side(TestGateway node) {
    return node.get("/").bodyAsString();
  }

  private static JsonObject ask(TestGateway node, HttpMethod method, String path) {
    var answer = node.admin(method, path, Map.of(), Buffer.buffer());
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return answer.bodyAsJsonObject();
  }

  private static JsonObject ledger(TestGateway node) {
    JsonObject all = ask(node, HttpMethod.GET, "/switches");
    all.getJsonObject("chain").remove("read_at");
    return all;
  }

  private static JsonObject newest(TestGateway node) {
    return ledger(node).getJsonArray("data").getJsonObject(0);
  }

  /** Waits until another node serves a side; no longer than a second. */
  private static void served(TestGateway node, String side, String what) {
    long begun = System.nanoTime();
    Await.until(what, () -> side(node).equals(side));
    long millis = (System.nanoTime() - begun) / 1_000_000;
    System.out.printf("%s after %d ms%n", what, millis);
    assertThat(millis).isLessThan(1000);
  }

  @Test
  void aSwitchIsServedByTheOtherNodeWithinASecond() {
    for (int i = 0; i < 3; i++) {
      ask(a, HttpMethod.POST, STATUS + "/switch");
      assertThat(side(a)).as("live when answered").isEqualTo("green");
      served(b, "green", "the other node has switched");
      ask(b, HttpMethod.POST, STATUS + "/rollback");
      assertThat(side(b)).isEqualTo("blue");
      served(a, "blue", "the first node has switched back");
    }
    assertThat(ledger(a).getJsonArray("data")).as("none is written down twice").hasSize(6);
    assertThat(ledger(b)).isEqualTo(ledger(a));
    assertThat(ask(b, HttpMethod.GET, STATUS).getJsonArray("last_switches"))
        .isEqualTo(ask(a, HttpMethod.GET, STATUS).getJsonArray("last_switches"));
  }

  @Test
  void whatOneNodeTakesBackIsTakenBackEverywhere() {
    ask(a, HttpMethod.POST, STATUS + "/switch");
    served(b, "green", "the other node has switched");
    Await.until("it watches, too", () -> ask(b, HttpMethod.GET, STATUS).containsKey("watch"));
    greenStatus = 500;
    for (int i = 0; i < 10; i++) {
      b.get("/");
    }
    Await.until("the node that saw the errors has switched back", () -> side(b).equals("blue"));
    served(a, "blue", "the node that saw none has switched back");
    Await.until("it is written down", () -> newest(a).getString("action").equals("rollback"));
    assertThat(newest(a).getString("by")).isEqualTo("watch");
    assertThat(ledger(b)).isEqualTo(ledger(a));
    assertThat(ledger(a).getJsonArray("data")).hasSize(2);
  }

  @Test
  void tamperingIsSeenOnBoth() {
    ask(a, HttpMethod.POST, STATUS + "/switch");
    ask(a, HttpMethod.POST, STATUS + "/rollback");
    String entities = Settings.quoted(settings.get("pg_schema")) + ".sluice_entities";
    server.sql("kong", "UPDATE " + entities + " SET document = replace(document, '\"admin\"', '\"nobody\"')"
        + " WHERE type = 'switches' AND id = '00000000-0000-4000-8000-000000000001'");
    for (TestGateway node : List.of(a, b)) {
      JsonObject chain = ledger(node).getJsonObject("chain");
      assertThat(chain.getBoolean("valid")).isFalse();
      assertThat(chain.getString("reason")).isEqualTo("record 1 was changed");
    }
  }
}
