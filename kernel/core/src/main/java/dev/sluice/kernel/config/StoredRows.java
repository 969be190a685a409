package dev.sluice.kernel.config;

import dev.sluice.api.entity.EntityType;
import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.api.store.UniqueKey;
import dev.sluice.kernel.snapshot.Workspaces;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All rows that a declaration is about: those of its workspace, and with the default one those of none. Lives on one thread. */
final class StoredRows {

  private static final int PAGE = 1000;

  private final Map<String, Map<String, StoredEntity>> rows = new HashMap<>();
  private final Map<String, String> ids = new HashMap<>();
  private final Set<String> elsewhere = new HashSet<>();
  private final String workspace;

  private StoredRows(String workspace) {
    this.workspace = workspace;
  }

  /** Reads the rows of some types in a workspace, by its id. */
  static Future<StoredRows> read(ControlPlane plane, List<EntityType<?>> types, String workspace) {
    StoredRows stored = new StoredRows(workspace);
    Future<Void> all = Future.succeededFuture();
    for (EntityType<?> type : types) {
      stored.rows.put(type.name(), new LinkedHashMap<>());
      all = all.compose(before -> stored.page(plane, type, PageQuery.of(type.name(), PAGE)));
    }
    return all.map(stored);
  }

  private Future<Void> page(ControlPlane plane, EntityType<?> type, PageQuery query) {
    return plane
        .control()
        .here(plane.store().page(query))
        .compose(
            page -> {
              page.forEach(row -> add(type, row));
              return page.size() < PAGE
                  ? Future.succeededFuture()
                  : page(plane, type, query.after(page.get(PAGE - 1).id()));
            });
  }

  private void add(EntityType<?> type, StoredEntity row) {
    boolean shared = workspace.equals(Workspaces.DEFAULT_ID) && row.workspace().equals(StoredEntity.GLOBAL);
    if (row.workspace().equals(workspace) || shared) {
      rows.get(type.name()).put(row.id(), row);
      RowKeys.of(type, row.workspace(), row.document()).uniques().forEach(key -> ids.put(text(type, key), row.id()));
    } else {
      elsewhere.add(type.name() + '\0' + row.id());
    }
  }

  private static String text(EntityType<?> type, UniqueKey key) {
    return type.name() + '\0' + key.workspace() + '\0' + key.field() + '\0' + key.value();
  }

  Optional<StoredEntity> find(EntityType<?> type, String id) {
    return Optional.ofNullable(rows.get(type.name())).map(known -> known.get(id));
  }

  /** Whether an entity of another workspace has an id. */
  boolean elsewhere(EntityType<?> type, String id) {
    return elsewhere.contains(type.name() + '\0' + id);
  }

  Collection<StoredEntity> all(EntityType<?> type) {
    return rows.getOrDefault(type.name(), Map.of()).values();
  }

  /** The id of the row that has one of the unique keys of a document. */
  Optional<String> idOf(EntityType<?> type, JsonObject document) {
    return RowKeys.of(type, Workspaces.of(type, workspace), document).uniques().stream()
        .map(key -> ids.get(text(type, key)))
        .filter(id -> id != null)
        .findFirst();
  }
}
