package dev.sluice.testkit;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.routing.RouterFactory;
import dev.sluice.api.store.Store;
import dev.sluice.api.store.StoreFactory;
import dev.sluice.api.upstream.LoadBalancerFactory;
import dev.sluice.testkit.fake.FirstHealthy;
import dev.sluice.testkit.fake.MemoryStore;
import dev.sluice.testkit.fake.PrefixRouter;
import dev.sluice.testkit.sample.StrategyPlugin;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** The jar of a strategy may be taken out while traffic flows: the host of the service serves then. */
class StrategyJarTest {

  @TempDir private Path folder;
  @TempDir private Path prefix;

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

  @Test
  void aNodeThatIsStartedWithoutItRefusesUnlessItWasTakenOutBefore() throws Exception {
    GatewayPlugin parts = new Shared(new MemoryStore(Clock.systemUTC()));
    Path jar = jar().into(folder);
    TestBackend other = TestBackend.echo();
    try (TestGateway gateway = node(parts)) {
      JsonObject route = gateway.route("/x", gateway.backend(TestBackend.echo()));
      gateway.plugin(
          "fixed", new JsonObject().put("to", "there").put("host", "127.0.0.1").put("port", other.port()), route);
      assertThat(backend(gateway)).isEqualTo(other.port());
    }
    Files.delete(jar);
    try (TestGateway gateway = node(parts)) {
      assertThat(gateway.get("/x").statusCode()).as("it may have been a guard").isEqualTo(500);
      assertThat(states(gateway)).containsExactly("missing");
      jar().into(folder);
      Await.until("it is there", () -> gateway.get("/x").statusCode() == 200);
      Files.delete(jar);
      Await.until("it is taken out", () -> states(gateway).equals(List.of("withdrawn")));
      assertThat(gateway.get("/x").statusCode()).as("the host is gone").isEqualTo(502);
    }
    try (TestGateway gateway = node(parts)) {
      assertThat(gateway.get("/x").statusCode()).as("a restart changes nothing").isEqualTo(502);
      assertThat(states(gateway)).containsExactly("withdrawn");
      jar().into(folder);
      Await.until("it is back", () -> gateway.get("/x").statusCode() == 200);
      assertThat(states(gateway)).containsExactly("running");
    }
    Files.delete(jar);
    try (TestGateway gateway = node(parts)) {
      assertThat(gateway.get("/x").statusCode()).as("it was not taken out of a running node").isEqualTo(500);
    }
    other.close();
  }

  private TestGateway node(GatewayPlugin parts) {
    return TestGateway.with(parts).ownParts().jars(folder).folder(prefix).start();
  }

  /** Of what comes from jars, or should. */
  private static List<String> states(TestGateway gateway) {
    return gateway.kernel().node().status().getJsonArray("plugins").stream()
        .map(JsonObject.class::cast)
        .filter(row -> row.getString("name").equals("strategies") || row.getString("name").equals("fixed"))
        .map(row -> row.getString("state"))
        .filter(state -> !state.equals("draining"))
        .toList();
  }

  /** What a kernel cannot do without, with a store that outlives it. */
  private record Shared(MemoryStore store) implements GatewayPlugin {
    @Override
    public List<StoreFactory> stores() {
      return List.of(new StoreFactory() {
        @Override
        public String name() {
          return "sqlite";
        }

        @Override
        public Store create(PluginContext context) {
          return store;
        }
      });
    }

    @Override
    public List<RouterFactory> routers() {
      return List.of(new PrefixRouter());
    }

    @Override
    public List<LoadBalancerFactory> loadBalancers() {
      return List.of(new FirstHealthy());
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
