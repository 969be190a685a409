package dev.sluice.kernel.snapshot;

import dev.sluice.api.store.Reference;
import dev.sluice.api.store.UniqueKey;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.pcollections.HashTreePSet;
import org.pcollections.PSet;

/**
 * All entities of one type, decoded, with their indexes. Immutable: a change makes a new table that shares nearly
 * everything with the old one.
 */
final class EntityTable {

  private static final AtomicLong VERSIONS = new AtomicLong();

  static final EntityTable EMPTY =
      new EntityTable(LayeredMap.empty(), LayeredMap.empty(), LayeredMap.empty());

  private final long version = VERSIONS.incrementAndGet();
  private final LayeredMap<String, Row> rows;
  private final LayeredMap<Unique, Row> uniques;
  private final LayeredMap<String, PSet<String>> children;

  private EntityTable(
      LayeredMap<String, Row> rows, LayeredMap<Unique, Row> uniques, LayeredMap<String, PSet<String>> children) {
    this.rows = rows;
    this.uniques = uniques;
    this.children = children;
  }

  /**
   * An entity.
   *
   * @param id its id
   * @param workspace its workspace
   * @param value decoded
   * @param uniques its unique keys
   * @param references what it refers to
   * @param expiresAt in seconds since the epoch; {@link Long#MAX_VALUE} for never
   */
  record Row(
      String id,
      String workspace,
      Object value,
      List<UniqueKey> uniques,
      List<Reference> references,
      long expiresAt) {}

  /**
   * A unique key. It is made for each question, so the methods of records, which take detours, are too dear here; only the
   * hash of the value is computed each time.
   */
  private record Unique(String workspace, String field, String value) {

    static Unique of(UniqueKey key) {
      return new Unique(key.workspace(), key.field(), key.value());
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Unique that
          && value.equals(that.value)
          && field.equals(that.field)
          && workspace.equals(that.workspace);
    }

    @Override
    public int hashCode() {
      return (workspace.hashCode() * 31 + field.hashCode()) * 31 + value.hashCode();
    }
  }

  /** A table of many entities, made at once; of rows with the same key the last one has it. */
  static EntityTable of(List<Row> all) {
    Map<String, Row> rows = new HashMap<>(all.size() * 2);
    Map<Unique, Row> uniques = new HashMap<>(all.size() * 2);
    Map<String, PSet<String>> children = new HashMap<>();
    for (Row row : all) {
      rows.put(row.id(), row);
      for (UniqueKey key : row.uniques()) {
        uniques.put(Unique.of(key), row);
      }
      for (Reference reference : row.references()) {
        children.merge(link(reference), HashTreePSet.singleton(row.id()), (ids, one) -> ids.plus(row.id()));
      }
    }
    return new EntityTable(LayeredMap.of(rows), LayeredMap.of(uniques), LayeredMap.of(children));
  }

  private static String link(Reference reference) {
    return reference.field() + '\0' + reference.id();
  }

  /** No other table on this node has it. */
  long version() {
    return version;
  }

  Row byId(String id) {
    return rows.get(id);
  }

  Row byUnique(String workspace, String field, String value) {
    return uniques.get(new Unique(workspace, field, value));
  }

  PSet<String> idsByReference(String field, String parentId) {
    PSet<String> ids = children.get(field + '\0' + parentId);
    return ids == null ? HashTreePSet.empty() : ids;
  }

  Iterable<Row> rows() {
    return rows.values();
  }

  int size() {
    return rows.size();
  }

  EntityTable with(Row row) {
    EntityTable rest = without(row.id());
    LayeredMap<Unique, Row> keys = rest.uniques;
    for (UniqueKey key : row.uniques()) {
      keys = keys.plus(Unique.of(key), row);
    }
    LayeredMap<String, PSet<String>> links = rest.children;
    for (Reference reference : row.references()) {
      String link = link(reference);
      PSet<String> ids = links.get(link);
      links = links.plus(link, ids == null ? HashTreePSet.singleton(row.id()) : ids.plus(row.id()));
    }
    return new EntityTable(rest.rows.plus(row.id(), row), keys, links);
  }

  EntityTable without(String id) {
    Row row = rows.get(id);
    if (row == null) {
      return this;
    }
    LayeredMap<Unique, Row> keys = uniques;
    for (UniqueKey key : row.uniques()) {
      Unique own = Unique.of(key);
      Row holder = keys.get(own);
      // Another row may have taken the key of one that had expired.
      if (holder != null && holder.id().equals(id)) {
        keys = keys.minus(own);
      }
    }
    LayeredMap<String, PSet<String>> links = children;
    for (Reference reference : row.references()) {
      String link = link(reference);
      PSet<String> ids = links.get(link);
      if (ids != null) {
        PSet<String> left = ids.minus(id);
        links = left.isEmpty() ? links.minus(link) : links.plus(link, left);
      }
    }
    return new EntityTable(rows.minus(id), keys, links);
  }
}
