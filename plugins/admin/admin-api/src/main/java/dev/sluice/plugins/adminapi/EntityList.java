package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminRequest;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.store.PageQuery;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * The list of all entities of a type.
 *
 * @param api to work with
 * @param type of the entities
 */
record EntityList(Api api, EntityType<?> type) {

  Future<AdminResponse> get(AdminCall call) {
    return get(call, Future::succeededFuture);
  }

  /**
   * Answers with a page.
   *
   * @param complete gives the rows what they are shown with beside their fields
   */
  Future<AdminResponse> get(AdminCall call, Function<List<JsonObject>, Future<List<JsonObject>>> complete) {
    AdminRequest request = call.request();
    int size = Paging.size(request);
    TagFilter filter = TagFilter.of(request, type);
    PageQuery query =
        new PageQuery(
            type.name(),
            Optional.empty(),
            Optional.empty(),
            filter.tags(),
            filter.match(),
            Paging.afterId(request),
            size + 1);
    String more = again(request, "tags") + again(request, "size");
    String path = api.prefix() + "/" + type.path();
    return api.entities()
        .page(type, query)
        .compose(complete)
        .map(rows -> Answers.ok(Paging.byId(rows, size, next -> path + "?offset=" + next + more)));
  }

  /** An argument that the next page has to be asked with again. */
  private static String again(AdminRequest request, String name) {
    return request.argument(name).map(value -> "&" + name + "=" + PercentText.encode(value)).orElse("");
  }
}
