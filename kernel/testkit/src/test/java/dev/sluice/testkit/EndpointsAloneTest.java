package dev.sluice.testkit;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.admin.ApiError;
import dev.sluice.testkit.fake.EndpointsAlone;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class EndpointsAloneTest {

  /** Tells what it was asked, or refuses. */
  private static final class Telling implements GatewayPlugin {
    @Override
    public List<AdminEndpoint> adminEndpoints() {
      return List.of(
          new AdminEndpoint("POST", "/tell/{what}", Telling::tell),
          new AdminEndpoint("GET", "/refuse", call -> Future.failedFuture(ApiError.of(409, "not now"))));
    }

    private static Future<AdminResponse> tell(AdminCall call) {
      return Future.succeededFuture(AdminResponse.json(200, new JsonObject()
          .put("what", call.parameter("what"))
          .put("query", call.request().argument("q").orElse("none"))
          .put("body", call.body())));
    }
  }

  @Test
  void endpointsAreServed() {
    try (TestGateway gateway = TestGateway.with(new Telling(), new EndpointsAlone()).start()) {
      JsonObject body = new JsonObject().put("a", 1);
      assertThat(call(gateway, HttpMethod.POST, "/tell/x?q=1", body).bodyAsJsonObject())
          .isEqualTo(new JsonObject().put("what", "x").put("query", "1").put("body", body));
      assertThat(call(gateway, HttpMethod.POST, "/tell/x?q=%zz", body).bodyAsJsonObject().getString("query"))
          .as("a percent sign that begins no escape").isEqualTo("%zz");
      assertThat(call(gateway, HttpMethod.GET, "/refuse", new JsonObject()).statusCode()).isEqualTo(409);
      assertThat(call(gateway, HttpMethod.GET, "/tell/x", new JsonObject()).statusCode()).isEqualTo(404);
    }
  }

  private static HttpResponse<Buffer> call(TestGateway gateway, HttpMethod method, String uri, JsonObject body) {
    return gateway.admin(method, uri, Map.of(), body.isEmpty() ? Buffer.buffer() : body.toBuffer());
  }
}
