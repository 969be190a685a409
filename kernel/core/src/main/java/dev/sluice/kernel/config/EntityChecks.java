package dev.sluice.kernel.config;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.entity.PluginProtocols;
import dev.sluice.api.entity.Route;
import dev.sluice.api.schema.SchemaException;
import dev.sluice.kernel.snapshot.EntityTables;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
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

  /** Those of the checks that need no other entities. */
  @SuppressWarnings("ReferenceEquality")
  static void checkAlone(ControlPlane plane, EntityType<?> type, JsonObject document, String flavor) {
    if (type == CoreEntities.ROUTES) {
      checkRoute(plane, document, flavor);
    }
  }

  /** Kong's schema allows a null here, but its tables do not. */
  private static void checkPresent(JsonObject document, String field) {
    if (document.getValue(field) == null) {
      throw EntityErrors.schema(field, "required field missing");
    }
  }

  private static void checkRoute(ControlPlane plane, JsonObject document, String flavor) {
    routeProblem(plane, document, flavor)
        .ifPresent(
            fields -> {
              throw EntityErrors.schema(SchemaException.of(fields));
            });
  }

  /** What the router says of a route: the first problem, by the field it is about. */
  static Optional<JsonObject> routeProblem(ControlPlane plane, JsonObject document, String flavor) {
    return plane
        .registry()
        .router(flavor)
        .flatMap(
            router ->
                router.check(Route.decode(document)).stream()
                    .findFirst()
                    .map(problem -> fields(router.checkedField(), problem)));
  }

  private static JsonObject fields(Optional<String> field, String problem) {
    return field
        .map(name -> new JsonObject().put(name, problem))
        .orElseGet(() -> new JsonObject().put("@entity", new JsonArray().add(problem)));
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
