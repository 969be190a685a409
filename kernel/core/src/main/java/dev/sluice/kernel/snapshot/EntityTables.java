package dev.sluice.kernel.snapshot;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.EntityReader;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.store.Reference;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.api.store.UniqueKey;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;
import org.pcollections.PSet;

/** All entities of a configuration, decoded, in one immutable version. */
public final class EntityTables implements EntityReader {

  private final Clock clock;
  private final SecretReader secrets;
  private final Map<String, EntityTable> tables;
  private final PMap<String, Referring> referring;

  private EntityTables(
      Clock clock, SecretReader secrets, Map<String, EntityTable> tables, PMap<String, Referring> referring) {
    this.clock = clock;
    this.secrets = secrets;
    this.tables = tables;
    this.referring = referring;
  }

  /**
   * An entity that refers to secrets: what it takes to look again.
   *
   * @param revealed the document that was decoded
   */
  private record Referring(
      EntityType<?> type,
      StoredEntity stored,
      List<UniqueKey> uniques,
      List<Reference> references,
      JsonObject revealed) {}

  /** No entities. */
  public static EntityTables empty(Clock clock) {
    return new EntityTables(clock, SecretReader.none(clock), Map.of(), HashTreePMap.empty());
  }

  private EntityTable table(String type) {
    EntityTable table = tables.get(type);
    return table == null ? EntityTable.EMPTY : table;
  }

  /** There are few types, and they are asked for several times by each request: a plain map, copied by those who write. */
  private Map<String, EntityTable> with(String type, EntityTable table) {
    Map<String, EntityTable> next = new HashMap<>(tables);
    next.put(type, table);
    return next;
  }

  /** These tables with one entity more, or one replaced. */
  @SuppressWarnings("ReferenceEquality")
  public EntityTables with(
      EntityType<?> type, StoredEntity stored, List<UniqueKey> uniques, List<Reference> references) {
    boolean refers = SecretReader.refers(type, stored.document());
    JsonObject document = refers ? secrets.reveal(this, type, stored) : stored.document();
    EntityTables next = decoded(new Referring(type, stored, uniques, references, document), refers);
    return type == CoreEntities.VAULTS ? next.revealed() : next;
  }

  private EntityTable.Row row(Referring entity) {
    StoredEntity stored = entity.stored();
    return new EntityTable.Row(
        stored.id(),
        stored.workspace().intern(),
        entity.type().decode(sharingIds(entity)),
        entity.uniques(),
        entity.references(),
        stored.expiresAt().orElse(Long.MAX_VALUE));
  }

  /**
   * The document, with the very texts that the tables have for its id and for those that it refers to. Of thousands of
   * consumers with keys none is in the caches when its turn comes: each copy of an id costs a request another wait for memory.
   */
  private JsonObject sharingIds(Referring entity) {
    Map<String, Object> fields = new LinkedHashMap<>(entity.revealed().getMap());
    fields.replace("id", entity.stored().id());
    for (Reference reference : entity.references()) {
      EntityTable.Row parent = table(reference.type()).byId(reference.id());
      if (parent != null && entity.revealed().getValue(reference.field()) instanceof JsonObject known && known.size() == 1) {
        fields.put(reference.field(), new JsonObject().put("id", parent.id()));
      }
    }
    return new JsonObject(fields);
  }

  /**
   * Many entities of one type, put into these tables at once in place of all that they have of it. For one thread.
   *
   * @param <E> the type
   */
  public final class Load<E> {

    private final EntityType<E> type;
    private final List<EntityTable.Row> rows = new ArrayList<>();
    private final List<Referring> secretive = new ArrayList<>();

    private Load(EntityType<E> type) {
      this.type = type;
    }

    /** Adds one; a failure leaves it out. */
    public void add(StoredEntity stored, List<UniqueKey> uniques, List<Reference> references) {
      boolean refers = SecretReader.refers(type, stored.document());
      JsonObject document =
          refers ? secrets.reveal(EntityTables.this, type, stored) : stored.document();
      Referring entity = new Referring(type, stored, uniques, references, document);
      rows.add(row(entity));
      if (refers) {
        secretive.add(entity);
      }
    }

    /** The tables with all that was added. */
    public EntityTables loaded() {
      PMap<String, Referring> all = referring;
      for (Referring each : secretive) {
        all = all.plus(key(type.name(), each.stored().id()), each);
      }
      EntityTables next = new EntityTables(clock, secrets, with(type.name(), EntityTable.of(rows)), all);
      return type == CoreEntities.VAULTS ? next.revealed() : next;
    }
  }

  /** Begins to load the entities of a type. */
  public <E> Load<E> loading(EntityType<E> type) {
    return withoutType(type.name()).new Load<>(type);
  }

  private EntityTables decoded(Referring entity, boolean refers) {
    StoredEntity stored = entity.stored();
    String type = entity.type().name();
    EntityTable.Row row = row(entity);
    String key = key(type, stored.id());
    return new EntityTables(
        clock,
        secrets,
        with(type, table(type).with(row)),
        refers ? referring.plus(key, entity) : referring.minus(key));
  }

  private static String key(String type, String id) {
    return type + '\0' + id;
  }

  /** These tables with secrets looked up by another reader; entities whose secrets are the same stay as they are. */
  public EntityTables reading(SecretReader reader) {
    return new EntityTables(clock, reader, tables, referring).revealed();
  }

  /** A vault that refers to another one keeps what it found when it was written. */
  @SuppressWarnings("ReferenceEquality")
  private EntityTables revealed() {
    EntityTables next = this;
    for (Referring each : referring.values()) {
      if (each.type() != CoreEntities.VAULTS) {
        JsonObject document = secrets.reveal(this, each.type(), each.stored());
        if (!document.equals(each.revealed())) {
          next =
              next.decoded(
                  new Referring(each.type(), each.stored(), each.uniques(), each.references(), document), true);
        }
      }
    }
    return next;
  }

  /** Whether an entity refers to secrets. */
  boolean refers(String type, String id) {
    return referring.containsKey(key(type, id));
  }

  /** These tables without one entity. */
  public EntityTables without(String type, String id) {
    EntityTables next =
        new EntityTables(clock, secrets, with(type, table(type).without(id)), referring.minus(key(type, id)));
    return type.equals(CoreEntities.VAULTS.name()) ? next.revealed() : next;
  }

  /** These tables without any entity of a type. */
  public EntityTables withoutType(String type) {
    PMap<String, Referring> left = referring;
    for (String key : referring.keySet()) {
      if (key.startsWith(key(type, ""))) {
        left = left.minus(key);
      }
    }
    return new EntityTables(clock, secrets, with(type, EntityTable.EMPTY), left);
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

  /** Entities that expire are gone without a change. */
  @Override
  public long version(EntityType<?> type) {
    return type.ttl() ? UNKNOWN : table(type.name()).version();
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

  /** One entity of whatever workspace by a field that is unique everywhere. */
  public <E> Optional<E> byUniqueAnywhere(EntityType<E> type, String field, String value) {
    EntityTable.Row row = table(type.name()).byUnique(StoredEntity.GLOBAL, field, value);
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
