package dev.sluice.kernel.snapshot;

import dev.sluice.api.routing.Router;
import dev.sluice.kernel.registry.Registry;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * All that serves requests, in one immutable version. A request pins the snapshot it began with until it has ended:
 * one request, one version, never a mix.
 */
public final class GatewaySnapshot {

  private final long version;
  private final Registry registry;
  private final EntityTables tables;
  private final Optional<Router> router;
  private final Map<String, RoutePlan> plans;
  private final ChainPlan global;
  private final Chain rewrite;
  private final Map<String, UpstreamRuntime> upstreams;
  private final Map<String, FilterInstance> instances;
  private final PluginIndex index;

  GatewaySnapshot(
      long version,
      Registry registry,
      EntityTables tables,
      Optional<Router> router,
      Map<String, RoutePlan> plans,
      Map<String, UpstreamRuntime> upstreams,
      Map<String, FilterInstance> instances,
      PluginIndex index) {
    this.version = version;
    this.registry = registry;
    this.tables = tables;
    this.router = router;
    this.plans = plans;
    this.upstreams = upstreams;
    this.instances = instances;
    this.index = index;
    this.global = index.plan(Optional.empty(), Optional.empty());
    this.rewrite = global.dependsOnConsumer() ? rewriteOf(global) : global.whole();
  }

  private static Chain rewriteOf(ChainPlan plan) {
    return new Chain(
        Arrays.stream(plan.slots()).map(ChainPlan.Slot::base).filter(Objects::nonNull).toList());
  }

  /** Counts from 1 on this node. */
  public long version() {
    return version;
  }

  /** The jars that this version uses. */
  public Registry registry() {
    return registry;
  }

  /** The entities. */
  public EntityTables tables() {
    return tables;
  }

  /** The router; empty when no jar brings the one that is configured. */
  public Optional<Router> router() {
    return router;
  }

  /** The plan of a route. */
  public RoutePlan plan(String routeId) {
    return plans.get(routeId);
  }

  /** All plans by the id of the route. */
  public Map<String, RoutePlan> plans() {
    return Collections.unmodifiableMap(plans);
  }

  /** The filters that run when no route matches. */
  public ChainPlan global() {
    return global;
  }

  /** The filters that run before routing. */
  public Chain rewrite() {
    return rewrite;
  }

  /** The balancers: those of upstreams by their id, those of plain hosts by host and port. */
  public Map<String, UpstreamRuntime> upstreams() {
    return Collections.unmodifiableMap(upstreams);
  }

  /** The configured filters by the id of their entity. */
  public Map<String, FilterInstance> instances() {
    return Collections.unmodifiableMap(instances);
  }

  PluginIndex index() {
    return index;
  }
}
