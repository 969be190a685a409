package dev.sluice.kernel.snapshot;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.entity.Upstream;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.Router;
import dev.sluice.kernel.registry.FilterBinding;
import dev.sluice.kernel.registry.Registry;
import dev.sluice.kernel.upstream.UpstreamBuilder;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compiles snapshots; only what has changed is compiled anew. Lives on the control thread. */
public final class SnapshotCompiler {

  private static final Logger log = LoggerFactory.getLogger(SnapshotCompiler.class);

  private final String flavor;
  private final UpstreamBuilder upstreams;

  /**
   * Makes a compiler.
   *
   * @param flavor of the router
   */
  public SnapshotCompiler(String flavor, UpstreamBuilder upstreams) {
    this.flavor = flavor;
    this.upstreams = upstreams;
  }

  /** What has changed since the last snapshot. */
  public record Changes(Set<String> types, boolean names) {

    /** Everything, as at the start or after a change of the jars. */
    public static final Changes ALL =
        new Changes(Set.of("services", "routes", "upstreams", "targets", "plugins", "consumers"), true);

    /** Entities of one type. */
    public static Changes of(Set<String> types) {
      return new Changes(types, false);
    }

    /** Addresses of names. */
    public static final Changes NAMES = new Changes(Set.of(), true);

    boolean any(String... wanted) {
      for (String type : wanted) {
        if (types.contains(type)) {
          return true;
        }
      }
      return false;
    }
  }

  /** A configuration cannot be compiled; the message says which entity and why. */
  public static final class CompileException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CompileException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** An empty snapshot of version 0. */
  public static GatewaySnapshot empty(Registry registry, EntityTables tables) {
    return new GatewaySnapshot(
        0, registry, tables, Optional.empty(), Map.of(), Map.of(), Map.of(), new PluginIndex(List.of()));
  }

  /**
   * Compiles the next snapshot. Starts nothing: a snapshot may be thrown away.
   *
   * <p>Compares by identity what was carried over.
   *
   * @param strict whether a filter that cannot be built is an error, as for a write; otherwise it refuses requests
   */
  @SuppressWarnings("ReferenceEquality")
  public GatewaySnapshot compile(
      GatewaySnapshot before, Registry registry, EntityTables tables, Changes changes, boolean strict) {
    boolean jars = before.registry() != registry;
    Map<String, FilterInstance> instances =
        jars || changes.any("plugins", "vaults") ? instances(before, registry, tables, strict) : before.instances();
    PluginIndex index = instances == before.instances() ? before.index() : new PluginIndex(instances.values());
    boolean balancing = jars || changes.names() || changes.any("services", "upstreams", "targets");
    Map<String, UpstreamRuntime> runtimes = balancing ? runtimes(before, registry, tables) : before.upstreams();
    boolean routing = jars || changes.any("services", "routes");
    boolean planning = routing || balancing || index != before.index();
    List<RouteDefinition> definitions = planning ? definitions(tables) : List.of();
    Optional<Router> router = routing ? router(before, registry, definitions) : before.router();
    Map<String, RoutePlan> plans =
        planning ? plans(before, tables, definitions, runtimes, index) : before.plans();
    return new GatewaySnapshot(before.version() + 1, registry, tables, router, plans, runtimes, instances, index);
  }

  private static Map<String, FilterInstance> instances(
      GatewaySnapshot before, Registry registry, EntityTables tables, boolean strict) {
    Map<String, FilterInstance> instances = new HashMap<>();
    for (PluginConfig config : tables.all(CoreEntities.PLUGINS)) {
      Optional<FilterBinding> binding = registry.filter(config.name());
      FilterInstance known = before.instances().get(config.id());
      boolean unchanged = known != null && known.serves(config, binding);
      String workspace = tables.workspaceOf(CoreEntities.PLUGINS.name(), config.id()).orElse(Workspaces.DEFAULT_ID);
      boolean secret = tables.refers(CoreEntities.PLUGINS.name(), config.id());
      instances.put(config.id(), unchanged ? known : instance(config, workspace, binding, strict, secret));
    }
    return instances;
  }

  private static FilterInstance instance(
      PluginConfig config, String workspace, Optional<FilterBinding> binding, boolean strict, boolean secret) {
    if (binding.isEmpty()) {
      log.error("plugin '{}' ({}) is configured but not installed: its routes refuse requests", config.name(), config.id());
      return new FilterInstance(config, workspace, binding, new MissingFilter(config.name(), "not installed"));
    }
    try {
      return new FilterInstance(config, workspace, binding, create(binding.get().factory(), config.config()));
    } catch (RuntimeException | LinkageError e) {
      // What failed may quote the secrets that the config refers to.
      String reason = secret ? "one of its secrets is missing or unfit" : e.getMessage();
      if (strict) {
        throw new CompileException(
            "plugin '" + config.name() + "' cannot use its config: " + reason, secret ? null : e);
      }
      log.error(
          "plugin '{}' ({}) cannot be built: its routes refuse requests: {}",
          config.name(),
          config.id(),
          reason,
          secret ? null : e);
      return new FilterInstance(
          config, workspace, binding, new MissingFilter(config.name(), "cannot be built: " + reason));
    }
  }

  private static <C> Filter create(FilterFactory<C> factory, JsonObject config) {
    return factory.create(factory.schema().decode(config));
  }

  private Map<String, UpstreamRuntime> runtimes(GatewaySnapshot before, Registry registry, EntityTables tables) {
    Map<String, UpstreamRuntime> runtimes = new HashMap<>();
    for (Upstream upstream : tables.all(CoreEntities.UPSTREAMS)) {
      runtimes.put(
          upstream.id(),
          upstreams.upstream(
              Optional.ofNullable(before.upstreams().get(upstream.id())),
              upstream,
              tables.byReference(CoreEntities.TARGETS, "upstream", upstream.id()),
              registry::loadBalancer,
              registry.healthCheckers()));
    }
    for (Service service : tables.all(CoreEntities.SERVICES)) {
      String key = UpstreamBuilder.hostKey(service);
      if (!runtimes.containsKey(key) && upstreamOf(tables, service).isEmpty()) {
        runtimes.put(
            key,
            upstreams.host(Optional.ofNullable(before.upstreams().get(key)), service, registry::loadBalancer));
      }
    }
    return runtimes;
  }

  /** The upstream that a service's host names, in the service's own workspace. */
  public static Optional<Upstream> upstreamOf(EntityTables tables, Service service) {
    String workspace =
        tables.workspaceOf(CoreEntities.SERVICES.name(), service.id()).orElse(Workspaces.DEFAULT_ID);
    return tables.byUnique(workspace, CoreEntities.UPSTREAMS, "name", service.host());
  }

  private static List<RouteDefinition> definitions(EntityTables tables) {
    List<RouteDefinition> definitions = new ArrayList<>();
    for (Route route : tables.all(CoreEntities.ROUTES)) {
      Optional<Service> service = route.serviceId().flatMap(id -> tables.byId(CoreEntities.SERVICES, id));
      if (service.map(Service::enabled).orElse(true)) {
        definitions.add(new RouteDefinition(route, service));
      }
    }
    return definitions;
  }

  private Optional<Router> router(GatewaySnapshot before, Registry registry, List<RouteDefinition> definitions) {
    if (registry.router(flavor).isEmpty() && before.router().isPresent()) {
      log.warn("no jar brings the router '{}': no request finds its route", flavor);
    }
    return registry
        .router(flavor)
        .map(
            factory -> {
              try {
                return factory.compile(definitions);
              } catch (RuntimeException e) {
                throw new CompileException("the routes cannot be compiled: " + e.getMessage(), e);
              }
            });
  }

  @SuppressWarnings("ReferenceEquality")
  private static Map<String, RoutePlan> plans(
      GatewaySnapshot before,
      EntityTables tables,
      List<RouteDefinition> definitions,
      Map<String, UpstreamRuntime> runtimes,
      PluginIndex index) {
    Map<String, RoutePlan> plans = new HashMap<>(definitions.size() * 2);
    for (RouteDefinition definition : definitions) {
      Optional<UpstreamRuntime> runtime =
          definition
              .service()
              .map(
                  service ->
                      runtimes.get(
                          upstreamOf(tables, service)
                              .map(Upstream::id)
                              .orElseGet(() -> UpstreamBuilder.hostKey(service))));
      RoutePlan known = before.plan(definition.route().id());
      boolean same = known != null && known.serves(definition.route(), definition.service(), runtime);
      if (same && index == before.index()) {
        plans.put(definition.route().id(), known);
      } else {
        String id = definition.route().id();
        String workspace = tables.workspaceOf(CoreEntities.ROUTES.name(), id).orElse(Workspaces.DEFAULT_ID);
        ChainPlan chain = index.plan(workspace, Optional.of(definition.route()), definition.service());
        plans.put(id, new RoutePlan(workspace, definition.route(), definition.service(), runtime, chain));
      }
    }
    return plans;
  }
}
