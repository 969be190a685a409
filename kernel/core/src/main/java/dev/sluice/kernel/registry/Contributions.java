package dev.sluice.kernel.registry;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminSurfaceFactory;
import dev.sluice.api.deployment.DeploymentStrategyFactory;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.routing.RouterFactory;
import dev.sluice.api.security.CertificateSource;
import dev.sluice.api.store.StoreFactory;
import dev.sluice.api.upstream.HealthCheckerFactory;
import dev.sluice.api.upstream.LoadBalancerFactory;
import dev.sluice.api.upstream.TargetResolver;
import dev.sluice.api.vault.VaultFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What one plugin contributes, asked for once. */
public record Contributions(
    List<FilterFactory<?>> filters,
    List<DeploymentStrategyFactory<?>> strategies,
    List<RouterFactory> routers,
    List<LoadBalancerFactory> loadBalancers,
    List<HealthCheckerFactory> healthCheckers,
    List<TargetResolver> resolvers,
    List<StoreFactory> stores,
    List<EntityType<?>> entityTypes,
    List<AdminEndpoint> adminEndpoints,
    List<AdminSurfaceFactory> adminSurfaces,
    List<VaultFactory<?>> vaults,
    List<CertificateSource> certificates) {

  /** Asks a started plugin for all its lists. */
  public static Contributions of(GatewayPlugin plugin) {
    return new Contributions(
        List.copyOf(plugin.filters()),
        List.copyOf(plugin.deploymentStrategies()),
        List.copyOf(plugin.routers()),
        List.copyOf(plugin.loadBalancers()),
        List.copyOf(plugin.healthCheckers()),
        List.copyOf(plugin.resolvers()),
        List.copyOf(plugin.stores()),
        List.copyOf(plugin.entityTypes()),
        List.copyOf(plugin.adminEndpoints()),
        List.copyOf(plugin.adminSurfaces()),
        List.copyOf(plugin.vaults()),
        List.copyOf(plugin.certificates()));
  }

  /** The names of all that is contributed, by kind; kinds of which there is none are left out. */
  public Map<String, List<String>> names() {
    Map<String, List<String>> names = new LinkedHashMap<>();
    put(names, "filters", filters, FilterFactory::name);
    put(names, "strategies", strategies, DeploymentStrategyFactory::name);
    put(names, "routers", routers, RouterFactory::flavor);
    put(names, "load_balancers", loadBalancers, LoadBalancerFactory::algorithm);
    put(names, "health_checkers", healthCheckers, Contributions::kind);
    put(names, "resolvers", resolvers, Contributions::kind);
    put(names, "stores", stores, StoreFactory::name);
    put(names, "vaults", vaults, VaultFactory::name);
    put(names, "certificates", certificates, Contributions::kind);
    put(names, "entities", entityTypes, EntityType::name);
    put(names, "endpoints", adminEndpoints, endpoint -> endpoint.method() + " " + endpoint.template());
    put(names, "surfaces", adminSurfaces, AdminSurfaceFactory::listener);
    return names;
  }

  /** What has no name is told by its class. */
  private static String kind(Object nameless) {
    return nameless.getClass().getSimpleName();
  }

  private static <T> void put(
      Map<String, List<String>> names, String kind, List<T> given, Function<? super T, String> name) {
    if (!given.isEmpty()) {
      names.put(kind, given.stream().map(name).toList());
    }
  }
}
