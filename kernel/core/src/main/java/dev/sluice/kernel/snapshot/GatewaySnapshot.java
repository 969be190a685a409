package dev.sluice.kernel.snapshot;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityReader;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.Router;
import dev.sluice.api.routing.StreamRouter;
import dev.sluice.kernel.registry.Registry;
import dev.sluice.kernel.upstream.AddressBook.Name;
import dev.sluice.kernel.upstream.Seat;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All that serves requests, in one immutable version. A request pins the snapshot it began with until it has ended:
 * one request, one version, never a mix.
 */
public final class GatewaySnapshot {

  private final long version;
  private final Registry registry;
  private final EntityTables tables;
  private final Optional<Router> router;
  private final Optional<StreamRouter> streams;
  private final PlanTable plans;
  private final EntityReader reader;
  private final Map<String, ChainPlan> globals = new HashMap<>();
  private final Map<String, Chain> rewrites = new HashMap<>();
  private final Chain rewrite;
  private final boolean rewriteApart;
  private final Wiring wiring;
  private final LayeredMap<String, FilterInstance> instances;
  private final PluginIndex index;
  private volatile ClientCertificateWishes wishes;

  GatewaySnapshot(
      long version,
      Registry registry,
      EntityTables tables,
      Optional<Router> router,
      Optional<StreamRouter> streams,
      PlanTable plans,
      Wiring wiring,
      LayeredMap<String, FilterInstance> instances,
      PluginIndex index) {
    this.version = version;
    this.registry = registry;
    this.tables = tables;
    this.router = router;
    this.streams = streams;
    this.plans = plans;
    this.wiring = wiring;
    this.instances = instances;
    this.index = index;
    this.reader = tables.in(Workspaces.DEFAULT_ID);
    globals.put(Workspaces.DEFAULT_ID, index.plan(Workspaces.DEFAULT_ID));
    index.workspaces().forEach(workspace -> globals.computeIfAbsent(workspace, index::plan));
    globals.forEach((workspace, plan) -> rewrites.put(workspace, plan.base()));
    this.rewrite = rewrites.get(Workspaces.DEFAULT_ID);
    this.rewriteApart =
        rewrites.values().stream().anyMatch(chain -> chain.rewrite().length > 0)
            && (rewrites.size() > 1 || tables.count(CoreEntities.WORKSPACES.name()) > 0);
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

  /** The router of connections that are passed on as they are; empty as the other one is. */
  public Optional<StreamRouter> streams() {
    return streams;
  }

  /** The plan of a route. */
  public RoutePlan plan(String routeId) {
    return plans.byRoute().get(routeId);
  }

  /** The plan of a route that the router has found. */
  public RoutePlan plan(RouteDefinition found) {
    RoutePlan known = found instanceof PlannedRoute planned ? planned.plan(version) : null;
    return known == null ? plan(found.route().id()) : known;
  }

  /** All plans by the id of the route. */
  public Map<String, RoutePlan> plans() {
    return plans.byRoute();
  }

  /** The filters that run for a workspace when no route matches. */
  public ChainPlan global(String workspace) {
    return globals.getOrDefault(workspace, ChainPlan.NOTHING);
  }

  /** The filters that run before routing. */
  public Chain rewrite() {
    return rewrite;
  }

  /** The filters that run for a workspace before routing. */
  public Chain rewrite(String workspace) {
    return rewrites.getOrDefault(workspace, Chain.EMPTY);
  }

  /** Whether the workspace of a request must be known before it is known which filters run before routing. */
  public boolean rewriteApart() {
    return rewriteApart;
  }

  /** What requests of a workspace may see. */
  public EntityReader reader(String workspace) {
    return workspace.equals(Workspaces.DEFAULT_ID) ? reader : tables.in(workspace);
  }

  /** Who is to be asked for certificates; put together by the first handshake that wants to know. */
  public ClientCertificateWishes clientCertificates() {
    ClientCertificateWishes known = wishes;
    if (known == null) {
      known =
          index.wantsCertificates()
              ? new ClientCertificateWishes(globals.values(), plans.byRoute().values())
              : ClientCertificateWishes.NONE;
      wishes = known;
    }
    return known;
  }

  /** The balancers: those of upstreams by their id, those of plain hosts by host and port. */
  public Map<String, UpstreamRuntime> upstreams() {
    return wiring.runtimes();
  }

  /** The balancer of a seat; null when there is none any more. */
  public UpstreamRuntime upstream(Seat seat) {
    UpstreamRuntime known = seat.in(version);
    return known == null ? wiring.runtimes().get(seat.key()) : known;
  }

  /** Has requests find what is new in it; when nothing can keep it from serving. */
  void lead(GatewaySnapshot before) {
    plans.lead();
    if (!balancesAs(before)) {
      for (String key : balancersUnlike(before)) {
        UpstreamRuntime runtime = wiring.runtimes().get(key);
        if (runtime != null) {
          runtime.lead();
        }
      }
    }
  }

  /** The configured filters by the id of their entity. */
  public Map<String, FilterInstance> instances() {
    return instances;
  }

  PlanTable planTable() {
    return plans;
  }

  LayeredMap<String, FilterInstance> filters() {
    return instances;
  }

  /** The keys of the balancers that are not the same as in another snapshot. */
  public Set<String> balancersUnlike(GatewaySnapshot other) {
    return wiring.runtimes().differing(other.wiring.runtimes());
  }

  Wiring wiring() {
    return wiring;
  }

  /** Whether the balancers are those of another snapshot. */
  @SuppressWarnings("ReferenceEquality")
  public boolean balancesAs(GatewaySnapshot other) {
    return wiring.runtimes() == other.wiring.runtimes();
  }

  /** The names whose addresses it uses. */
  public Set<Name> names() {
    Set<Name> names = new HashSet<>();
    wiring.runtimes().values().forEach(runtime -> runtime.names(names::add));
    return names;
  }

  PluginIndex index() {
    return index;
  }
}
