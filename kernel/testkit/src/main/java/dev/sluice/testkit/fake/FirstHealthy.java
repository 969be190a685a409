package dev.sluice.testkit.fake;

import dev.sluice.api.upstream.LoadBalancer;
import dev.sluice.api.upstream.LoadBalancerFactory;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.api.upstream.UpstreamView;
import java.util.Comparator;

/** A load balancer for tests of everything else: the healthy address of the greatest weight that has not failed yet. */
public final class FirstHealthy implements LoadBalancerFactory {

  @Override
  public String algorithm() {
    return "round-robin";
  }

  @Override
  public LoadBalancer build(UpstreamView view) {
    return () ->
        context ->
            view.addresses().stream()
                .filter(each -> each.healthy() && each.weight() > 0 && !context.failedAt(each))
                .max(Comparator.comparingInt(TargetState::weight));
  }
}
