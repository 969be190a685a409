package dev.sluice.kernel.config;

import dev.sluice.api.admin.ApiError;
import dev.sluice.api.deployment.DeploymentStrategyFactory;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.entity.Upstream;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.kernel.registry.FilterBinding;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Asks strategies of deployment whether one of them that serves may be changed now. */
final class Objections {

  private static final int CONFLICT = 409;

  private Objections() {}

  /**
   * Asks inside the write.
   *
   * @param row of the type {@code plugins} as it is
   * @throws ApiError when the strategy objects
   */
  static void check(ControlPlane plane, StoredEntity row, JsonObject document) {
    PluginConfig before = PluginConfig.decode(row.document());
    PluginConfig after = PluginConfig.decode(document);
    if (!before.enabled() || !after.enabled() || !before.name().equals(after.name())) {
      return;
    }
    Optional<String> why = plane
        .registry()
        .filter(after.name())
        .map(FilterBinding::factory)
        .filter(DeploymentStrategyFactory.class::isInstance)
        .flatMap(factory -> ((DeploymentStrategyFactory<?>) factory)
            .objection(before, after, upstream -> healthy(plane, row.workspace(), upstream)));
    if (why.isPresent()) {
      throw ApiError.of(CONFLICT, why.get());
    }
  }

  private static boolean healthy(ControlPlane plane, String workspace, String upstream) {
    return plane
        .tables()
        .byUnique(workspace, CoreEntities.UPSTREAMS, "name", upstream)
        .map(Upstream::id)
        .map(plane.balancers()::get)
        .map(UpstreamRuntime::available)
        .orElse(false);
  }
}
