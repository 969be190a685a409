package dev.sluice.testkit;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.sample.StrategyPlugin;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The jar of a strategy may be taken out while traffic flows: the host of the service serves then. */
class StrategyJarTest {

  @TempDir private Path folder;

  @Test
  void withoutItsJarTheServicesHostServes() throws Exception {
    Path jar = jar().into(folder);
    try (TestGateway gateway = TestGateway.with().jars(folder).start()) {
      TestBackend other = gateway.backend(TestBackend.echo());
      JsonObject route = gateway.route("/x");
      int own = gateway.get("/x").bodyAsJsonObject().getInteger("backend");
      JsonObject there = new JsonObject().put("to", "there").put("host", "127.0.0.1").put("port", other.port());
      JsonObject plugin = gateway.plugin("fixed", there, route);
      try (Load load = Load.on(gateway.proxyPort(), "/x", 4, (answer, body) -> answer.statusCode() == 200)) {
        load.awaitMore(4);
        assertThat(backend(gateway)).isEqualTo(other.port());
        Files.delete(jar);
        Await.until("the service's host serves", () -> backend(gateway) == own);
        Await.until("its class loader is collected", () -> collected(gateway));
        gateway.create(CoreEntities.CONSUMERS, new JsonObject().put("username", "another-write"));
        assertThat(backend(gateway)).isEqualTo(own);
        jar().into(folder);
        Await.until("it is back", () -> backend(gateway) == other.port());
        gateway.delete(CoreEntities.PLUGINS, plugin.getString("id"));
        assertThat(backend(gateway)).isEqualTo(own);
        assertThat(load.failed()).as(load.failures()).isZero();
      }
    }
  }

  private static TestJar jar() {
    return TestJar.named("strategies").type(StrategyPlugin.class).extension(StrategyPlugin.class.getName());
  }

  private static int backend(TestGateway gateway) {
    return gateway.get("/x").bodyAsJsonObject().getInteger("backend");
  }

  private static boolean collected(TestGateway gateway) {
    System.gc();
    return Await.result(gateway.kernel().uncollectedLoaders()) == 0;
  }
}
