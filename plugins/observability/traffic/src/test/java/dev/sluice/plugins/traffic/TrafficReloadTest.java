package dev.sluice.plugins.traffic;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.fake.EndpointsAlone;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The jar can be replaced and removed: the new one counts from its beginning, and what was before is collected. */
class TrafficReloadTest {

  @TempDir private Path folder;

  private static JsonObject asked(TestGateway gateway, String uri) {
    return gateway.admin(HttpMethod.GET, uri, Map.of(), Buffer.buffer()).bodyAsJsonObject();
  }

  private static int requests(TestGateway gateway) {
    return asked(gateway, "/traffic").getJsonObject("total").getInteger("requests");
  }

  @Test
  void survivesReloads() {
    TestJar jar = TestJar.ofThisModule("traffic");
    jar.stamped("0").into(folder);
    try (TestGateway gateway = TestGateway.with(new EndpointsAlone()).jars(folder).start()) {
      gateway.route("/x");
      asked(gateway, "/traffic/tail");
      gateway.get("/x");
      gateway.get("/x");
      Await.until("both are counted", () -> requests(gateway) == 2);
      long before = gateway.kernel().snapshot().registry().version();
      jar.stamped("1").into(folder);
      Await.until("it is replaced", () -> gateway.kernel().snapshot().registry().version() > before);
      asked(gateway, "/traffic/tail");
      gateway.get("/x");
      Await.until("the third one is counted alone", () -> requests(gateway) == 1);
      assertThat(asked(gateway, "/traffic/tail").getJsonArray("data")).hasSize(1);
      Await.until("its class loader is collected", () -> collected(gateway));
    }
  }

  private static boolean collected(TestGateway gateway) {
    System.gc();
    return Await.result(gateway.kernel().uncollectedLoaders()) == 0;
  }
}
