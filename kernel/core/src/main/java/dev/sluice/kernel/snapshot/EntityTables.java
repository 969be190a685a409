package dev.sluice.kernel.snapshot;

import dev.sluice.api.entity.EntityReader;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.store.Reference;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.api.store.UniqueKey;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSet;

/** All entities of a configuration, decoded, in one immutable version. */
public final class EntityTables implements EntityReader {

  private final Clock clock;
  private final PMap<String, EntityTable> tables;

  private EntityTables(Clock clock, PMap<String, EntityTable> tables) {
    this.clock = clock;
    this.tables = tables;
  }

  /** No entities. */
  public static EntityTables empty(Clock clock) {
    return new EntityTables(clock, HashTreePMap.empty());
  }

  private EntityTable table(String type) {
    EntityTable table = tables.get(type);
    return table == null ? EntityTable.EMPTY : table;
  }

  /** These tables with one entity more, or one replaced. */
  public EntityTables with(
      EntityType<?> type, StoredEntity stored, List<UniqueKey> uniques, List<Reference> references) {
    EntityTable.Row row =
        new EntityTable.Row(
            stored.id(),
            stored.workspace().intern(),
            type.decode(stored.document()),
            uniques,
            references,
            stored.expiresAt().orElse(Long.MAX_VALUE));
    return new EntityTables(clock, tables.plus(type.name(), table(type.name()).with(row)));
  }

  /** These tables without one entity. */
  public EntityTables without(String type, String id) {
    return new EntityTables(clock, tables.plus(type, table(type).without(id)));
  }

  /** These tables without any entity of a type. */
  public EntityTables withoutType(String type) {
    return new EntityTables(clock, tables.minus(type));
  }

  /** All entities of a type, in no order. */
  public <E> List<E> all(EntityType<E> type) {
    List<E> values = new ArrayList<>(table(type.name()).size());
    for (EntityTable.Row row : table(type.name()).rows()) {
      if (alive(row)) {
        values.add(value(type, row));
      }
    }
    return values;
  }

  /** How many entities of a type there are. */
  public int count(String type) {
    return table(type).size();
  }

  /** The ids of the entities of a type that refer to a parent, the expired ones included. */
  public List<String> idsByReference(String type, String field, String parentId) {
    return List.copyOf(table(type).idsByReference(field, parentId));
  }

  /** One entity by its id, when it may be seen from a workspace. */
  <E> Optional<E> byId(String workspace, EntityType<E> type, String id) {
    EntityTable.Row row = table(type.name()).byId(id);
    return row != null && alive(row) && (!type.workspaced() || row.workspace().equals(workspace))
        ? Optional.of(value(type, row))
        : Optional.empty();
  }

  @Override
  public <E> Optional<E> byId(EntityType<E> type, String id) {
    EntityTable.Row row = table(type.name()).byId(id);
    return row != null && alive(row) ? Optional.of(value(type, row)) : Optional.empty();
  }

  /** The workspace that an entity is kept in; empty when there is no such entity. */
  public Optional<String> workspaceOf(String type, String id) {
    EntityTable.Row row = table(type).byId(id);
    return row == null || !alive(row) ? Optional.empty() : Optional.of(row.workspace());
  }

  /** Whether an entity, when there is one, may be seen from a workspace. */
  public boolean isIn(String workspace, EntityType<?> type, String id) {
    EntityTable.Row row = table(type.name()).byId(id);
    return row == null || !type.workspaced() || row.workspace().equals(workspace);
  }

  /** What requests of a workspace may see. */
  public EntityReader in(String workspace) {
    return new WorkspaceView(this, workspace);
  }

  /** How many entities of a type a workspace has. */
  public long count(String workspace, String type) {
    long count = 0;
    for (EntityTable.Row row : table(type).rows()) {
      if (row.workspace().equals(workspace) && alive(row)) {
        count++;
      }
    }
    return count;
  }

  PSet<String> childIds(String type, String field, String parentId) {
    return table(type).idsByReference(field, parentId);
  }

  /** In the default workspace. */
  @Override
  public <E> Optional<E> byUnique(EntityType<E> type, String field, String value) {
    return byUnique(Workspaces.DEFAULT_ID, type, field, value);
  }

  /** One entity of a workspace by a field that is unique, in the workspace or everywhere. */
  public <E> Optional<E> byUnique(String workspace, EntityType<E> type, String field, String value) {
    EntityTable.Row row = table(type.name()).byUnique(Workspaces.of(type, workspace), field, value);
    if (row == null && type.workspaced()) {
      row = table(type.name()).byUnique(StoredEntity.GLOBAL, field, value);
      row = row != null && row.workspace().equals(workspace) ? row : null;
    }
    return row != null && alive(row) ? Optional.of(value(type, row)) : Optional.empty();
  }

  @Override
  public <E> List<E> byReference(EntityType<E> type, String field, String parentId) {
    List<E> values = new ArrayList<>();
    EntityTable table = table(type.name());
    for (String id : table.idsByReference(field, parentId)) {
      EntityTable.Row row = table.byId(id);
      if (row != null && alive(row)) {
        values.add(value(type, row));
      }
    }
    return values;
  }

  private boolean alive(EntityTable.Row row) {
    return row.expiresAt() == Long.MAX_VALUE || clock.millis() < row.expiresAt() * 1000;
  }

  /** A table holds what the decoder of its type has made. */
  @SuppressWarnings({"unchecked", "unused"})
  private static <E> E value(EntityType<E> type, EntityTable.Row row) {
    return (E) row.value();
  }
}
