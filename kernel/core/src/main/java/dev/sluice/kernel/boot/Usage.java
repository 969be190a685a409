package dev.sluice.kernel.boot;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.entity.Upstream;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.routing.RouterFactory;
import dev.sluice.api.store.StoreFactory;
import dev.sluice.api.upstream.LoadBalancerFactory;
import dev.sluice.kernel.registry.Contributions;
import dev.sluice.kernel.registry.LoadedPlugin;
import dev.sluice.kernel.snapshot.EntityTables;
import dev.sluice.kernel.snapshot.GatewaySnapshot;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells whether the configuration needs a plugin. What it needs is kept although its file is gone: to delete the jar of
 * an authentication must never open a route.
 */
final class Usage {

  private final String flavor;
  private final String database;

  Usage(String flavor, String database) {
    this.flavor = flavor;
    this.database = database;
  }

  /** What needs the plugin; empty when nothing does. */
  Optional<String> of(LoadedPlugin plugin, GatewaySnapshot snapshot) {
    Contributions given = plugin.contributions();
    EntityTables tables = snapshot.tables();
    // Strategies are none of them: without its jar traffic goes on to the hosts of the services.
    Set<String> filters = given.filters().stream().map(FilterFactory::name).collect(Collectors.toSet());
    for (PluginConfig config : tables.all(CoreEntities.PLUGINS)) {
      if (filters.contains(config.name())) {
        return Optional.of("plugin " + config.id() + " is configured with it");
      }
    }
    for (EntityType<?> type : given.entityTypes()) {
      // What is no configuration is not needed by it; it stays in the store.
      if (type.declared() && tables.count(type.name()) > 0) {
        return Optional.of("there are entities of its type " + type.name());
      }
    }
    for (RouterFactory router : given.routers()) {
      if (router.flavor().equals(flavor)) {
        return Optional.of("it brings the router " + flavor);
      }
    }
    for (StoreFactory store : given.stores()) {
      if (store.name().equals(database)) {
        return Optional.of("it brings the store " + database);
      }
    }
    return balancing(given, snapshot);
  }

  private static Optional<String> balancing(Contributions given, GatewaySnapshot snapshot) {
    Set<String> algorithms =
        given.loadBalancers().stream().map(LoadBalancerFactory::algorithm).collect(Collectors.toSet());
    for (UpstreamRuntime runtime : snapshot.upstreams().values()) {
      Upstream upstream = runtime.upstream();
      if (algorithms.contains(upstream.algorithm())) {
        return Optional.of("upstream " + upstream.name() + " balances by " + upstream.algorithm());
      }
      if (given.healthCheckers().stream().anyMatch(runtime::watchedBy)) {
        return Optional.of("upstream " + upstream.name() + " is watched by it");
      }
    }
    boolean names = !given.resolvers().isEmpty() && snapshot.upstreams().values().stream().anyMatch(UpstreamRuntime::named);
    return names ? Optional.of("targets are resolved by it") : Optional.empty();
  }
}
