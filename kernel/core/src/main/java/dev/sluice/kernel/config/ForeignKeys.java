package dev.sluice.kernel.config;

import dev.sluice.api.Catalog;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.ForeignField;
import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.Reference;
import dev.sluice.api.store.Store;
import dev.sluice.api.store.UniqueKey;
import dev.sluice.kernel.snapshot.EntityTables;
import dev.sluice.kernel.snapshot.Workspaces;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** References between entities: found by name when written, followed when deleted. */
final class ForeignKeys {

  private ForeignKeys() {}

  /** Puts ids in the place of references by another unique field, such as {@code {"name": "..."}}. */
  static Future<JsonObject> resolve(
      Catalog catalog, Store store, String workspace, EntityType<?> type, JsonObject document) {
    Map<String, JsonObject> asked = new LinkedHashMap<>();
    Map<String, String> types = new HashMap<>();
    List<Future<Boolean>> lookups = new ArrayList<>();
    JsonObject resolved = document.copy();
    for (Map.Entry<String, Field> field : type.schema().fields().entrySet()) {
      if (!(field.getValue() instanceof ForeignField foreign)
          || !(document.getValue(field.getKey()) instanceof JsonObject given)
          || given.getValue("id") != null) {
        continue;
      }
      Optional<UniqueKey> key =
          catalog.entityType(foreign.reference()).flatMap(parent -> uniqueKey(workspace, parent, given));
      if (key.isEmpty()) {
        continue;
      }
      JsonObject only = new JsonObject().put(key.get().field(), key.get().value());
      types.put(field.getKey(), foreign.reference());
      lookups.add(
          store
              .findUnique(foreign.reference(), key.get())
              .map(
                  found -> {
                    if (found.isPresent()) {
                      resolved.put(field.getKey(), new JsonObject().put("id", found.get().id()));
                    } else {
                      asked.put(field.getKey(), only);
                    }
                    return true;
                  }));
    }
    if (lookups.isEmpty()) {
      return Future.succeededFuture(document);
    }
    return Future.all(lookups)
        .compose(
            done ->
                asked.isEmpty()
                    ? Future.succeededFuture(resolved)
                    : Future.failedFuture(EntityErrors.unresolved(asked, types)));
  }

  /**
   * What is in another workspace is as good as absent.
   *
   * @throws dev.sluice.api.admin.ApiError when a reference leads there
   */
  static void check(Catalog catalog, EntityTables tables, String workspace, RowKeys keys) {
    for (Reference reference : keys.references()) {
      Optional<EntityType<?>> parent = catalog.entityType(reference.type());
      if (parent.isPresent() && !tables.isIn(workspace, parent.get(), reference.id())) {
        throw EntityErrors.missingReference(reference.field(), reference.type(), reference.id());
      }
    }
  }

  private static Optional<UniqueKey> uniqueKey(String workspace, EntityType<?> parent, JsonObject given) {
    for (Map.Entry<String, Field> field : parent.schema().fields().entrySet()) {
      if (field.getValue().isUnique() && given.getValue(field.getKey()) instanceof String value) {
        return Optional.of(new UniqueKey(Workspaces.of(parent, workspace), field.getKey(), value));
      }
    }
    return Optional.empty();
  }

  /**
   * What goes when an entity goes, children before parents.
   *
   * @throws dev.sluice.api.admin.ApiError when something that stays refers to it
   */
  static List<Mutation> deletions(Catalog catalog, EntityTables tables, String type, String id) {
    Map<String, Mutation> deletions = new LinkedHashMap<>();
    collect(catalog, tables, type, id, deletions);
    return List.copyOf(deletions.values());
  }

  private static void collect(
      Catalog catalog, EntityTables tables, String type, String id, Map<String, Mutation> deletions) {
    for (EntityType<?> child : catalog.entityTypes().values()) {
      for (Map.Entry<String, Field> field : child.schema().fields().entrySet()) {
        if (field.getValue() instanceof ForeignField foreign && foreign.reference().equals(type)) {
          List<String> ids = tables.idsByReference(child.name(), field.getKey(), id);
          if (!ids.isEmpty() && !foreign.cascades()) {
            throw EntityErrors.referenced(type, child.name());
          }
          ids.forEach(each -> collect(catalog, tables, child.name(), each, deletions));
        }
      }
    }
    deletions.putIfAbsent(type + ' ' + id, new Mutation.Delete(type, id));
  }
}
