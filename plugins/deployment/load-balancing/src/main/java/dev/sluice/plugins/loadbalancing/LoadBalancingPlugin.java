package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.upstream.LoadBalancerFactory;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.pf4j.Extension;

/** Offers one factory per algorithm. */
@Extension
public final class LoadBalancingPlugin implements GatewayPlugin {

  private List<LoadBalancerFactory> factories = List.of();

  @Override
  public void start(PluginContext context) {
    LongSupplier clock = context.clock()::millis;
    factories =
        Stream.of(new RoundRobin(), new ConsistentHashing(), new LeastConnections(), new Latency(clock))
            .<LoadBalancerFactory>map(algorithm -> new ByPriority(algorithm, clock))
            .toList();
  }

  @Override
  public List<LoadBalancerFactory> loadBalancers() {
    return factories;
  }
}
