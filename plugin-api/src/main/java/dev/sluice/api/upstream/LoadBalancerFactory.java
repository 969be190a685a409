package dev.sluice.api.upstream;

/** Makes load balancers. The {@code algorithm} of an upstream picks a factory by name. */
public interface LoadBalancerFactory {

  /** The algorithm, such as {@code round-robin}. */
  String algorithm();

  /** Compiles a view. Runs on the control thread, once for each version of the upstream or its targets. */
  LoadBalancer build(UpstreamView view);
}
