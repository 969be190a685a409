package dev.sluice.testkit;

import dev.sluice.testkit.fake.EndpointsAlone;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A route does not lead to the Admin API unless that is asked for (cases AD-04 and AD-05). */
class DeniedTargetsTest {

  private static HttpResponse<Buffer> proxied(TestGateway gateway, String host, int port) {
    JsonObject service =
        gateway.create(gateway.type("services"), new JsonObject().put("host", host).put("port", port));
    gateway.create(
        gateway.type("routes"),
        new JsonObject()
            .put("paths", new JsonArray().add("/inner"))
            .put("service", new JsonObject().put("id", service.getString("id"))));
    return gateway.get("/inner");
  }

  @Test
  void theAdminApiIsNotBehindTheProxy() {
    try (TestGateway gateway = TestGateway.with(new EndpointsAlone()).start()) {
      assertThat(proxied(gateway, "127.0.0.1", gateway.adminPort()).statusCode()).isEqualTo(503);
    }
  }

  @Test
  void norIsItBehindAnUpstream() {
    try (TestGateway gateway = TestGateway.with(new EndpointsAlone()).start()) {
      JsonObject upstream =
          gateway.create(gateway.type("upstreams"), new JsonObject().put("name", "inner.test"));
      gateway.create(
          gateway.type("targets"),
          new JsonObject()
              .put("target", "127.0.0.1:" + gateway.adminPort())
              .put("upstream", new JsonObject().put("id", upstream.getString("id"))));
      assertThat(proxied(gateway, "inner.test", 80).statusCode()).isEqualTo(503);
    }
  }

  @Test
  void theAddressesOfCloudsAreNotEvenAsked() {
    try (TestGateway gateway = TestGateway.with().start()) {
      long begun = System.nanoTime();
      assertThat(proxied(gateway, "169.254.169.254", 80).statusCode()).isEqualTo(503);
      assertThat(System.nanoTime() - begun).as("no connection was tried").isLessThan(2_000_000_000L);
    }
  }

  @Test
  void whoAsksForItGetsIt() {
    try (TestGateway gateway = TestGateway.with(new EndpointsAlone()).setting("denied_targets", "").start()) {
      HttpResponse<Buffer> answer = proxied(gateway, "127.0.0.1", gateway.adminPort());
      assertThat(answer.bodyAsJsonObject().getString("message")).isEqualTo("Not found");
    }
  }
}
