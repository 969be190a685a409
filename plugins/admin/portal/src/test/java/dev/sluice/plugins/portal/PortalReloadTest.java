package dev.sluice.plugins.portal;

import dev.sluice.plugins.adminapi.AdminApiPlugin;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import io.vertx.core.Vertx;
import io.vertx.ext.web.client.WebClient;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The jar can be replaced, and what it was is collected; without it nothing is at its listener. */
class PortalReloadTest {

  @TempDir private Path folder;

  @Test
  void survivesReloads() {
    TestJar jar = TestJar.ofThisModule("portal");
    Vertx vertx = Vertx.vertx();
    WebClient client = WebClient.create(vertx);
    try (TestGateway gateway =
        TestGateway.with(new AdminApiPlugin()).setting("admin_gui_listen", "127.0.0.1:0").jars(folder).start()) {
      assertThat(asked(client, gateway, "/")).isEqualTo(404);
      jar.stamped("0").into(folder);
      Await.until("it serves", () -> asked(client, gateway, "/") == 200);
      long before = gateway.kernel().snapshot().registry().version();
      jar.stamped("1").into(folder);
      Await.until("it is replaced", () -> gateway.kernel().snapshot().registry().version() > before);
      assertThat(asked(client, gateway, "/")).isEqualTo(200);
      assertThat(asked(client, gateway, "/kong-admin/services")).isEqualTo(200);
      Await.until("its class loader is collected", () -> collected(gateway));
    } finally {
      client.close();
      Await.result(vertx.close());
    }
  }

  private static int asked(WebClient client, TestGateway gateway, String path) {
    int port = gateway.kernel().port("admin_gui_listen.0");
    return Await.result(client.get(port, "127.0.0.1", path).send()).statusCode();
  }

  private static boolean collected(TestGateway gateway) {
    System.gc();
    return Await.result(gateway.kernel().uncollectedLoaders()) == 0;
  }
}
