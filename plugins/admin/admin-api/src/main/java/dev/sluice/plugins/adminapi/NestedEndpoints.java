package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Types;
import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.PageQuery.TagMatch;
import dev.sluice.api.store.Reference;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The endpoints of the children of an entity, such as {@code /services/{services}/routes}.
 *
 * @param api to work with
 * @param parent the type of the entity
 * @param child the type of the children
 * @param field of a child that refers to the entity
 */
record NestedEndpoints(Api api, EntityType<?> parent, EntityType<?> child, String field) {

  static List<AdminEndpoint> of(Api api, EntityType<?> parent, EntityType<?> child, String field) {
    NestedEndpoints made = new NestedEndpoints(api, parent, child, field);
    String list = "/" + parent.path() + "/{" + parent.name() + "}/" + child.nestedPath(parent.name());
    String item = list + "/{" + child.name() + "}";
    return List.of(
        new AdminEndpoint("GET", list, made::list),
        new AdminEndpoint("POST", list, made::create),
        new AdminEndpoint("GET", item, made::get),
        new AdminEndpoint("PUT", item, made::put),
        new AdminEndpoint("PATCH", item, made::patch),
        new AdminEndpoint("DELETE", item, made::delete));
  }

  private Future<JsonObject> theParent(AdminCall call) {
    return api.find(parent, call.parameter(parent.name()));
  }

  private Future<AdminResponse> list(AdminCall call) {
    return list(call, "");
  }

  /**
   * Lists the children by their ids.
   *
   * @param suffix of the path
   */
  Future<AdminResponse> list(AdminCall call, String suffix) {
    return theParent(call)
        .compose(
            found -> {
              int size = Paging.size(call.request());
              PageQuery query =
                  new PageQuery(
                      child.name(),
                      Optional.empty(),
                      Optional.of(reference(found)),
                      List.of(),
                      TagMatch.ALL,
                      Paging.afterId(call.request()),
                      size + 1);
              String path = path(call) + suffix;
              return api.entities()
                  .page(child, query)
                  .map(rows -> Answers.ok(Paging.byId(rows, size, next -> path + "?offset=" + next)));
            });
  }

  /** The path of the list, as the client named the parent. */
  String path(AdminCall call) {
    return api.prefix() + "/" + parent.path() + "/" + PercentText.encode(call.parameter(parent.name())) + "/"
        + child.nestedPath(parent.name());
  }

  private Future<AdminResponse> create(AdminCall call) {
    return theParent(call)
        .compose(found -> api.entities().insert(child, bound(call, found), Api.options(call)))
        .map(made -> Answers.entity(201, child, made));
  }

  private JsonObject bound(AdminCall call, JsonObject found) {
    return call.body().copy().put(field, Api.reference(found));
  }

  /** The child, when it belongs to the parent; fails with a plain 404. */
  private Future<JsonObject> theChild(AdminCall call) {
    return theParent(call).compose(found -> child(call, found)).map(row -> row.orElseThrow(Api::notFound));
  }

  private Future<Optional<JsonObject>> child(AdminCall call, JsonObject found) {
    String segment = call.parameter(child.name());
    if (isNestedKey(segment)) {
      return NestedKey.find(api, child, reference(found), segment);
    }
    return api.entities()
        .find(child, Api.key(child, segment))
        .map(
            row ->
                row.filter(
                    one -> Documents.reference(one, field).equals(Optional.of(found.getString("id")))));
  }

  private boolean isNestedKey(String segment) {
    return child.nestedKey().isPresent() && !Types.isUuid(segment);
  }

  private Reference reference(JsonObject found) {
    return new Reference(field, parent.name(), found.getString("id"));
  }

  private Future<AdminResponse> get(AdminCall call) {
    return theChild(call).map(row -> Answers.entity(child, row));
  }

  private Future<AdminResponse> put(AdminCall call) {
    String segment = call.parameter(child.name());
    if (isNestedKey(segment)) {
      return theParent(call).compose(found -> putByKey(call, found, segment));
    }
    EntityKey key = Api.key(child, segment);
    return theParent(call)
        .compose(found -> api.entities().upsert(child, key, bound(call, found), Api.options(call)))
        .map(written -> Answers.entity(child, written));
  }

  private Future<AdminResponse> putByKey(AdminCall call, JsonObject found, String segment) {
    JsonObject body = bound(call, found).put(child.nestedKey().orElseThrow(), segment);
    return child(call, found)
        .compose(
            row -> {
              String id = row.map(one -> one.getString("id")).orElseGet(() -> UUID.randomUUID().toString());
              return api.entities().upsert(child, new EntityKey.Id(id), body, Api.options(call));
            })
        .map(written -> Answers.entity(child, written));
  }

  private Future<AdminResponse> patch(AdminCall call) {
    return theChild(call)
        .compose(
            row ->
                api.entities()
                    .update(child, new EntityKey.Id(row.getString("id")), call.body(), Api.options(call)))
        .map(written -> Answers.entity(child, written));
  }

  private Future<AdminResponse> delete(AdminCall call) {
    return theChild(call)
        .compose(row -> api.entities().delete(child, new EntityKey.Id(row.getString("id")), Api.options(call)))
        .map(there -> Answers.noContent());
  }
}
