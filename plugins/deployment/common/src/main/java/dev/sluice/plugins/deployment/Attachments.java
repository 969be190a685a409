package dev.sluice.plugins.deployment;

import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Types;
import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.Reference;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds where a strategy is attached. For the control plane only. */
public final class Attachments {

  private static final int PAGE = 1000;

  private final PluginContext context;
  private final String strategy;

  /** Finds those of one strategy. */
  public Attachments(PluginContext context, String strategy) {
    this.context = context;
    this.strategy = strategy;
  }

  /** The one of the service that a path names; refuses with 404. */
  public Future<Attachment> ofService(AdminCall call, String parameter) {
    return of(call, CoreEntities.SERVICES, "service", call.parameter(parameter));
  }

  /** The one of the route that a path names; refuses with 404. */
  public Future<Attachment> ofRoute(AdminCall call, String parameter) {
    return of(call, CoreEntities.ROUTES, "route", call.parameter(parameter));
  }

  /** The one whose own id a path names, wherever in the workspace it is attached; refuses with 404. */
  public Future<Attachment> ofPlugin(AdminCall call, String parameter) {
    String id = call.parameter(parameter);
    Future<Optional<Attachment>> found = Types.isUuid(id) ? byId(id) : Future.succeededFuture(Optional.empty());
    return found.map(at -> at
        .filter(there -> there.entities().workspace().equals(call.workspace()))
        .orElseThrow(() -> ApiError.of(404, "Not found")));
  }

  /** The one that holds for all services of the workspace; refuses with 404. */
  public Future<Attachment> global(AdminCall call) {
    return context
        .entities()
        .in(call.workspace())
        .map(entities -> global(entities, PageQuery.of(CoreEntities.PLUGINS.name(), PAGE)))
        .orElseGet(() -> notFound("Not found"));
  }

  private Future<Attachment> global(Entities entities, PageQuery query) {
    return entities.page(CoreEntities.PLUGINS, query).compose(page -> {
      for (JsonObject plugin : page) {
        if (attached(plugin, "service") && Documents.reference(plugin, "service").isEmpty()) {
          return Future.succeededFuture(new Attachment(entities, plugin));
        }
      }
      return page.size() < PAGE
          ? notFound("there is no plugin '" + strategy + "' that holds for all services")
          : global(entities, query.after(page.get(page.size() - 1).getString("id")));
    });
  }

  private Future<Attachment> of(AdminCall call, EntityType<?> type, String field, String name) {
    Optional<Entities> door = context.entities().in(call.workspace());
    if (door.isEmpty()) {
      return Future.failedFuture(ApiError.of(404, "Not found"));
    }
    Entities entities = door.get();
    return entities
        .find(type, EntityKey.of(name, "name"))
        .compose(found -> found.isEmpty() ? notFound("Not found") : plugins(entities, type, field, found.get()))
        .compose(plugins -> plugins
            .stream()
            .filter(each -> attached(each, field))
            .findFirst()
            .map(plugin -> Future.succeededFuture(new Attachment(entities, plugin)))
            .orElseGet(() -> notFound("this " + field + " has no plugin '" + strategy + "' of its own")));
  }

  private static <T> Future<T> notFound(String message) {
    return Future.failedFuture(ApiError.of(404, message));
  }

  /** The same scope and nothing else: what holds for some consumers alone is not what holds for the service. */
  private boolean attached(JsonObject plugin, String field) {
    boolean otherwise = Documents.reference(plugin, "consumer").isPresent()
        || field.equals("service") && Documents.reference(plugin, "route").isPresent();
    return plugin.getString("name").equals(strategy) && !otherwise;
  }

  private static Future<List<JsonObject>> plugins(
      Entities entities, EntityType<?> type, String field, JsonObject parent) {
    PageQuery all = PageQuery.of(CoreEntities.PLUGINS.name(), PAGE);
    Reference reference = new Reference(field, type.name(), parent.getString("id"));
    return entities.page(
        CoreEntities.PLUGINS,
        new PageQuery(
            all.type(), all.workspace(), Optional.of(reference), all.tags(), all.tagMatch(), all.afterId(), PAGE));
  }

  /** The one with an id, in whichever workspace it is. */
  public Future<Optional<Attachment>> byId(String id) {
    return in(context.entities(), id)
        .compose(found -> found.isPresent() ? Future.succeededFuture(found) : elsewhere(id));
  }

  private Future<Optional<Attachment>> in(Entities entities, String id) {
    return entities
        .find(CoreEntities.PLUGINS, new EntityKey.Id(id))
        .map(found -> found
            .filter(plugin -> plugin.getString("name").equals(strategy))
            .map(plugin -> new Attachment(entities, plugin)));
  }

  private Future<Optional<Attachment>> elsewhere(String id) {
    return Pages.all(context.entities(), CoreEntities.WORKSPACES)
        .compose(workspaces -> {
          List<Entities> doors = new ArrayList<>();
          workspaces.forEach(each -> context.entities().in(each.getString("id")).ifPresent(doors::add));
          return search(doors, 0, id);
        });
  }

  private Future<Optional<Attachment>> search(List<Entities> doors, int from, String id) {
    return from == doors.size()
        ? Future.succeededFuture(Optional.empty())
        : in(doors.get(from), id)
            .compose(found -> found.isPresent() ? Future.succeededFuture(found) : search(doors, from + 1, id));
  }
}
