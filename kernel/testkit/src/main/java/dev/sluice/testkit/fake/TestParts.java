package dev.sluice.testkit.fake;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.routing.RouterFactory;
import dev.sluice.api.store.StoreFactory;
import dev.sluice.api.upstream.LoadBalancerFactory;
import java.util.List;

/** The parts that a kernel cannot do without, as simple as can be: a store, a router, a load balancer. */
public final class TestParts implements GatewayPlugin {

  private final boolean routing;

  /**
   * Makes the parts.
   *
   * @param routing whether a router is among them
   */
  public TestParts(boolean routing) {
    this.routing = routing;
  }

  @Override
  public List<StoreFactory> stores() {
    return List.of(MemoryStore.factory("sqlite"));
  }

  @Override
  public List<RouterFactory> routers() {
    return routing ? List.of(new PrefixRouter()) : List.of();
  }

  @Override
  public List<LoadBalancerFactory> loadBalancers() {
    return List.of(new FirstHealthy());
  }
}
