package dev.sluice.kernel.config;

import dev.sluice.api.entity.EntityType;
import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.Store;
import dev.sluice.api.store.Store.Change;
import dev.sluice.api.store.StoreException;
import dev.sluice.api.store.StoreException.LogTruncated;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.kernel.registry.Registry;
import dev.sluice.kernel.snapshot.Changes;
import dev.sluice.kernel.snapshot.EntityTables;
import dev.sluice.kernel.snapshot.GatewaySnapshot;
import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the node in step with a store that other nodes commit to. It knows up to which revision the store's log is in
 * the configuration that serves, and brings what is missing in, in the order of the log. Lives on the control thread,
 * inside operations, but for {@link #look}.
 */
final class Follower {

  private static final Logger log = LoggerFactory.getLogger(Follower.class);

  /** The configuration that serves is not one of the store's. */
  private static final long UNKNOWN = -1;

  private final ControlPlane plane;
  private final Clock clock;
  private final StoreKeeper stores;
  private final LastGoodCopy copies;
  private final AtomicBoolean looking = new AtomicBoolean();
  private final AtomicBoolean queued = new AtomicBoolean();
  private final AtomicBoolean lost = new AtomicBoolean();
  private volatile long applied = UNKNOWN;
  private volatile long stuck = UNKNOWN;
  private final AtomicReference<Serving> serving = new AtomicReference<>(Serving.NOTHING);
  private List<StoredEntity> offline = List.of();
  private Optional<Store> followed = Optional.empty();

  /** What a store holds at a revision. */
  record Loaded(EntityTables tables, long revision) {}

  Follower(ControlPlane plane, Clock clock, StoreKeeper stores, LastGoodCopy copies) {
    this.plane = plane;
    this.clock = clock;
    this.stores = stores;
    this.copies = copies;
    copies.from(
        new LastGoodCopy.Source(stores::store, () -> plane.registry().entityTypes().keySet(), () -> applied));
  }

  private boolean shared() {
    return stores.store().map(Store::shared).orElse(false);
  }

  /** Where the configuration that serves has come from; from any thread. */
  Serving serving() {
    return serving.get();
  }

  /** Rows of a type to go on with while there is no store. */
  List<StoredEntity> offline(EntityType<?> type) {
    return offline.stream().filter(row -> row.type().equals(type.name())).toList();
  }

  /** Reads everything; what is committed meanwhile is in it as well. */
  Future<Loaded> everything(Registry registry, EntityTables tables) {
    Optional<Store> store = stores.store();
    EntityTables empty = tables;
    for (EntityType<?> type : registry.entityTypes().values()) {
      empty = empty.withoutType(type.name());
    }
    EntityTables none = empty;
    if (store.isEmpty()) {
      return plane.load(none, registry.entityTypes().values()).map(loaded -> new Loaded(loaded, UNKNOWN));
    }
    listen(store.get());
    return plane
        .control()
        .here(store.get().revision())
        .compose(
            revision ->
                plane
                    .load(none, registry.entityTypes().values())
                    .compose(loaded -> redo(registry, loaded, revision)))
        // So much was committed meanwhile that the log has forgotten where this began.
        .recover(cause -> cause instanceof LogTruncated ? everything(registry, none) : Future.failedFuture(cause));
  }

  /** Takes rows that were just read to where the log ends. */
  Future<Loaded> freshened(Registry registry, EntityTables tables) {
    stores.store().ifPresent(this::listen);
    if (!shared()) {
      return Future.succeededFuture(new Loaded(tables, applied));
    } else if (applied == UNKNOWN) {
      return everything(registry, tables);
    }
    return redo(registry, tables, applied)
        .recover(
            cause ->
                cause instanceof LogTruncated
                    ? everything(registry, tables)
                    // All that was to be read has been; the rest comes when the store is back.
                    : Future.succeededFuture(new Loaded(tables, applied)));
  }

  private Future<Loaded> redo(Registry registry, EntityTables tables, long after) {
    if (!shared()) {
      return Future.succeededFuture(new Loaded(tables, after));
    }
    return plane
        .control()
        .here(plane.store().changes(after))
        .map(
            changes ->
                new Loaded(
                    apply(registry, tables, changes),
                    changes.isEmpty() ? after : changes.get(changes.size() - 1).revision()));
  }

  private static EntityTables apply(Registry registry, EntityTables tables, List<Change> changes) {
    EntityTables next = tables;
    for (Change change : changes) {
      Optional<EntityType<?>> type = registry.entityType(change.type());
      if (change.document().isEmpty()) {
        next = next.without(change.type(), change.id());
      } else if (type.isPresent()) {
        StoredEntity row =
            new StoredEntity(
                change.type(),
                change.id(),
                change.workspace(),
                change.document().get(),
                change.revision(),
                change.expiresAt());
        next = ControlPlane.with(next, type.get(), row);
      }
    }
    return next;
  }

  /**
   * What to serve when the store cannot be opened: the last good copy, if there is one.
   *
   * @param cause why it cannot
   */
  Future<Loaded> lastGood(Registry registry, EntityTables tables, Throwable cause) {
    boolean away = cause instanceof StoreException && !(cause instanceof StoreException.Unprepared);
    if (!away || !stores.awaited() && !shared()) {
      return Future.failedFuture(cause);
    }
    Optional<CopyFile.Content> copy = copies.newest();
    if (copy.isEmpty()) {
      return Future.failedFuture(cause);
    }
    log.error(
        "the database cannot be used: {}. The node serves the last good copy, of revision {}",
        cause.getMessage(), copy.get().header().revision());
    lost.set(true);
    CopyFile.Header header = copy.get().header();
    serving.set(new Serving(true, header.revision(), header.written(), OptionalLong.of(clock.millis())));
    offline = copy.get().rows();
    EntityTables served = tables;
    for (EntityType<?> type : registry.entityTypes().values()) {
      for (StoredEntity row : offline(type)) {
        served = ControlPlane.with(served, type, row);
      }
    }
    return Future.succeededFuture(new Loaded(served, UNKNOWN));
  }

  /** A configuration of this revision serves. */
  void reached(long revision) {
    applied = revision;
    if (revision != UNKNOWN) {
      serving.updateAndGet(before -> new Serving(false, revision, clock.millis(), before.lost()));
      offline = List.of();
      if (shared()) {
        copies.changed();
      }
    }
  }

  /**
   * Brings in what others have committed. A write begins with it: what it is checked against is then no older than
   * the write.
   */
  Future<Void> catchUp() {
    if (!shared()) {
      return Future.succeededFuture();
    } else if (applied == UNKNOWN) {
      return reload();
    }
    return plane
        .control()
        .here(plane.store().changes(applied))
        .compose(this::adopt)
        .recover(
            cause -> {
              if (cause instanceof LogTruncated) {
                log.info("everything is read anew: {}", cause.getMessage());
                return reload();
              }
              return Future.failedFuture(cause);
            });
  }

  private Future<Void> adopt(List<Change> changes) {
    if (changes.isEmpty()) {
      return Future.succeededFuture();
    }
    Changes.Collector changed = new Changes.Collector();
    changes.forEach(change -> changed.add(change.type(), change.id()));
    long revision = changes.get(changes.size() - 1).revision();
    return plane
        .adopt(apply(plane.registry(), plane.tables(), changes), changed.changes())
        .onSuccess(live -> reached(revision))
        .onFailure(
            cause -> {
              if (stuck != revision) {
                stuck = revision;
                log.error(
                    "revision {} of the store cannot be served, {} goes on serving: {}",
                    revision, applied, cause.getMessage());
              }
            });
  }

  private Future<Void> reload() {
    return everything(plane.registry(), plane.tables())
        .compose(
            loaded ->
                plane
                    .adopt(plane.registry(), loaded.tables())
                    .onSuccess(live -> reached(loaded.revision())));
  }

  /** Commits what was decided on the configuration that was caught up with. */
  Future<Long> commit(Store store, List<Mutation> mutations) {
    return shared() && applied != UNKNOWN ? store.commit(mutations, applied) : store.commit(mutations);
  }

  /**
   * A write of this node has been stored. Publishes it, with all that has a lower revision: nobody sees this write
   * without what was committed before it.
   *
   * @param revision of the write
   * @param own the snapshot that the write was tried with
   */
  Future<Void> committed(long revision, GatewaySnapshot own) {
    if (!shared() || revision == applied + 1) {
      plane.publish(own);
      reached(revision);
      return Future.succeededFuture();
    }
    return catchUp()
        .recover(
            cause -> {
              // It is stored, and it was tried: it serves, and what others did comes when the store is back.
              log.warn("revision {} serves without what others committed before it: {}", revision, cause.getMessage());
              plane.publish(own);
              return Future.succeededFuture();
            });
  }

  /** Looks no more. */
  void close() {
    looking.set(true);
  }

  private void listen(Store store) {
    if (followed.filter(other -> other.equals(store)).isEmpty()) {
      followed = Optional.of(store);
      store.follow(
          revision -> {
            if (revision > applied) {
              bringIn();
            }
          });
    }
  }

  /** Looks, without waiting, whether there is something to bring in; from any thread. */
  void look() {
    if (!looking.compareAndSet(false, true)) {
      return;
    }
    Optional<Store> store = stores.store();
    if (store.isEmpty() && stores.awaited()) {
      stores
          .openAwaited()
          .onSuccess(open -> bringIn())
          .onComplete(ended -> looking.set(false));
    } else if (store.isPresent() && store.get().shared()) {
      store.get().revision().onComplete(
          answer -> {
            looking.set(false);
            if (answer.failed()) {
              serving.updateAndGet(before -> before.lostAt(clock.millis()));
              if (!lost.getAndSet(true)) {
                log.error("the database is lost, the node goes on serving: {}", answer.cause().getMessage());
              }
            } else if (answer.result() != applied) {
              bringIn();
            } else if (lost.getAndSet(false)) {
              serving.updateAndGet(Serving::found);
              log.info("the database is back");
            }
          });
    } else {
      looking.set(false);
    }
  }

  private void bringIn() {
    if (queued.compareAndSet(false, true)) {
      plane
          .control()
          .serial(
              () -> {
                queued.set(false);
                return catchUp();
              })
          .onFailure(cause -> log.warn("what others committed could not be brought in: {}", cause.toString()));
    }
  }
}
