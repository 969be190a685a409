package dev.sluice.kernel.config;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.entity.Route;
import dev.sluice.kernel.snapshot.EntityTables;
import io.vertx.core.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** Checks of one entity against others, which no schema can do alone. */
final class EntityChecks {

  private EntityChecks() {}

  @SuppressWarnings("ReferenceEquality")
  static void check(ControlPlane plane, EntityType<?> type, JsonObject document, String flavor) {
    if (type == CoreEntities.ROUTES) {
      checkRoute(plane, document, flavor);
    } else if (type == CoreEntities.PLUGINS) {
      checkPlugin(plane.tables(), document);
    }
  }

  private static void checkRoute(ControlPlane plane, JsonObject document, String flavor) {
    List<String> problems =
        plane
            .registry()
            .router(flavor)
            .map(factory -> factory.check(Route.decode(document)))
            .orElse(List.of());
    if (!problems.isEmpty()) {
      throw EntityErrors.schema("paths", problems.get(0));
    }
  }

  /** A filter must run for one of the protocols of the route it is bound to, or of a route of its service. */
  private static void checkPlugin(EntityTables tables, JsonObject document) {
    List<String> protocols = Documents.strings(document, "protocols");
    Optional<Route> route =
        Documents.reference(document, "route").flatMap(id -> tables.byId(CoreEntities.ROUTES, id));
    if (route.isPresent()) {
      if (Collections.disjoint(route.get().protocols(), protocols)) {
        throw EntityErrors.schema("protocols", "must match the associated route's protocols");
      }
      return;
    }
    Optional<String> service = Documents.reference(document, "service");
    List<Route> routes =
        service.map(id -> tables.byReference(CoreEntities.ROUTES, "service", id)).orElse(List.of());
    boolean none = routes.stream().allMatch(each -> Collections.disjoint(each.protocols(), protocols));
    if (!routes.isEmpty() && none) {
      throw EntityErrors.schema(
          "protocols", "must match the protocols of at least one route pointing to this Plugin's service");
    }
  }
}
