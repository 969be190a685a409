package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.Entities.WriteOptions;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.entity.EntityType;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The endpoints of the entity that another one refers to, such as {@code /routes/{routes}/service}.
 *
 * @param api to work with
 * @param parent the type of the entity that is referred to
 * @param child the type of the entity that refers to it
 * @param field by which it refers
 */
record ParentEndpoints(Api api, EntityType<?> parent, EntityType<?> child, String field) {

  static List<AdminEndpoint> of(Api api, EntityType<?> parent, EntityType<?> child, String field) {
    ParentEndpoints made = new ParentEndpoints(api, parent, child, field);
    String path = "/" + child.path() + "/{" + child.name() + "}/" + field;
    return List.of(
        new AdminEndpoint("GET", path, made::get),
        new AdminEndpoint("PUT", path, made::put),
        new AdminEndpoint("PATCH", path, made::patch),
        new AdminEndpoint("DELETE", path, made::delete));
  }

  private Future<JsonObject> theChild(AdminCall call) {
    return api.find(child, call.parameter(child.name()));
  }

  private EntityKey referred(JsonObject row) {
    return new EntityKey.Id(Documents.reference(row, field).orElseThrow(Api::notFound));
  }

  private Future<AdminResponse> get(AdminCall call) {
    return theChild(call).compose(row -> api.find(parent, referred(row))).map(found -> Answers.entity(parent, found));
  }

  private Future<AdminResponse> patch(AdminCall call) {
    return theChild(call)
        .compose(row -> api.entities().update(parent, referred(row), call.body(), Api.options(call)))
        .map(found -> Answers.entity(parent, found));
  }

  /** Replaces the entity; makes one and links it when there was none. */
  private Future<AdminResponse> put(AdminCall call) {
    return theChild(call)
        .compose(
            row -> {
              Optional<String> linked = Documents.reference(row, field);
              EntityKey key = new EntityKey.Id(linked.orElseGet(() -> UUID.randomUUID().toString()));
              Future<JsonObject> written = api.entities().upsert(parent, key, call.body(), Api.options(call));
              return linked.isPresent() ? written : written.compose(made -> link(call, row, made).map(made));
            })
        .map(found -> Answers.entity(parent, found));
  }

  private Future<JsonObject> link(AdminCall call, JsonObject row, JsonObject made) {
    JsonObject patch = new JsonObject().put(field, Api.reference(made));
    WriteOptions options = new WriteOptions(false, Optional.empty(), call.changed());
    return api.entities().update(child, new EntityKey.Id(row.getString("id")), patch, options);
  }

  /** Kong has the method, and refuses it for whatever there is to delete. */
  private Future<AdminResponse> delete(AdminCall call) {
    return theChild(call)
        .map(
            row -> {
              referred(row);
              throw Api.notAllowed();
            });
  }
}
