package dev.sluice.kernel.snapshot;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.StreamRouter;
import dev.sluice.kernel.trust.TlsBook;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.pcollections.HashTreePSet;
import org.pcollections.PSet;

/** Makes the plans of routes; only what a change can have touched is planned anew. Lives on the control thread. */
final class PlanCompiler {

  private static final String SERVICES = CoreEntities.SERVICES.name();
  private static final String ROUTES = CoreEntities.ROUTES.name();
  private static final String CERTIFICATES = CoreEntities.CERTIFICATES.name();
  private static final String AUTHORITIES = CoreEntities.CA_CERTIFICATES.name();

  private final GatewaySnapshot before;
  private final EntityTables tables;
  private final Wiring wiring;
  private final PluginIndex index;
  private final GroupCompiler groups;
  private final LayeredMap.Edit<String, RoutePlan> plans;
  private final Map<String, Optional<Service>> services = new HashMap<>();
  private PSet<String> placed;
  private int numbered;
  private final List<RoutePlan> made = new ArrayList<>();
  private final List<RouteDefinition> gone = new ArrayList<>();
  private final List<RouteDefinition> come = new ArrayList<>();

  private PlanCompiler(
      GatewaySnapshot before,
      EntityTables tables,
      Wiring wiring,
      PluginIndex index,
      TlsBook tls,
      LayeredMap<String, RoutePlan> plans) {
    this.before = before;
    this.tables = tables;
    this.wiring = wiring;
    this.index = index;
    this.groups = new GroupCompiler(tables, wiring, tls);
    this.plans = plans.edit();
    this.placed = before.planTable().placed();
    this.numbered = before.planTable().numbered();
  }

  /**
   * Plans.
   *
   * @param plans of all routes
   * @param gone what the router is to leave out
   * @param come what is new for the router
   */
  record Plans(PlanTable plans, List<RouteDefinition> gone, List<RouteDefinition> come) {

    /** Plans in which nothing has changed. */
    static Plans same(PlanTable plans) {
      return new Plans(plans.kept(), List.of(), List.of());
    }

    /** Whether there is something new for the router. */
    boolean moved() {
      return !gone.isEmpty() || !come.isEmpty();
    }

    /** Whether that is about connections too. */
    boolean movesStreams() {
      return gone.stream().anyMatch(StreamRouter::concerns) || come.stream().anyMatch(StreamRouter::concerns);
    }

    /** What the router is compiled of. */
    List<RouteDefinition> definitions() {
      List<RouteDefinition> definitions = new ArrayList<>(plans.byRoute().size());
      plans.byRoute().values().forEach(plan -> definitions.add(plan.definition()));
      return definitions;
    }
  }

  private Plans plans() {
    return new Plans(new PlanTable(plans.done(), placed, List.copyOf(made), numbered), gone, come);
  }

  /** All plans. */
  static Plans whole(
      GatewaySnapshot before, EntityTables tables, Wiring wiring, PluginIndex index, TlsBook tls) {
    PlanCompiler compiler = new PlanCompiler(before, tables, wiring, index, tls, LayeredMap.empty());
    compiler.placed = HashTreePSet.empty();
    for (Route route : tables.all(CoreEntities.ROUTES)) {
      compiler.plan(route.id(), true);
    }
    return compiler.plans();
  }

  /** The plans after a change of certain entities. */
  static Plans changed(
      GatewaySnapshot before,
      EntityTables tables,
      Wiring wiring,
      Map<String, FilterInstance> instances,
      PluginIndex index,
      TlsBook tls,
      Changes changes) {
    PlanCompiler compiler = new PlanCompiler(before, tables, wiring, index, tls, before.planTable().byRoute());
    Set<String> filtered = compiler.filteredAnew(instances, changes);
    Set<String> touched = new HashSet<>(filtered);
    touched.addAll(changes.of(ROUTES));
    for (String service : changes.of(SERVICES)) {
      touched.addAll(tables.childIds(ROUTES, "service", service));
    }
    if (changes.names()) {
      compiler.addRewired(touched, before.plans().values());
    } else if (changes.touches(CoreEntities.UPSTREAMS.name()) || !wiring.keeps(before.wiring())) {
      compiler.addRewired(touched, compiler.placed());
      compiler.rewire(touched);
    }
    if (changes.touches(CERTIFICATES, AUTHORITIES)) {
      compiler.addMetAnew(touched);
    }
    for (String route : touched) {
      compiler.plan(route, filtered.contains(route));
    }
    return compiler.plans();
  }

  /** The routes on which other filters run than before. */
  private Set<String> filteredAnew(Map<String, FilterInstance> instances, Changes changes) {
    Set<String> routes = new HashSet<>();
    Set<String> workspaces = new HashSet<>();
    for (String id : changes.of(CoreEntities.PLUGINS.name())) {
      scope(before.instances().get(id), routes, workspaces);
      scope(instances.get(id), routes, workspaces);
    }
    if (!workspaces.isEmpty()) {
      for (RoutePlan plan : before.plans().values()) {
        if (workspaces.contains(plan.workspace())) {
          routes.add(plan.route().id());
        }
      }
    }
    return routes;
  }

  private void scope(FilterInstance instance, Set<String> routes, Set<String> workspaces) {
    if (instance == null) {
      return;
    }
    PluginConfig config = instance.config();
    if (config.routeId().isPresent()) {
      routes.add(config.routeId().get());
    } else if (config.serviceId().isPresent()) {
      routes.addAll(tables.childIds(ROUTES, "service", config.serviceId().get()));
    } else {
      workspaces.add(instance.workspace());
    }
  }

  /** The plans with a strategy. */
  private Collection<RoutePlan> placed() {
    return before.planTable().placed().stream().map(before::plan).filter(Objects::nonNull).toList();
  }

  /**
   * Leads the routes of services to where these are now, those that lead elsewhere. A service may have routes by the ten
   * thousand: where one of them stays, as when but targets have changed, or has no plan, all are like it, and not looked at.
   */
  private void rewire(Set<String> touched) {
    for (String service : wiring.moved(before.wiring())) {
      Optional<Destination> own = tables.byId(CoreEntities.SERVICES, service).map(found -> groups.own(Optional.of(found)));
      for (String route : own.isPresent() ? tables.childIds(ROUTES, "service", service) : Set.<String>of()) {
        RoutePlan plan = before.plan(route);
        if (touched.contains(route)) {
          continue;
        }
        if (plan == null || plan.destination().equals(own.get())) {
          break;
        }
        if (plan.groups().length == 0) {
          put(route, plan.leadingTo(version(), own.get()));
        }
      }
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private void addRewired(Set<String> touched, Collection<RoutePlan> plansNow) {
    if (wiring == before.wiring()) {
      return;
    }
    for (RoutePlan plan : plansNow) {
      if (plan.service().isPresent()
          && (!plan.destination().equals(groups.own(plan.service())) || groups.moved(plan))) {
        touched.add(plan.route().id());
      }
    }
  }

  /** Whether plans may be others after a change, even when filters and balancers are the same. */
  static boolean reads(Changes changes) {
    return changes.touches(ROUTES, CERTIFICATES, AUTHORITIES);
  }

  /** The routes whose services are met with other certificates, or by other authorities, than before. */
  private void addMetAnew(Set<String> touched) {
    for (RoutePlan plan : before.plans().values()) {
      if (plan.tls().isPresent() && (!plan.destination().equals(groups.own(plan.service())) || groups.moved(plan))) {
        touched.add(plan.route().id());
      }
    }
  }

  @SuppressWarnings("ReferenceEquality")
  private void plan(String id, boolean filters) {
    RoutePlan known = before.plan(id);
    Optional<PlannedRoute> definition =
        tables.byId(CoreEntities.ROUTES, id).flatMap(route -> definition(route, known));
    if (definition.isEmpty()) {
      placed = placed.minus(id);
      if (plans.get(id) != null) {
        plans.remove(id);
        gone.add(known.definition());
      }
      return;
    }
    String workspace = tables.workspaceOf(ROUTES, id).orElse(Workspaces.DEFAULT_ID);
    ChainPlan chain =
        known != null && !filters && sameScope(known, workspace, definition.get())
            ? known.chain()
            : index.plan(workspace, Optional.of(definition.get().route()), definition.get().service());
    Optional<Service> service = definition.get().service();
    Destination own = groups.own(service);
    StrategyGroups[] led = groups.groups(chain, workspace, service, own);
    placed = led.length == 0 ? placed.minus(id) : placed.plus(id);
    put(id, new RoutePlan(version(), workspace, definition.get(), own, chain, led));
    if (known == null || known.definition() != definition.get()) {
      if (known != null) {
        gone.add(known.definition());
      }
      come.add(definition.get());
    }
  }

  private long version() {
    return before.version() + 1;
  }

  private void put(String route, RoutePlan plan) {
    plans.put(route, plan);
    made.add(plan);
  }

  private static boolean sameScope(RoutePlan known, String workspace, PlannedRoute definition) {
    return known.workspace().equals(workspace)
        && known.service().map(Service::id).equals(definition.service().map(Service::id));
  }

  private Optional<Service> service(String id) {
    return tables.byId(CoreEntities.SERVICES, id);
  }

  /** The same object as before when neither the route nor its service was written; empty when it does not serve. */
  @SuppressWarnings("ReferenceEquality")
  private Optional<PlannedRoute> definition(Route route, RoutePlan known) {
    Optional<Service> service =
        route.serviceId().isEmpty() ? Optional.empty() : services.computeIfAbsent(route.serviceId().get(), this::service);
    if (service.isPresent() && !service.get().enabled()) {
      return Optional.empty();
    }
    return known != null && known.route() == route && known.service().orElse(null) == service.orElse(null)
        ? Optional.of(known.definition())
        : Optional.of(new PlannedRoute(route, service, known == null ? numbered++ : known.definition().number()));
  }
}
