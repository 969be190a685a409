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
      new EntityTable(LayeredMap.empty(), UniqueKeys.none(), LayeredMap.empty());

  private final long version = VERSIONS.incrementAndGet();
  private final LayeredMap<String, Row> rows;
  private final UniqueKeys<Row> uniques;
  private final LayeredMap<String, PSet<String>> children;

  private EntityTable(
      LayeredMap<String, Row> rows, UniqueKeys<Row> uniques, LayeredMap<String, PSet<String>> children) {
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

  /** A table of many entities, made at once; of rows with the same key the last one has it. */
  static EntityTable of(List<Row> all) {
    Map<String, Row> rows = new HashMap<>(all.size() * 2);
    UniqueKeys.Builder<Row> uniques = new UniqueKeys.Builder<>();
    Map<String, PSet<String>> children = new HashMap<>();
    for (Row row : all) {
      rows.put(row.id(), row);
      for (UniqueKey key : row.uniques()) {
        uniques.put(key, row);
      }
      for (Reference reference : row.references()) {
        children.merge(link(reference), HashTreePSet.singleton(row.id()), (ids, one) -> ids.plus(row.id()));
      }
    }
    return new EntityTable(LayeredMap.of(rows), uniques.build(), LayeredMap.of(children));
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
    return uniques.get(workspace, field, value);
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
    UniqueKeys<Row> keys = rest.uniques;
    for (UniqueKey key : row.uniques()) {
      keys = keys.plus(key, row);
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
    UniqueKeys<Row> keys = uniques;
    for (UniqueKey key : row.uniques()) {
      Row holder = keys.get(key.workspace(), key.field(), key.value());
      // Another row may have taken the key of one that had expired.
      if (holder != null && holder.id().equals(id)) {
        keys = keys.minus(key);
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
