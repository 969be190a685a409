package dev.sluice.kernel.config;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.entity.PluginProtocols;
import dev.sluice.api.entity.Route;
import dev.sluice.kernel.snapshot.EntityTables;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Checks of one entity against others, which no schema can do alone. */
final class EntityChecks {

  private EntityChecks() {}

  @SuppressWarnings("ReferenceEquality")
  static void check(
      ControlPlane plane, EntityType<?> type, JsonObject document, JsonObject given, String flavor) {
    if (type == CoreEntities.ROUTES) {
      checkRoute(plane, document, flavor);
    } else if (type == CoreEntities.PLUGINS) {
      checkPlugin(plane.tables(), document, given);
    } else if (type == CoreEntities.TARGETS) {
      checkPresent(document, "weight");
    } else if (type == CoreEntities.UPSTREAMS) {
      checkPresent(document, "slots");
    }
  }

  /** Kong's schema allows a null here, but its tables do not. */
  private static void checkPresent(JsonObject document, String field) {
    if (document.getValue(field) == null) {
      throw EntityErrors.schema(field, "required field missing");
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

  private static void checkPlugin(EntityTables tables, JsonObject document, JsonObject given) {
    Optional<Route> route =
        Documents.reference(document, "route").flatMap(id -> tables.byId(CoreEntities.ROUTES, id));
    if (route.isPresent()) {
      PluginProtocols.checkRoute(given, route.get().protocols());
      return;
    }
    Documents.reference(document, "service")
        .ifPresent(
            id ->
                PluginProtocols.checkService(
                    given,
                    tables.byReference(CoreEntities.ROUTES, "service", id).stream().map(Route::protocols).toList()));
  }
}
