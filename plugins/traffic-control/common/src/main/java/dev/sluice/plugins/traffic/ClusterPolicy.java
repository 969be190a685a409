package dev.sluice.plugins.traffic;

import dev.sluice.api.PluginContext;
import io.vertx.core.Future;

/** Counts in the store that the nodes share; on this node alone where it has no other. */
record ClusterPolicy(PluginContext context, Policy alone) implements Policy {

  @Override
  public Future<long[]> take(CounterKey key, Limits limits, Windows windows) {
    return policy().take(key, limits, windows);
  }

  @Override
  public Future<long[]> used(CounterKey key, Limits limits, Windows windows) {
    return policy().used(key, limits, windows);
  }

  @Override
  public Future<Void> add(CounterKey key, Limits limits, Windows windows, long amount) {
    return policy().add(key, limits, windows, amount);
  }

  /** Asked each time: the store may come late, or be replaced. */
  private Policy policy() {
    return context.counters().<Policy>map(shared -> new SharedPolicy(shared, false)).orElse(alone);
  }
}
