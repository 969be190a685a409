package dev.sluice.testkit.fake;

import dev.sluice.api.PluginContext;
import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.Reference;
import dev.sluice.api.store.Store;
import dev.sluice.api.store.StoreException;
import dev.sluice.api.store.StoreFactory;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.api.store.UniqueKey;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A store in memory that keeps the contract, for tests of everything that is no store. */
public final class MemoryStore implements Store {

  private final Clock clock;
  private Map<String, Mutation.Put> rows = new TreeMap<>();
  private final List<Change> log = new ArrayList<>();
  private long revision;

  /** Makes empty stores, under the name by which a node asks for one. */
  public static StoreFactory factory(String name) {
    return new StoreFactory() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Store create(PluginContext context) {
        return new MemoryStore(context.clock());
      }
    };
  }

  /** An empty store; its rows expire by a clock. */
  public MemoryStore(Clock clock) {
    this.clock = clock;
  }

  @Override
  public Future<Void> open() {
    return Future.succeededFuture();
  }

  @Override
  public synchronized Future<Long> revision() {
    return Future.succeededFuture(revision);
  }

  @Override
  public synchronized Future<Long> commit(List<Mutation> mutations) {
    Map<String, Mutation.Put> next = new TreeMap<>(rows);
    try {
      mutations.forEach(mutation -> apply(next, mutation));
    } catch (StoreException e) {
      return Future.failedFuture(e);
    }
    rows = next;
    revision++;
    for (Mutation mutation : mutations) {
      boolean put = mutation instanceof Mutation.Put;
      Optional<JsonObject> document =
          put ? Optional.of(((Mutation.Put) mutation).document().copy()) : Optional.empty();
      Optional<Long> expiresAt = put ? ((Mutation.Put) mutation).expiresAt() : Optional.empty();
      String workspace = put ? ((Mutation.Put) mutation).workspace() : StoredEntity.GLOBAL;
      log.add(new Change(revision, mutation.type(), mutation.id(), document, workspace, expiresAt));
    }
    return Future.succeededFuture(revision);
  }

  private void apply(Map<String, Mutation.Put> next, Mutation mutation) {
    String key = key(mutation.type(), mutation.id());
    if (mutation instanceof Mutation.Put put) {
      check(next, put, key);
      next.put(key, put);
    } else {
      next.remove(key);
      Reference pointing = new Reference("", mutation.type(), mutation.id());
      for (Mutation.Put other : next.values()) {
        if (other.references().stream().anyMatch(each -> points(each, pointing))) {
          throw new StoreException.Referenced(mutation.type(), other.type());
        }
      }
    }
  }

  private static boolean points(Reference each, Reference to) {
    return each.type().equals(to.type()) && each.id().equals(to.id());
  }

  private void check(Map<String, Mutation.Put> next, Mutation.Put put, String key) {
    if (put.create() && next.containsKey(key)) {
      throw new StoreException.PrimaryKeyTaken(put.type(), put.id());
    }
    for (UniqueKey unique : put.uniques()) {
      for (Mutation.Put other : next.values()) {
        boolean same = other.type().equals(put.type()) && !other.id().equals(put.id());
        if (same && alive(other) && other.uniques().contains(unique)) {
          throw new StoreException.UniqueKeyTaken(put.type(), unique);
        }
      }
    }
    for (Reference reference : put.references()) {
      if (!next.containsKey(key(reference.type(), reference.id()))) {
        throw new StoreException.MissingReference(reference);
      }
    }
  }

  private boolean alive(Mutation.Put row) {
    return row.expiresAt().map(at -> clock.millis() < at * 1000).orElse(true);
  }

  private static String key(String type, String id) {
    return type + ' ' + id;
  }

  private StoredEntity stored(Mutation.Put row) {
    return new StoredEntity(row.type(), row.id(), row.workspace(), row.document().copy(), revision, row.expiresAt());
  }

  @Override
  public synchronized Future<Optional<StoredEntity>> find(String type, String id) {
    return Future.succeededFuture(
        Optional.ofNullable(rows.get(key(type, id))).filter(this::alive).map(this::stored));
  }

  @Override
  public synchronized Future<Optional<StoredEntity>> findUnique(String type, UniqueKey key) {
    return Future.succeededFuture(
        rows.values().stream()
            .filter(row -> row.type().equals(type) && alive(row) && row.uniques().contains(key))
            .findFirst()
            .map(this::stored));
  }

  @Override
  public synchronized Future<List<StoredEntity>> page(PageQuery query) {
    return Future.succeededFuture(
        rows.values().stream()
            .filter(row -> row.type().equals(query.type()) && alive(row))
            .filter(row -> query.workspace().map(row.workspace()::equals).orElse(true))
            .filter(row -> query.reference().map(row.references()::contains).orElse(true))
            .filter(row -> tagged(row, query))
            .filter(row -> query.afterId().map(after -> row.id().compareTo(after) > 0).orElse(true))
            .limit(query.limit())
            .map(this::stored)
            .toList());
  }

  private static boolean tagged(Mutation.Put row, PageQuery query) {
    if (query.tags().isEmpty()) {
      return true;
    }
    return query.tagMatch() == PageQuery.TagMatch.ALL
        ? row.tags().containsAll(query.tags())
        : query.tags().stream().anyMatch(row.tags()::contains);
  }

  @Override
  public synchronized Future<List<TagRow>> tags(TagQuery query) {
    Map<String, TagRow> found = new TreeMap<>();
    for (Mutation.Put row : rows.values()) {
      for (String tag : row.tags()) {
        if (alive(row) && row.workspace().equals(query.workspace()) && query.tag().map(tag::equals).orElse(true)) {
          TagRow each = new TagRow(row.workspace(), row.type(), row.id(), tag);
          found.put(sortKey(each), each);
        }
      }
    }
    return Future.succeededFuture(
        found.entrySet().stream()
            .filter(entry -> query.after().map(after -> entry.getKey().compareTo(sortKey(after)) > 0).orElse(true))
            .limit(query.limit())
            .map(Map.Entry::getValue)
            .toList());
  }

  private static String sortKey(TagRow row) {
    return row.tag() + '\u0001' + row.type() + '\u0001' + row.id();
  }

  @Override
  public synchronized Future<List<Change>> changes(long afterRevision) {
    return Future.succeededFuture(log.stream().filter(change -> change.revision() > afterRevision).toList());
  }

  @Override
  public Future<Boolean> reachable() {
    return Future.succeededFuture(true);
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }

  /** How many rows there are of each type. */
  public synchronized Map<String, Integer> counts() {
    Map<String, Integer> counts = new HashMap<>();
    rows.values().forEach(row -> counts.merge(row.type(), 1, Integer::sum));
    return counts;
  }
}
