package dev.sluice.api;

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
import io.vertx.core.Future;
import java.util.List;
import org.pf4j.ExtensionPoint;

/**
 * What a jar contributes to the gateway: the only extension point there is.
 *
 * <p>A jar holds exactly one implementation, annotated with {@code @Extension}. The kernel creates it once per load,
 * calls {@link #start}, then asks each list once. All methods run on the kernel's control thread, never on the
 * request path; none of them may block for long. The factories returned live until {@link #stop}.
 *
 * <p>A throw from any of these methods refuses the jar with the reason; what served before goes on serving.
 */
public interface GatewayPlugin extends ExtensionPoint {

  /**
   * Called once, before any list is asked for.
   *
   * @param context what the kernel lends; everything taken from it is given back automatically after {@link #stop}
   */
  default void start(PluginContext context) {}

  /**
   * Called once, after the last request that used this generation has ended and before {@link #stop}: the time to send
   * what still waits in memory. All that the context lends still works.
   *
   * @return the kernel waits for it, but not longer than a few seconds; a failure is logged
   */
  default Future<Void> finish() {
    return Future.succeededFuture();
  }

  /** Called once, after {@link #finish}. */
  default void stop() {}

  /** Filters: what a {@code plugins} entity of that name attaches to requests. */
  default List<FilterFactory<?>> filters() {
    return List.of();
  }

  /** Strategies of deployment; as filters they are attached by a {@code plugins} entity of that name. */
  default List<DeploymentStrategyFactory<?>> deploymentStrategies() {
    return List.of();
  }

  /** Routers, one per flavor. */
  default List<RouterFactory> routers() {
    return List.of();
  }

  /** Load balancers, one per algorithm name of an upstream. */
  default List<LoadBalancerFactory> loadBalancers() {
    return List.of();
  }

  /** Health checkers; each looks at every upstream and decides whether it has work there. */
  default List<HealthCheckerFactory> healthCheckers() {
    return List.of();
  }

  /** Resolvers of target names; the first one of all jars is used. */
  default List<TargetResolver> resolvers() {
    return List.of();
  }

  /** Stores; the node's {@code database} setting picks one by name. */
  default List<StoreFactory> stores() {
    return List.of();
  }

  /** Entities that this plugin brings: storage, schema and Admin API follow from the type. */
  default List<EntityType<?>> entityTypes() {
    return List.of();
  }

  /** Kinds of vaults, where secrets are looked up that entities refer to. */
  default List<VaultFactory<?>> vaults() {
    return List.of();
  }

  /** Certificates for server names for which none is configured; the first source that has one is used. */
  default List<CertificateSource> certificates() {
    return List.of();
  }

  /** Endpoints added to the Admin API beside the generated ones. */
  default List<AdminEndpoint> adminEndpoints() {
    return List.of();
  }

  /** Handlers of a whole administrative listener. */
  default List<AdminSurfaceFactory> adminSurfaces() {
    return List.of();
  }
}
