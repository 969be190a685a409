package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminRequest;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.store.PageQuery;
import io.vertx.core.Future;
import java.util.Optional;

/**
 * The list of all entities of a type.
 *
 * @param api to work with
 * @param type of the entities
 */
record EntityList(Api api, EntityType<?> type) {

  Future<AdminResponse> get(AdminCall call) {
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
    return api.entities()
        .page(type, query)
        .map(rows -> Answers.ok(Paging.byId(rows, size, next -> api.prefix() + "/" + type.path() + "?offset=" + next + more)));
  }

  /** An argument that the next page has to be asked with again. */
  private static String again(AdminRequest request, String name) {
    return request.argument(name).map(value -> "&" + name + "=" + PercentText.encode(value)).orElse("");
  }
}
