package dev.sluice.kernel.config;

import dev.sluice.api.entity.Declarations.Change;
import dev.sluice.api.entity.Declarations.Outcome;
import dev.sluice.api.entity.EntityChange;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Field;
import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.kernel.declare.Canonical;
import dev.sluice.kernel.declare.Declared;
import dev.sluice.kernel.snapshot.Workspaces;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * What has to change so that a declaration serves. The steps of its commit come in an order in which no key and no
 * reference is ever violated: rows that change let go of their keys and references first, then rows go, children before
 * parents, then rows come and take on their new form, parents before children.
 */
final class WholeChange {

  private static final String UPDATED_AT = "updated_at";

  private final StoredRows stored;
  private final String workspace;
  private final long now;
  private final List<Mutation> releases = new ArrayList<>();
  private final List<Mutation> deletes = new ArrayList<>();
  private final List<Mutation> puts = new ArrayList<>();
  private final List<Change> created = new ArrayList<>();
  private final List<Change> updated = new ArrayList<>();
  private final List<Change> deleted = new ArrayList<>();
  private final Map<String, Map<String, JsonObject>> entities = new LinkedHashMap<>();
  private final List<EntityChange> changes = new ArrayList<>();
  private int unchanged;

  /**
   * Compares.
   *
   * @param types parents before children
   * @param workspace the id of the one that the declaration is for
   * @param keep whether rows stay that are not declared
   * @param now in seconds since the epoch
   */
  WholeChange(
      List<EntityType<?>> types, String workspace, StoredRows stored, Declared declared, boolean keep, long now) {
    this.stored = stored;
    this.workspace = workspace;
    this.now = now;
    declared.rows().forEach(this::row);
    if (!keep) {
      types.forEach(this::obsolete);
      Collections.reverse(deletes);
    }
  }

  private void row(Declared.Row row) {
    Optional<StoredEntity> before = stored.find(row.type(), row.id());
    JsonObject document = before.isPresent() ? kept(row, before.get().document()) : row.document();
    entities.computeIfAbsent(row.type().name(), type -> new LinkedHashMap<>()).put(row.id(), document);
    Optional<Long> expiresAt = row.ttl().isPresent()
        ? row.ttl().filter(seconds -> seconds > 0).map(seconds -> now + seconds)
        : before.flatMap(StoredEntity::expiresAt);
    if (before.isEmpty()) {
      created.add(change(row, document, new JsonObject()));
      changes.add(new EntityChange(row.type().name(), row.id(), Optional.empty(), Optional.of(document)));
    } else {
      JsonObject fields = difference(before.get().document(), document);
      if (fields.isEmpty() && sameTime(before.get().expiresAt(), expiresAt)) {
        unchanged++;
        if (document.containsKey(UPDATED_AT)) {
          document.put(UPDATED_AT, before.get().document().getValue(UPDATED_AT));
        }
        return;
      }
      updated.add(change(row, document, fields));
      changes.add(
          new EntityChange(row.type().name(), row.id(), before.map(StoredEntity::document), Optional.of(document)));
      release(row.type(), before.get(), document);
    }
    puts.add(put(row.type(), row.id(), document, expiresAt, Workspaces.of(row.type(), workspace)));
  }

  /** What the gateway made up before, it need not make up anew. */
  private static JsonObject kept(Declared.Row row, JsonObject before) {
    JsonObject document = row.document().copy();
    for (Map.Entry<String, Field> field : row.type().schema().fields().entrySet()) {
      boolean madeUp = field.getValue().isAuto() && !row.given().contains(field.getKey());
      if (madeUp && !field.getKey().equals(UPDATED_AT) && before.getValue(field.getKey()) != null) {
        document.put(field.getKey(), before.getValue(field.getKey()));
      }
    }
    return document;
  }

  private static JsonObject difference(JsonObject before, JsonObject after) {
    JsonObject fields = new JsonObject();
    TreeSet<String> names = new TreeSet<>(before.fieldNames());
    names.addAll(after.fieldNames());
    for (String name : names) {
      if (!name.equals(UPDATED_AT) && !Canonical.same(before.getValue(name), after.getValue(name))) {
        fields.put(name, new JsonObject().put("from", before.getValue(name)).put("to", after.getValue(name)));
      }
    }
    return fields;
  }

  /** A time to live is told in whole seconds, so the same one may come out a second apart. */
  private static boolean sameTime(Optional<Long> a, Optional<Long> b) {
    return a.isPresent() == b.isPresent() && Math.abs(a.orElse(0L) - b.orElse(0L)) <= 1;
  }

  private void release(EntityType<?> type, StoredEntity before, JsonObject after) {
    RowKeys old = RowKeys.of(type, before.workspace(), before.document());
    RowKeys next = RowKeys.of(type, before.workspace(), after);
    if (!old.uniques().equals(next.uniques()) || !old.references().equals(next.references())) {
      releases.add(
          new Mutation.Put(
              type.name(), before.id(), before.workspace(), before.document(), false, List.of(), List.of(),
              old.tags(), before.expiresAt()));
    }
  }

  private static Mutation.Put put(
      EntityType<?> type, String id, JsonObject document, Optional<Long> expiresAt, String workspace) {
    RowKeys keys = RowKeys.of(type, workspace, document);
    return new Mutation.Put(
        type.name(), id, workspace, document, false, keys.uniques(), keys.references(), keys.tags(), expiresAt);
  }

  private void obsolete(EntityType<?> type) {
    Map<String, JsonObject> declared = entities.getOrDefault(type.name(), Map.of());
    for (StoredEntity row : stored.all(type)) {
      if (!declared.containsKey(row.id())) {
        deletes.add(new Mutation.Delete(type.name(), row.id()));
        deleted.add(new Change(type.name(), row.id(), name(type, row.document()), new JsonObject()));
        changes.add(new EntityChange(type.name(), row.id(), Optional.of(row.document()), Optional.empty()));
      }
    }
  }

  private static Change change(Declared.Row row, JsonObject document, JsonObject fields) {
    return new Change(row.type().name(), row.id(), name(row.type(), document), fields);
  }

  /** A name for people: never what may be a secret, such as the key of a credential. */
  private static String name(EntityType<?> type, JsonObject document) {
    for (String field : List.of("name", "username", "target", "prefix", "group")) {
      if (type.schema().fields().containsKey(field) && document.getValue(field) instanceof String name) {
        return name;
      }
    }
    return "";
  }

  List<Mutation> mutations() {
    List<Mutation> all = new ArrayList<>(releases);
    all.addAll(deletes);
    all.addAll(puts);
    return all;
  }

  /** Tells of each entity that changes. */
  void tell(Consumer<EntityChange> listener) {
    changes.forEach(listener);
  }

  Outcome outcome() {
    return new Outcome(
        List.copyOf(created), List.copyOf(updated), List.copyOf(deleted), unchanged, Collections.unmodifiableMap(entities));
  }
}
