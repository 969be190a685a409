package dev.sluice.plugins.requesttermination;

import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.entity.Service;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.RouteMatch;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.Optional;

/** Tells what was asked and what has matched. For debugging: it reads the store, which other filters never do. */
final class Echo {

  private static final int MAX_BODY = 1024 * 1024;

  private final PluginContext plugin;
  private final JsonObject gateway;

  Echo(PluginContext plugin) {
    this.plugin = plugin;
    this.gateway = new JsonObject()
        .put("node_id", plugin.node().nodeId())
        .put("worker_pid", ProcessHandle.current().pid())
        .put("hostname", plugin.node().hostname());
  }

  /** Completes on the event loop of the request. */
  Future<JsonObject> of(RequestContext context, Optional<String> message) {
    JsonObject told = new JsonObject();
    message.ifPresent(text -> told.put("message", text));
    told.put("kong", gateway.copy());
    Optional<RouteDefinition> match = context.match().map(RouteMatch::definition);
    return body(context)
        .map(body -> told.put("request", RequestText.of(context, body)))
        .compose(so -> match
            .map(found -> entity(context.workspace(), CoreEntities.ROUTES, found.route().id()))
            .orElseGet(() -> Future.succeededFuture(Optional.empty())))
        .map(route -> route.map(found -> told.put("matched_route", found)).orElse(told))
        .compose(so -> match.flatMap(RouteDefinition::service)
            .map(Service::id)
            .map(id -> entity(context.workspace(), CoreEntities.SERVICES, id))
            .orElseGet(() -> Future.succeededFuture(Optional.empty())))
        .map(service -> service.map(found -> told.put("matched_service", found)).orElse(told));
  }

  private static Future<Optional<Buffer>> body(RequestContext context) {
    return context.request().body(MAX_BODY).map(Optional::of).otherwise(Optional.empty());
  }

  /** The whole entity, without what is null. */
  private Future<Optional<JsonObject>> entity(String workspace, EntityType<?> type, String id) {
    Entities all = plugin.entities();
    Optional<Entities> within = workspace.equals(all.workspace()) ? Optional.of(all) : all.in(workspace);
    return within
        .map(entities -> entities.find(type, new EntityKey.Id(id)))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()))
        .map(found -> found.map(entity -> withoutNulls(entity).put("ws_id", workspace)))
        .otherwise(Optional.empty());
  }

  private static JsonObject withoutNulls(JsonObject entity) {
    JsonObject shown = entity.copy();
    entity.fieldNames().stream().filter(field -> entity.getValue(field) == null).forEach(shown::remove);
    return shown;
  }
}
