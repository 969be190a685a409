package dev.sluice.plugins.acme;

import dev.sluice.api.entity.Entities;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.Reference;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Whole collections, page after page. */
final class Rows {

  private static final int PAGE = 500;

  private Rows() {}

  /** All entities of a type, or those that refer to another one. */
  static Future<List<JsonObject>> all(Entities entities, EntityType<?> type, Optional<Reference> reference) {
    PageQuery any = PageQuery.of(type.name(), PAGE);
    PageQuery first = new PageQuery(
        any.type(), any.workspace(), reference, any.tags(), any.tagMatch(), any.afterId(), any.limit());
    return more(entities, type, first, new ArrayList<>());
  }

  private static Future<List<JsonObject>> more(
      Entities entities, EntityType<?> type, PageQuery query, List<JsonObject> found) {
    return entities.page(type, query).compose(rows -> {
      found.addAll(rows);
      return rows.size() < PAGE
          ? Future.succeededFuture(found)
          : more(entities, type, query.after(rows.get(rows.size() - 1).getString("id")), found);
    });
  }
}
