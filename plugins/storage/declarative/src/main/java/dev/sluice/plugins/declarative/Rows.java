package dev.sluice.plugins.declarative;

import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.Reference;
import dev.sluice.api.store.Store.Change;
import dev.sluice.api.store.StoreException;
import dev.sluice.api.store.UniqueKey;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** All rows with their indexes. Changed only while nobody else knows it; safe for all threads to read after that. */
final class Rows {

  private final Map<String, TreeMap<String, Row>> byType = new HashMap<>();
  private final Map<String, String> holders = new HashMap<>();
  private final Map<String, Set<String>> referrers = new HashMap<>();
  private long revision;

  Rows copy() {
    Rows copy = new Rows();
    byType.forEach((type, rows) -> copy.byType.put(type, new TreeMap<>(rows)));
    copy.holders.putAll(holders);
    referrers.forEach((parent, children) -> copy.referrers.put(parent, new HashSet<>(children)));
    copy.revision = revision;
    return copy;
  }

  long revision() {
    return revision;
  }

  void revision(long number) {
    revision = number;
  }

  Collection<String> types() {
    return byType.keySet();
  }

  NavigableMap<String, Row> ofType(String type) {
    return byType.getOrDefault(type, new TreeMap<>());
  }

  Optional<Row> find(String type, String id, long now) {
    return Optional.ofNullable(ofType(type).get(id)).filter(row -> row.alive(now));
  }

  Optional<Row> holder(String type, UniqueKey key, long now) {
    return Optional.ofNullable(holders.get(text(type, key))).flatMap(id -> find(type, id, now));
  }

  /** The rows of a type that refer to another row. */
  NavigableMap<String, Row> referring(String type, Reference to) {
    NavigableMap<String, Row> found = new TreeMap<>();
    for (String child : referrers.getOrDefault(to.type() + '\0' + to.id(), Set.of())) {
      int end = child.indexOf('\0');
      if (child.substring(0, end).equals(type)) {
        String id = child.substring(end + 1);
        Row row = ofType(type).get(id);
        if (row.put().references().contains(to)) {
          found.put(id, row);
        }
      }
    }
    return found;
  }

  /** Adds a row as it is, as when reading a file. */
  void add(Row row) {
    Mutation.Put put = row.put();
    byType.computeIfAbsent(put.type(), type -> new TreeMap<>()).put(put.id(), row);
    put.uniques().forEach(key -> holders.put(text(put.type(), key), put.id()));
    for (Reference reference : put.references()) {
      referrers
          .computeIfAbsent(reference.type() + '\0' + reference.id(), parent -> new HashSet<>())
          .add(put.type() + '\0' + put.id());
    }
  }

  private void remove(Row row) {
    Mutation.Put put = row.put();
    ofType(put.type()).remove(put.id());
    put.uniques().forEach(key -> holders.remove(text(put.type(), key), put.id()));
    for (Reference reference : put.references()) {
      Set<String> children = referrers.get(reference.type() + '\0' + reference.id());
      if (children != null) {
        children.remove(put.type() + '\0' + put.id());
      }
    }
  }

  /** Applies a commit; on a refusal this object is of no more use. */
  List<Change> apply(List<Mutation> mutations, long now) {
    revision++;
    List<Change> changes = new ArrayList<>();
    for (Mutation mutation : mutations) {
      if (mutation instanceof Mutation.Put put) {
        check(put, now);
        Optional.ofNullable(ofType(put.type()).get(put.id())).ifPresent(this::remove);
        add(new Row(put, revision));
        changes.add(
            new Change(
                revision, put.type(), put.id(), Optional.of(put.document().copy()), put.workspace(), put.expiresAt()));
      } else {
        delete(mutation, now).ifPresent(changes::add);
      }
    }
    return changes;
  }

  private void check(Mutation.Put put, long now) {
    if (put.create() && find(put.type(), put.id(), now).isPresent()) {
      throw new StoreException.PrimaryKeyTaken(put.type(), put.id());
    }
    for (UniqueKey key : put.uniques()) {
      if (holder(put.type(), key, now).filter(row -> !row.put().id().equals(put.id())).isPresent()) {
        throw new StoreException.UniqueKeyTaken(put.type(), key);
      }
    }
    for (Reference reference : put.references()) {
      boolean itself = reference.type().equals(put.type()) && reference.id().equals(put.id());
      if (!itself && find(reference.type(), reference.id(), now).isEmpty()) {
        throw new StoreException.MissingReference(reference);
      }
    }
  }

  private Optional<Change> delete(Mutation mutation, long now) {
    Row row = ofType(mutation.type()).get(mutation.id());
    if (row == null) {
      return Optional.empty();
    }
    referrer(mutation.type(), mutation.id(), now)
        .ifPresent(
            type -> {
              throw new StoreException.Referenced(mutation.type(), type);
            });
    remove(row);
    return Optional.of(
        new Change(
            revision, mutation.type(), mutation.id(), Optional.empty(), row.put().workspace(), Optional.empty()));
  }

  /** The type of a row that refers to another one. */
  private Optional<String> referrer(String type, String id, long now) {
    for (String child : referrers.getOrDefault(type + '\0' + id, Set.of())) {
      int end = child.indexOf('\0');
      String childType = child.substring(0, end);
      String childId = child.substring(end + 1);
      boolean other = !(childType.equals(type) && childId.equals(id));
      if (other && find(childType, childId, now).isPresent()) {
        return Optional.of(childType);
      }
    }
    return Optional.empty();
  }

  /** Deletions of the rows whose time is over and that nothing needs. */
  List<Mutation> expired(long now) {
    List<Mutation> deletions = new ArrayList<>();
    byType.forEach(
        (type, rows) ->
            rows.forEach(
                (id, row) -> {
                  if (!row.alive(now) && referrer(type, id, now).isEmpty()) {
                    deletions.add(new Mutation.Delete(type, id));
                  }
                }));
    return deletions;
  }

  private static String text(String type, UniqueKey key) {
    return type + '\0' + key.workspace() + '\0' + key.field() + '\0' + key.value();
  }

  /** Mutations with documents that nobody else can change. */
  static List<Mutation> frozen(List<Mutation> mutations) {
    List<Mutation> own = new ArrayList<>();
    for (Mutation mutation : mutations) {
      own.add(mutation instanceof Mutation.Put put ? frozen(put) : mutation);
    }
    return own;
  }

  private static Mutation.Put frozen(Mutation.Put put) {
    JsonObject document = put.document().copy();
    return new Mutation.Put(
        put.type(), put.id(), put.workspace(), document, put.create(), put.uniques(), put.references(),
        put.tags(), put.expiresAt());
  }
}
