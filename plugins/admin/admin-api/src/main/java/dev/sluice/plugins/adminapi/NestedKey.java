package dev.sluice.plugins.adminapi;

import dev.sluice.api.entity.EntityType;
import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.PageQuery.TagMatch;
import dev.sluice.api.store.Reference;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Children that are found by a field which is unique among those of one parent. */
final class NestedKey {

  private static final int PAGE = 1000;

  private NestedKey() {}

  /** The child of a parent with that value of its {@link EntityType#nestedKey}. */
  static Future<Optional<JsonObject>> find(Api api, EntityType<?> child, Reference parent, String value) {
    PageQuery query =
        new PageQuery(
            child.name(), Optional.empty(), Optional.of(parent), List.of(), TagMatch.ALL, Optional.empty(), PAGE);
    return find(api, child, query, value);
  }

  private static Future<Optional<JsonObject>> find(Api api, EntityType<?> child, PageQuery query, String value) {
    return api.entities()
        .page(child, query)
        .compose(
            rows -> {
              String field = child.nestedKey().orElseThrow();
              Optional<JsonObject> found =
                  rows.stream().filter(row -> value.equals(row.getValue(field))).findFirst();
              return found.isPresent() || rows.size() < PAGE
                  ? Future.succeededFuture(found)
                  : find(api, child, query.after(rows.get(PAGE - 1).getString("id")), value);
            });
  }
}
