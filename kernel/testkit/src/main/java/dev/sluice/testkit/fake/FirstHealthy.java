package dev.sluice.testkit.fake;

import dev.sluice.api.upstream.LoadBalancer;
import dev.sluice.api.upstream.LoadBalancerFactory;
import dev.sluice.api.upstream.UpstreamView;

/** A load balancer for tests of everything else: the first address that is healthy and has not failed yet. */
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
                .findFirst();
  }
}
