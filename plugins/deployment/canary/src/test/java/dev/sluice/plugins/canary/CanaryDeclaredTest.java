package dev.sluice.plugins.canary;

import dev.sluice.api.entity.Declaration;
import dev.sluice.api.entity.Declarations;
import dev.sluice.plugins.declarative.DeclarativePlugin;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.EndpointsAlone;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Whole documents, on a node with a database and on one without: what is steered is no part of them. */
class CanaryDeclaredTest {

  private static final String STATUS = "/services/api/canary";

  private final TestBackend canary = TestBackend.of(request -> request.response().end("canary"));
  private final TestBackend own = TestBackend.of(request -> request.response().end("api"));
  private JsonObject document;

  @BeforeEach
  void declare() {
    JsonObject config = new JsonObject()
        .put("upstream_host", "127.0.0.1")
        .put("upstream_port", canary.port())
        .put("percentage", 100);
    JsonObject service = new JsonObject()
        .put("name", "api")
        .put("host", "127.0.0.1")
        .put("port", own.port())
        .put("routes", new JsonArray().add(new JsonObject().put("name", "way").put("paths", new JsonArray().add("/"))))
        .put("plugins", new JsonArray().add(new JsonObject().put("name", "canary").put("config", config)));
    document = new JsonObject().put("_format_version", "3.0").put("services", new JsonArray().add(service));
  }

  @AfterEach
  void stop() {
    canary.close();
    own.close();
  }

  private static void apply(TestGateway gateway, JsonObject document) {
    Declaration given = new Declaration(document.copy(), Declaration.NO_HASH);
    Await.result(gateway.kernel().entities().declarations().apply(given, Declarations.Options.WHOLE));
  }

  private JsonObject config() {
    return document.getJsonArray("services").getJsonObject(0).getJsonArray("plugins").getJsonObject(0)
        .getJsonObject("config");
  }

  private static JsonObject call(TestGateway gateway, HttpMethod method, String more) {
    HttpResponse<Buffer> answer = gateway.admin(method, STATUS + more, Map.of(), Buffer.buffer());
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return answer.bodyAsJsonObject();
  }

  private static String side(TestGateway gateway) {
    return gateway.get("/").bodyAsString();
  }

  private void steers(TestGateway gateway) {
    apply(gateway, document);
    assertThat(side(gateway)).isEqualTo("canary");
    assertThat(call(gateway, HttpMethod.POST, "/rollback").getString("phase")).isEqualTo("rolled back");
    assertThat(side(gateway)).isEqualTo("api");
    apply(gateway, document);
    assertThat(side(gateway)).as("the same document").isEqualTo("api");
    call(gateway, HttpMethod.POST, "/resume");
    assertThat(side(gateway)).isEqualTo("canary");
    call(gateway, HttpMethod.POST, "/rollback");
    config().put("percentage", 99);
    apply(gateway, document);
    Await.until("another rollout", () -> call(gateway, HttpMethod.GET, "").getString("phase").equals("fixed"));
    assertThat(call(gateway, HttpMethod.GET, "").getDouble("asked")).isEqualTo(0.99);
  }

  @Test
  void withADatabaseTheStateIsNoPartOfTheDocument() {
    try (TestGateway gateway = TestGateway.with(new CanaryPlugin(), new EndpointsAlone()).start()) {
      steers(gateway);
      apply(gateway, new JsonObject().put("_format_version", "3.0"));
      Await.until("the state is gone", () -> gateway.kernel().snapshot().tables().count("canary_states") == 0);
    }
  }

  @Test
  void withoutADatabaseTheStateIsTheProcesss() {
    try (TestGateway gateway = TestGateway.with(new CanaryPlugin(), new EndpointsAlone(), new DeclarativePlugin())
        .setting("database", "off")
        .start()) {
      steers(gateway);
    }
  }
}
