package dev.sluice.plugins.portal;

import dev.sluice.plugins.adminapi.AdminApiPlugin;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** One setting, and there is no portal. */
class PortalOffTest {

  @Test
  void offMeansThatNothingListens() {
    try (TestGateway gateway =
        TestGateway.with(new PortalPlugin(), new AdminApiPlugin()).setting("admin_gui_listen", "off").start()) {
      assertThat(gateway.kernel().ports().keySet()).noneMatch(name -> name.startsWith("admin_gui"));
      JsonObject configuration =
          gateway.admin(HttpMethod.GET, "/", Map.of(), Buffer.buffer()).bodyAsJsonObject().getJsonObject("configuration");
      assertThat(configuration.getJsonObject("admin_gui_listeners")).isEmpty();
    }
  }

  /** Through the portal the Admin API is reached from where the portal is. */
  @Test
  void aPortalThatOthersCanReachAsksForAToken() {
    try (TestGateway gateway =
        TestGateway.with(new PortalPlugin(), new AdminApiPlugin()).setting("admin_gui_listen", "0.0.0.0:0").start()) {
      assertThat(gateway.admin(HttpMethod.GET, "/services", Map.of(), Buffer.buffer()).statusCode()).isEqualTo(401);
    }
  }
}
