package dev.sluice.plugins.explain;

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

/** The jar can be replaced, and what it was is collected. */
class ExplainReloadTest {

  @TempDir private Path folder;

  private static int asked(TestGateway gateway) {
    Buffer question = new JsonObject().put("url", "http://a.test/x").toBuffer();
    return gateway.admin(HttpMethod.POST, "/explain", Map.of(), question).statusCode();
  }

  @Test
  void survivesReloads() {
    TestJar jar = TestJar.ofThisModule("explain");
    jar.stamped("0").into(folder);
    try (TestGateway gateway = TestGateway.with(new EndpointsAlone()).jars(folder).start()) {
      gateway.route("/x");
      assertThat(asked(gateway)).isEqualTo(200);
      long before = gateway.kernel().snapshot().registry().version();
      jar.stamped("1").into(folder);
      Await.until("it is replaced", () -> gateway.kernel().snapshot().registry().version() > before);
      assertThat(asked(gateway)).isEqualTo(200);
      Await.until("its class loader is collected", () -> collected(gateway));
    }
  }

  private static boolean collected(TestGateway gateway) {
    System.gc();
    return Await.result(gateway.kernel().uncollectedLoaders()) == 0;
  }
}
