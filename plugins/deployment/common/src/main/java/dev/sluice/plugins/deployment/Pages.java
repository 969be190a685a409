package dev.sluice.plugins.deployment;

import dev.sluice.api.entity.Entities;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.store.PageQuery;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Reads all entities of a type. */
public final class Pages {

  private static final int SIZE = 1000;

  private Pages() {}

  /** All of them, by their ids. For the control plane only. */
  public static Future<List<JsonObject>> all(Entities entities, EntityType<?> type) {
    return more(entities, type, new ArrayList<>());
  }

  private static Future<List<JsonObject>> more(Entities entities, EntityType<?> type, List<JsonObject> rows) {
    PageQuery first = PageQuery.of(type.name(), SIZE);
    PageQuery next = rows.isEmpty() ? first : first.after(rows.get(rows.size() - 1).getString("id"));
    return entities.page(type, next).compose(page -> {
      rows.addAll(page);
      return page.size() < SIZE ? Future.succeededFuture(rows) : more(entities, type, rows);
    });
  }
}
