package dev.sluice.plugins.traffic;

import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.event.Event;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** What entities are called now, and whether they are still there. Kept until something in the configuration changes. */
final class Names {

  private static final int MOST = 10_000;

  private final PluginContext context;
  private volatile Map<Key, Optional<JsonObject>> known = new ConcurrentHashMap<>();

  private record Key(String workspace, String type, String id) {}

  Names(PluginContext context) {
    this.context = context;
    context.events().on(Event.SnapshotPublished.class, published -> known = new ConcurrentHashMap<>());
  }

  private Entities entities(String workspace) {
    return context.entities().in(workspace).orElseThrow(() -> ApiError.of(404, "Not found"));
  }

  /** The fields of an entity that name it; empty when it is gone. */
  Future<Optional<JsonObject>> find(String workspace, EntityType<?> type, String id) {
    Map<Key, Optional<JsonObject>> now = known;
    Key key = new Key(workspace, type.name(), id);
    Optional<JsonObject> before = now.get(key);
    if (before != null) {
      return Future.succeededFuture(before);
    }
    return entities(workspace).find(type, new EntityKey.Id(id)).map(found -> {
      Optional<JsonObject> named = found.map(Names::named);
      if (now.size() < MOST) {
        now.put(key, named);
      }
      return named;
    });
  }

  private static JsonObject named(JsonObject entity) {
    JsonObject named =
        new JsonObject().put("id", entity.getString("id")).put("name", entity.getString("name"));
    for (String field : new String[] {"hosts", "paths", "service"}) {
      Object value = entity.getValue(field);
      if (value != null) {
        named.put(field, value);
      }
    }
    return named;
  }

  /** The id of what a path names by its id or its name; empty for the empty text. Fails with 404 when it is not there. */
  Future<String> id(String workspace, EntityType<?> type, Optional<String> named) {
    if (named.isEmpty()) {
      return Future.succeededFuture("");
    }
    return entities(workspace).find(type, EntityKey.of(named.get(), "name")).map(found ->
        found.orElseThrow(() -> ApiError.of(404, "Not found")).getString("id"));
  }

  /** What requests are asked for, by the arguments {@code service}, {@code route} and {@code upstream}. */
  Future<Wanted> wanted(String workspace, Arguments arguments, String status) {
    Future<String> service = id(workspace, CoreEntities.SERVICES, arguments.text("service"));
    Future<String> route = id(workspace, CoreEntities.ROUTES, arguments.text("route"));
    Future<String> upstream = id(workspace, CoreEntities.UPSTREAMS, arguments.text("upstream"));
    return Future.all(service, route, upstream).map(all ->
        new Wanted(workspace, service.result(), route.result(), upstream.result(), status));
  }
}
