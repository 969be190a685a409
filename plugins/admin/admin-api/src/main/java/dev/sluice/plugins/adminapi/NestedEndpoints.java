package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.PageQuery.TagMatch;
import dev.sluice.api.store.Reference;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

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
                      Optional.of(new Reference(field, parent.name(), found.getString("id"))),
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
    return theParent(call)
        .compose(
            found ->
                api.find(child, call.parameter(child.name()))
                    .map(
                        row -> {
                          if (!Documents.reference(row, field).equals(Optional.of(found.getString("id")))) {
                            throw Api.notFound();
                          }
                          return row;
                        }));
  }

  private Future<AdminResponse> get(AdminCall call) {
    return theChild(call).map(row -> Answers.entity(child, row));
  }

  private Future<AdminResponse> put(AdminCall call) {
    EntityKey key = Api.key(child, call.parameter(child.name()));
    return theParent(call)
        .compose(found -> api.entities().upsert(child, key, bound(call, found), Api.options(call)))
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
