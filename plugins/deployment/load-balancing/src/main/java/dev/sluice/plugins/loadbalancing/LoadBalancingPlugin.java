package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.upstream.LoadBalancerFactory;
import java.util.List;
import org.pf4j.Extension;

/** Offers one factory per algorithm. */
@Extension
public final class LoadBalancingPlugin implements GatewayPlugin {

  private List<LoadBalancerFactory> factories = List.of();

  @Override
  public void start(PluginContext context) {
    factories = List.of(
        new RoundRobin(), new ConsistentHashing(), new LeastConnections(), new Latency(context.clock()::millis));
  }

  @Override
  public List<LoadBalancerFactory> loadBalancers() {
    return factories;
  }
}
