package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.routing.RouterFactory;
import dev.sluice.api.store.StoreFactory;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.MemoryStore;
import dev.sluice.testkit.fake.MovableClock;
import dev.sluice.testkit.fake.PrefixRouter;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A target that is added while requests flow: its share, by what servers were asked, at a node that says 30 s. */
class SlowStartTrafficTest {

  private static final int REQUESTS = 100;

  private final MovableClock clock = new MovableClock(Instant.ofEpochSecond(1_700_000_000));
  private TestGateway gateway;
  private TestBackend one;
  private TestBackend two;
  private TestBackend added;

  /** What no gateway can do without, but for the balancer. */
  private static final class Parts implements GatewayPlugin {
    @Override
    public List<RouterFactory> routers() {
      return List.of(new PrefixRouter());
    }

    @Override
    public List<StoreFactory> stores() {
      return List.of(MemoryStore.factory("sqlite"));
    }
  }

  @BeforeEach
  void start() {
    gateway =
        TestGateway.with(new LoadBalancingPlugin(), new Parts())
            .ownParts()
            .clock(clock)
            .setting("upstream_slow_start", "30")
            .start();
    one = gateway.backend(TestBackend.echo());
    two = gateway.backend(TestBackend.echo());
    added = gateway.backend(TestBackend.echo());
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private JsonObject upstream(JsonObject settings) {
    JsonObject upstream = gateway.create(CoreEntities.UPSTREAMS, settings.put("name", "up"));
    JsonObject service = gateway.create(CoreEntities.SERVICES, new JsonObject().put("host", "up"));
    gateway.create(
        CoreEntities.ROUTES,
        new JsonObject()
            .put("paths", new JsonArray().add("/"))
            .put("service", new JsonObject().put("id", service.getString("id"))));
    return upstream;
  }

  private void target(JsonObject upstream, TestBackend backend) {
    gateway.create(
        CoreEntities.TARGETS,
        new JsonObject()
            .put("target", "127.0.0.1:" + backend.port())
            .put("upstream", new JsonObject().put("id", upstream.getString("id"))));
  }

  private int served(TestBackend by) {
    int count = 0;
    for (int i = 0; i < REQUESTS; i++) {
      count += gateway.get("/").bodyAsJsonObject().getInteger("backend") == by.port() ? 1 : 0;
    }
    return count;
  }

  @Test
  void theNewTargetGrowsIntoItsShare() {
    JsonObject upstream = upstream(new JsonObject());
    target(upstream, one);
    target(upstream, two);
    clock.advance(Duration.ofSeconds(30));
    assertThat(served(one)).isEqualTo(REQUESTS / 2);

    target(upstream, added);
    assertThat(served(added)).as("at first, a tenth of what it will have").isBetween(2, 8);
    clock.advance(Duration.ofSeconds(15));
    assertThat(served(added)).as("after half of the time").isBetween(17, 23);
    clock.advance(Duration.ofSeconds(15));
    assertThat(served(added)).as("at last").isBetween(33, 34);
  }

  @Test
  void anUpstreamThatSaysNoneHasNone() {
    JsonObject upstream = upstream(new JsonObject().put("tags", new JsonArray().add("sluice:slow_start=0")));
    target(upstream, one);
    target(upstream, added);
    assertThat(served(added)).isEqualTo(REQUESTS / 2);
  }
}
