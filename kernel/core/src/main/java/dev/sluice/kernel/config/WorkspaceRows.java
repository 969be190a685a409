package dev.sluice.kernel.config;

import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.entity.Workspace;
import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.kernel.snapshot.EntityTables;
import dev.sluice.kernel.snapshot.Workspaces;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** What is special in workspaces: the default one is there though no store may have it, and full ones stay. */
final class WorkspaceRows {

  private static final String NAME = "name";

  private WorkspaceRows() {}

  @SuppressWarnings("ReferenceEquality")
  static boolean isWorkspaces(EntityType<?> type) {
    return type == CoreEntities.WORKSPACES;
  }

  private static StoredEntity row(Workspace workspace) {
    return new StoredEntity(
        CoreEntities.WORKSPACES.name(), workspace.id(), StoredEntity.GLOBAL, workspace.document(), 0, Optional.empty());
  }

  static Optional<StoredEntity> find(EntityTables tables, EntityKey key) {
    Optional<Workspace> found =
        key instanceof EntityKey.Id id
            ? Workspaces.byId(tables, id.id())
            : Workspaces.named(tables, ((EntityKey.Unique) key).value());
    return found.map(WorkspaceRows::row);
  }

  static List<StoredEntity> page(EntityTables tables, PageQuery query) {
    return Workspaces.all(tables).stream()
        .filter(each -> query.afterId().map(after -> each.id().compareTo(after) > 0).orElse(true))
        .limit(query.limit())
        .map(WorkspaceRows::row)
        .toList();
  }

  /** How many entities a workspace has, by the name of the type. */
  static Map<String, Long> counts(EntityTables tables, Iterable<EntityType<?>> types, String workspace) {
    Map<String, Long> counts = new TreeMap<>();
    for (EntityType<?> type : types) {
      if (type.workspaced()) {
        counts.put(type.name(), tables.count(workspace, type.name()));
      }
    }
    return counts;
  }

  /** Refuses to write what would take the default workspace's name away, or give it to another one. */
  static void checkName(JsonObject document, String id) {
    String name = document.getString(NAME);
    if (id.equals(Workspaces.DEFAULT_ID) && !Workspaces.DEFAULT_NAME.equals(name)) {
      throw EntityErrors.schema(NAME, "the default workspace cannot be renamed");
    }
    if (!id.equals(Workspaces.DEFAULT_ID) && Workspaces.DEFAULT_NAME.equals(name)) {
      throw EntityErrors.unique(new JsonObject().put(NAME, name));
    }
  }

  /** Refuses to delete the default workspace and those that are not empty. */
  static void checkDelete(EntityTables tables, Iterable<EntityType<?>> types, String id) {
    if (id.equals(Workspaces.DEFAULT_ID)) {
      throw ApiError.of(400, "Cannot delete default workspace");
    }
    if (counts(tables, types, id).values().stream().anyMatch(count -> count > 0)) {
      throw ApiError.of(400, "Workspace is not empty");
    }
  }
}
