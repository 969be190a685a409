package dev.sluice.kernel.snapshot;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.routing.RouteChanges;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.Router;
import dev.sluice.api.routing.StreamRouter;
import dev.sluice.kernel.registry.FilterBinding;
import dev.sluice.kernel.registry.Registry;
import dev.sluice.kernel.snapshot.PlanCompiler.Plans;
import dev.sluice.kernel.trust.TlsBook;
import dev.sluice.kernel.upstream.AddressBook.Name;
import dev.sluice.kernel.upstream.UpstreamBuilder;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Compiles snapshots; only what has changed is compiled anew. Lives on the control thread. */
public final class SnapshotCompiler {

  private static final Logger log = LoggerFactory.getLogger(SnapshotCompiler.class);

  private final String flavor;
  private final WiringCompiler wirings;
  private final TlsBook tls;
  private final Predicate<String> withdrawn;

  /**
   * Makes a compiler.
   *
   * @param flavor of the router
   * @param tls how upstreams are met over TLS
   * @param withdrawn whether the jar of a strategy was taken out before this node was started
   */
  public SnapshotCompiler(String flavor, UpstreamBuilder upstreams, TlsBook tls, Predicate<String> withdrawn) {
    this.flavor = flavor;
    this.tls = tls;
    this.withdrawn = withdrawn;
    this.wirings = new WiringCompiler(upstreams);
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
        0, registry, tables, Optional.empty(), Optional.empty(), PlanTable.NONE, Wiring.NONE, LayeredMap.empty(), PluginIndex.NONE);
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
    if (before.registry() != registry || changes.everything()) {
      return whole(before, registry, tables, strict);
    }
    LayeredMap<String, FilterInstance> instances =
        changes.touches(CoreEntities.PLUGINS.name())
            ? instances(before, registry, tables, changes, strict)
            : before.filters();
    PluginIndex index =
        instances == before.filters()
            ? before.index()
            : before.index().changed(before.filters(), instances, changes.of(CoreEntities.PLUGINS.name()));
    Wiring wiring =
        changes.names()
            ? wirings.whole(before, registry, tables)
            : WiringCompiler.touched(changes)
                ? wirings.changed(before, registry, tables, changes)
                : before.wiring();
    boolean planned =
        index == before.index() && wiring == before.wiring() && !PlanCompiler.reads(changes);
    Plans plans =
        planned
            ? Plans.same(before.planTable())
            : PlanCompiler.changed(before, tables, wiring, instances, index, tls, changes);
    Optional<Router> router = plans.moved() ? router(before, before.router(), registry, plans) : before.router();
    return new GatewaySnapshot(
        before.version() + 1,
        registry,
        tables,
        router,
        plans.movesStreams() ? streams(registry, plans) : before.streams(),
        plans.plans(),
        wiring,
        instances,
        index);
  }

  private GatewaySnapshot whole(GatewaySnapshot before, Registry registry, EntityTables tables, boolean strict) {
    LayeredMap<String, FilterInstance> instances = instances(before, registry, tables, strict);
    PluginIndex index = PluginIndex.of(instances.values());
    Wiring wiring = wirings.whole(before, registry, tables);
    Plans plans = PlanCompiler.whole(before, tables, wiring, index, tls);
    return new GatewaySnapshot(
        before.version() + 1,
        registry,
        tables,
        router(before, Optional.empty(), registry, plans),
        streams(registry, plans),
        plans.plans(),
        wiring,
        instances,
        index);
  }

  private LayeredMap<String, FilterInstance> instances(
      GatewaySnapshot before, Registry registry, EntityTables tables, boolean strict) {
    Map<String, FilterInstance> instances = new HashMap<>();
    for (PluginConfig config : tables.all(CoreEntities.PLUGINS)) {
      instances.put(config.id(), instance(before, registry, tables, config, strict));
    }
    return LayeredMap.of(instances);
  }

  private LayeredMap<String, FilterInstance> instances(
      GatewaySnapshot before, Registry registry, EntityTables tables, Changes changes, boolean strict) {
    LayeredMap.Edit<String, FilterInstance> instances = before.filters().edit();
    for (String id : changes.of(CoreEntities.PLUGINS.name())) {
      tables
          .byId(CoreEntities.PLUGINS, id)
          .ifPresentOrElse(
              config -> instances.put(id, instance(before, registry, tables, config, strict)),
              () -> instances.remove(id));
    }
    return instances.done();
  }

  private FilterInstance instance(
      GatewaySnapshot before, Registry registry, EntityTables tables, PluginConfig config, boolean strict) {
    Optional<FilterBinding> binding = registry.filter(config.name());
    FilterInstance known = before.instances().get(config.id());
    if (known != null && known.serves(config, binding)) {
      return known;
    }
    String workspace = tables.workspaceOf(CoreEntities.PLUGINS.name(), config.id()).orElse(Workspaces.DEFAULT_ID);
    boolean placed = known != null && known.places() && known.config().name().equals(config.name());
    if (binding.isEmpty() && (placed || withdrawn.test(config.name()))) {
      log.warn(
          "the jar of strategy '{}' ({}) was taken out: the hosts of its services serve", config.name(), config.id());
      return new FilterInstance(config, workspace, binding, new WithdrawnStrategy());
    }
    boolean secret = tables.refers(CoreEntities.PLUGINS.name(), config.id());
    return instance(config, workspace, binding, strict, secret);
  }

  private static FilterInstance instance(
      PluginConfig config, String workspace, Optional<FilterBinding> binding, boolean strict, boolean secret) {
    if (binding.isEmpty()) {
      log.error("plugin '{}' ({}) is configured but not installed: its routes refuse requests", config.name(), config.id());
      return new FilterInstance(config, workspace, binding, new MissingFilter(config.name(), "not installed"));
    }
    try {
      return new FilterInstance(config, workspace, binding, create(binding.get().factory(), config));
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

  private static <C> Filter create(FilterFactory<C> factory, PluginConfig plugin) {
    return factory.create(factory.schema().decode(plugin.config()), plugin);
  }

  /** The names that must be known before a change is compiled. */
  public static Set<Name> names(GatewaySnapshot before, EntityTables tables, Changes changes) {
    return WiringCompiler.names(before, tables, changes);
  }

  private Optional<StreamRouter> streams(Registry registry, Plans plans) {
    List<RouteDefinition> routes = plans.definitions().stream().filter(StreamRouter::concerns).toList();
    try {
      return registry.router(flavor).map(factory -> factory.compileStreams(routes));
    } catch (RuntimeException e) {
      throw new CompileException("the routes cannot be compiled: " + e.getMessage(), e);
    }
  }

  private Optional<Router> router(
      GatewaySnapshot before, Optional<Router> reusable, Registry registry, Plans plans) {
    if (registry.router(flavor).isEmpty() && before.router().isPresent()) {
      log.warn("no jar brings the router '{}': no request finds its route", flavor);
    }
    RouteChanges changes = new RouteChanges(plans.gone(), plans.come(), plans::definitions);
    return registry
        .router(flavor)
        .map(
            factory -> {
              try {
                return reusable
                    .map(router -> factory.compile(router, changes))
                    .orElseGet(() -> factory.compile(plans.definitions()));
              } catch (RuntimeException e) {
                throw new CompileException("the routes cannot be compiled: " + e.getMessage(), e);
              }
            });
  }
}
