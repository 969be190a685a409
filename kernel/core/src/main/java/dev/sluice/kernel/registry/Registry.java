package dev.sluice.kernel.registry;

import dev.sluice.api.Catalog;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminSurfaceFactory;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.routing.RouterFactory;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.security.CertificateSource;
import dev.sluice.api.store.StoreFactory;
import dev.sluice.api.upstream.HealthCheckerFactory;
import dev.sluice.api.upstream.LoadBalancerFactory;
import dev.sluice.api.upstream.TargetResolver;
import dev.sluice.api.vault.VaultFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** All that is loaded, in one immutable version: (category, name) → factory. */
public final class Registry implements Catalog {

  private final long version;
  private final List<LoadedPlugin> plugins;
  private final Map<String, FilterBinding> bindings = new TreeMap<>();
  private final Map<String, FilterFactory<?>> filters = new TreeMap<>();
  private final Schemas configs = new Schemas();
  private final Map<String, RouterFactory> routers = new TreeMap<>();
  private final Map<String, LoadBalancerFactory> loadBalancers = new TreeMap<>();
  private final Map<String, StoreFactory> stores = new TreeMap<>();
  private final Map<String, EntityType<?>> entityTypes = new LinkedHashMap<>();
  private final Map<String, AdminSurfaceFactory> surfaces = new TreeMap<>();
  private final Map<String, VaultFactory<?>> vaults = new TreeMap<>();
  private final Map<String, ConfigSchema<?>> vaultConfigs = new TreeMap<>();
  private final List<HealthCheckerFactory> healthCheckers = new ArrayList<>();
  private final List<TargetResolver> resolvers = new ArrayList<>();
  private final List<AdminEndpoint> adminEndpoints = new ArrayList<>();
  private final List<CertificateSource> certificates = new ArrayList<>();

  private Registry(long version, List<LoadedPlugin> plugins, Enabled enabled) {
    this.version = version;
    this.plugins = List.copyOf(plugins);
    for (EntityType<?> type : CoreEntities.ALL) {
      entityTypes.put(type.name(), type);
    }
    for (LoadedPlugin plugin : plugins) {
      add(plugin, enabled);
    }
  }

  /**
   * Puts a version together.
   *
   * @param enabled what the node's settings let in
   * @throws DuplicateNameException when two plugins contribute the same name
   */
  public static Registry of(long version, List<LoadedPlugin> plugins, Enabled enabled) {
    return new Registry(version, plugins, enabled);
  }

  private void add(LoadedPlugin plugin, Enabled enabled) {
    Contributions given = plugin.contributions();
    given.filters().forEach(factory -> addFilter(factory, plugin, enabled));
    given.strategies().forEach(factory -> addFilter(factory, plugin, enabled));
    index("router", routers, given.routers(), RouterFactory::flavor, plugin);
    index("load balancer", loadBalancers, given.loadBalancers(), LoadBalancerFactory::algorithm, plugin);
    index("store", stores, given.stores(), StoreFactory::name, plugin);
    index("entity type", entityTypes, given.entityTypes(), EntityType::name, plugin);
    index("surface", surfaces, given.adminSurfaces(), AdminSurfaceFactory::listener, plugin);
    for (VaultFactory<?> factory : given.vaults()) {
      if (enabled.vault(factory.name())) {
        unique("vault", vaults, factory.name(), factory, plugin);
        vaultConfigs.put(factory.name(), factory.schema());
      }
    }
    healthCheckers.addAll(given.healthCheckers());
    resolvers.addAll(given.resolvers());
    adminEndpoints.addAll(given.adminEndpoints());
    certificates.addAll(given.certificates());
  }

  private void addFilter(FilterFactory<?> factory, LoadedPlugin plugin, Enabled enabled) {
    if (enabled.filter(factory.name())) {
      unique("filter", bindings, factory.name(), new FilterBinding(factory, plugin.id()), plugin);
      filters.put(factory.name(), factory);
      configs.add(factory);
    }
  }

  private static <T> void index(
      String category, Map<String, T> index, List<? extends T> given, Function<T, String> name, LoadedPlugin plugin) {
    for (T factory : given) {
      unique(category, index, name.apply(factory), factory, plugin);
    }
  }

  private static <T> void unique(
      String category, Map<String, T> index, String name, T value, LoadedPlugin plugin) {
    if (index.putIfAbsent(name, value) != null) {
      throw new DuplicateNameException(plugin.file() + " brings a " + category + " '" + name + "', which is taken");
    }
  }

  @Override
  public long version() {
    return version;
  }

  /** The generations, in the order of loading. */
  public List<LoadedPlugin> plugins() {
    return plugins;
  }

  @Override
  public Map<String, FilterFactory<?>> filters() {
    return Collections.unmodifiableMap(filters);
  }

  @Override
  public Map<String, EntityType<?>> entityTypes() {
    return Collections.unmodifiableMap(entityTypes);
  }

  @Override
  public List<AdminEndpoint> adminEndpoints() {
    return Collections.unmodifiableList(adminEndpoints);
  }

  @Override
  public Map<String, VaultFactory<?>> vaults() {
    return Collections.unmodifiableMap(vaults);
  }

  /** The schemas of the vaults, by name. */
  public Map<String, ConfigSchema<?>> vaultConfigs() {
    return Collections.unmodifiableMap(vaultConfigs);
  }

  /** The schemas of the filters, by name. */
  public Map<String, ConfigSchema<?>> configs() {
    return Collections.unmodifiableMap(configs);
  }

  /** A filter. */
  public Optional<FilterBinding> filter(String name) {
    return Optional.ofNullable(bindings.get(name));
  }

  /** A router. */
  public Optional<RouterFactory> router(String flavor) {
    return Optional.ofNullable(routers.get(flavor));
  }

  /** A load balancer. */
  public Optional<LoadBalancerFactory> loadBalancer(String algorithm) {
    return Optional.ofNullable(loadBalancers.get(algorithm));
  }

  /** A store. */
  public Optional<StoreFactory> store(String name) {
    return Optional.ofNullable(stores.get(name));
  }

  /** The surface of a listener. */
  public Optional<AdminSurfaceFactory> surface(String listener) {
    return Optional.ofNullable(surfaces.get(listener));
  }

  /** The health checkers. */
  public List<HealthCheckerFactory> healthCheckers() {
    return Collections.unmodifiableList(healthCheckers);
  }

  /** The sources of certificates beside those that are configured. */
  public List<CertificateSource> certificates() {
    return Collections.unmodifiableList(certificates);
  }

  /** The resolver of target names. */
  public Optional<TargetResolver> resolver() {
    return resolvers.stream().findFirst();
  }

  /** Two plugins contribute the same name. */
  public static final class DuplicateNameException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DuplicateNameException(String message) {
      super(message);
    }
  }
}
