package dev.sluice.plugins.adminapi;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.RawOrigin;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Retries are counted, for whoever asks; tags that set their bounds are checked. */
class RetriesTest {

  private static HttpResponse<Buffer> admin(TestGateway gateway, HttpMethod method, String path, JsonObject body) {
    Buffer sent = method.equals(HttpMethod.GET) ? Buffer.buffer() : body.toBuffer();
    return gateway.admin(method, path, Map.of("Content-Type", "application/json"), sent);
  }

  @Test
  void whoAsksIsToldHowOftenRequestsWereTriedAgain() {
    try (TestGateway gateway = TestGateway.with(new AdminApiPlugin()).start();
        RawOrigin one = resetting();
        RawOrigin two = resetting()) {
      JsonObject up = new JsonObject().put("name", "up").put("tags", new JsonArray().add("sluice:retry_budget=oft"));
      HttpResponse<Buffer> refused = admin(gateway, HttpMethod.POST, "/upstreams", up);
      assertThat(refused.statusCode()).isEqualTo(400);
      assertThat(refused.bodyAsJsonObject().getString("message"))
          .isEqualTo(
              "schema violation (tags.1: invalid tag 'sluice:retry_budget=oft': expected per cent, at most 1000, or off)");

      up.put("tags", new JsonArray().add("sluice:retry_budget=100").add("sluice:retry_floor=0"));
      assertThat(admin(gateway, HttpMethod.POST, "/upstreams", up).statusCode()).isEqualTo(201);
      for (RawOrigin origin : new RawOrigin[] {one, two}) {
        JsonObject target = new JsonObject().put("target", "127.0.0.1:" + origin.port());
        assertThat(admin(gateway, HttpMethod.POST, "/upstreams/up/targets", target).statusCode()).isEqualTo(201);
      }
      JsonObject service = gateway.create(CoreEntities.SERVICES, new JsonObject().put("host", "up"));
      gateway.create(
          CoreEntities.ROUTES,
          new JsonObject()
              .put("paths", new JsonArray().add("/"))
              .put("service", new JsonObject().put("id", service.getString("id"))));
      assertThat(retries(gateway)).isEqualTo(new JsonObject().put("made", 0).put("refused", 0));

      assertThat(gateway.get("/").statusCode()).isEqualTo(502);
      JsonObject tags = new JsonObject().put("tags", new JsonArray().add("sluice:retry_budget=0").add("sluice:retry_floor=0"));
      assertThat(admin(gateway, HttpMethod.PATCH, "/upstreams/up", tags).statusCode()).isEqualTo(200);
      assertThat(gateway.get("/").statusCode()).isEqualTo(502);

      JsonObject counted = retries(gateway);
      assertThat(counted.getInteger("made")).as("outlives the change").isEqualTo(1);
      assertThat(counted.getInteger("refused")).isPositive();
      assertThat(admin(gateway, HttpMethod.GET, "/upstreams/up/health", up).bodyAsString()).doesNotContain("retries");
    }
  }

  private static RawOrigin resetting() {
    return new RawOrigin(
        call -> {
          call.reset();
          return false;
        });
  }

  private static JsonObject retries(TestGateway gateway) {
    return admin(gateway, HttpMethod.GET, "/upstreams/up/health?retries=1", new JsonObject())
        .bodyAsJsonObject()
        .getJsonObject("retries");
  }
}
