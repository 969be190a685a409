package dev.sluice.kernel.config;

import dev.sluice.api.Catalog;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.Store;
import dev.sluice.api.store.StoreException;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.kernel.registry.Registry;
import dev.sluice.kernel.snapshot.Changes;
import dev.sluice.kernel.snapshot.EntityTables;
import dev.sluice.kernel.snapshot.GatewaySnapshot;
import dev.sluice.kernel.snapshot.SecretReader;
import dev.sluice.kernel.snapshot.SnapshotCompiler;
import dev.sluice.kernel.snapshot.SnapshotCompiler.CompileException;
import dev.sluice.kernel.snapshot.Snapshots;
import dev.sluice.kernel.upstream.AddressBook;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The single writer: takes changes one after another, tries them against the running configuration, stores them, and
 * publishes the snapshot that they make. Lives on the control thread.
 */
public final class ControlPlane {

  private static final Logger log = LoggerFactory.getLogger(ControlPlane.class);
  private static final int PAGE = 1000;

  /** For a write that other nodes keep getting ahead of. */
  private static final int ATTEMPTS = 10;

  private static final long NAME_PATIENCE_MILLIS = 2000;

  private final Vertx vertx;
  private final ControlThread control;
  private final SnapshotCompiler compiler;
  private final Snapshots snapshots;
  private final AddressBook book;
  private final Consumer<GatewaySnapshot> onPublish;
  private final StoreKeeper stores;
  private final LastGoodCopy copies;
  private final Follower follower;
  private final Function<Registry, SecretReader> secrets;

  /**
   * Makes a control plane.
   *
   * @param stores keeps the store
   * @param copies keeps what to serve without the store
   * @param secrets makes what looks up secrets, for what is loaded
   * @param onPublish told of each snapshot after it has been published
   */
  public ControlPlane(
      Vertx vertx,
      Clock clock,
      ControlThread control,
      SnapshotCompiler compiler,
      Snapshots snapshots,
      AddressBook book,
      StoreKeeper stores,
      LastGoodCopy copies,
      Function<Registry, SecretReader> secrets,
      Consumer<GatewaySnapshot> onPublish) {
    this.vertx = vertx;
    this.control = control;
    this.compiler = compiler;
    this.snapshots = snapshots;
    this.book = book;
    this.stores = stores;
    this.copies = copies;
    this.secrets = secrets;
    this.onPublish = onPublish;
    this.follower = new Follower(this, clock, stores, copies);
  }

  /** What is loaded now. */
  public Catalog catalog() {
    return snapshots.current().registry();
  }

  Registry registry() {
    return snapshots.current().registry();
  }

  EntityTables tables() {
    return snapshots.current().tables();
  }

  /** The balancers that serve, by the id of their upstream. */
  Map<String, UpstreamRuntime> balancers() {
    return snapshots.current().upstreams();
  }

  Store store() {
    return stores
        .store()
        .orElseThrow(
            () ->
                stores.awaited()
                    ? ApiError.of(500, "An unexpected error occurred")
                    : ApiError.of(503, "no store is open"));
  }

  /** Whether entities change only by declarations. */
  boolean isDeclared() {
    return stores.store().map(Store::declared).orElse(false);
  }

  ControlThread control() {
    return control;
  }

  /** Begins: opens the store that the jars bring and serves what is in it, or what there is without it. */
  public Future<Void> begin(Registry registry) {
    return stores
        .adopt(registry)
        .compose(open -> follower.everything(registry, tables().reading(secrets.apply(registry))))
        .recover(cause -> follower.lastGood(registry, tables().reading(secrets.apply(registry)), cause))
        .compose(loaded -> adopt(registry, loaded));
  }

  private Future<Void> adopt(Registry registry, Follower.Loaded loaded) {
    return adopt(registry, loaded.tables()).onSuccess(live -> follower.reached(loaded.revision()));
  }

  /** Makes tables serve, with nothing taken over from what serves now. */
  Future<Void> adopt(Registry registry, EntityTables tables) {
    return adopt(registry, tables, Changes.ALL);
  }

  /** Makes tables serve in which some entities have changed. */
  Future<Void> adopt(EntityTables tables, Changes changes) {
    return adopt(registry(), tables, changes);
  }

  /** Where the configuration that serves has come from, for {@code /status}; from any thread. */
  public JsonObject serving() {
    return follower.serving().json();
  }

  /** Looks whether other nodes have committed; from any thread, returns at once. */
  public void follow() {
    follower.look();
  }

  /** Ends what goes on beside operations. */
  public Future<Void> close() {
    follower.close();
    return copies.close();
  }

  /**
   * Runs an operation on the configuration as the store has it. Where another node was faster with the same entities,
   * all is decided again on what is there now.
   */
  <T> Future<T> decided(Supplier<Future<T>> operation) {
    return decided(operation, ATTEMPTS);
  }

  private <T> Future<T> decided(Supplier<Future<T>> operation, int left) {
    return follower
        .catchUp()
        .compose(fresh -> operation.get())
        .recover(
            cause ->
                cause instanceof StoreException.Changed && left > 1
                    ? control.here(decided(operation, left - 1))
                    : Future.failedFuture(cause));
  }

  /** Goes over to other jars; entities whose type has changed are decoded anew. */
  @SuppressWarnings("ReferenceEquality")
  public Future<Void> jars(Registry registry) {
    Registry before = registry();
    EntityTables tables = tables();
    Set<EntityType<?>> changed = new HashSet<>();
    for (EntityType<?> type : before.entityTypes().values()) {
      if (registry.entityType(type.name()).isEmpty()) {
        tables = tables.withoutType(type.name());
      }
    }
    for (EntityType<?> type : registry.entityTypes().values()) {
      if (before.entityTypes().get(type.name()) != type) {
        tables = tables.withoutType(type.name());
        changed.add(type);
      }
    }
    EntityTables kept = tables.reading(secrets.apply(registry));
    return stores
        .adopt(registry)
        .compose(open -> load(kept, changed))
        .compose(loaded -> follower.freshened(registry, loaded))
        .compose(loaded -> adopt(registry, loaded));
  }

  Future<EntityTables> load(EntityTables tables, Iterable<EntityType<?>> types) {
    Future<EntityTables> loaded = Future.succeededFuture(tables);
    for (EntityType<?> type : types) {
      loaded = loaded.compose(so -> load(so, type));
    }
    return loaded;
  }

  private Future<EntityTables> load(EntityTables tables, EntityType<?> type) {
    EntityTables.Load<?> load = tables.loading(type);
    if (stores.store().isEmpty()) {
      follower.offline(type).forEach(row -> add(load, type, row));
      return Future.succeededFuture(load.loaded());
    }
    return page(load, type, PageQuery.of(type.name(), PAGE)).map(done -> load.loaded());
  }

  private Future<Void> page(EntityTables.Load<?> load, EntityType<?> type, PageQuery query) {
    return control
        .here(store().page(query))
        .compose(
            rows -> {
              rows.forEach(row -> add(load, type, row));
              return rows.size() < PAGE
                  ? Future.succeededFuture()
                  : page(load, type, query.after(rows.get(rows.size() - 1).id()));
            });
  }

  private static void add(EntityTables.Load<?> load, EntityType<?> type, StoredEntity row) {
    try {
      RowKeys keys = RowKeys.of(type, row.workspace(), row.document());
      load.add(row, keys.uniques(), keys.references());
    } catch (RuntimeException e) {
      leftOut(type, row, e);
    }
  }

  /** One bad row must not keep the node from serving all others. */
  private static void leftOut(EntityType<?> type, StoredEntity row, RuntimeException cause) {
    log.error("{} {} cannot be decoded and is left out", type.name(), row.id(), cause);
  }

  static EntityTables with(EntityTables tables, EntityType<?> type, StoredEntity row) {
    try {
      RowKeys keys = RowKeys.of(type, row.workspace(), row.document());
      return tables.with(type, row, keys.uniques(), keys.references());
    } catch (RuntimeException e) {
      leftOut(type, row, e);
      return tables;
    }
  }

  private Future<Void> adopt(Registry registry, EntityTables tables, Changes changes) {
    return learn(registry, tables, changes)
        .map(
            learnt -> {
              publish(compiler.compile(snapshots.current(), registry, tables, changes, false));
              return null;
            });
  }

  /**
   * Stores mutations and makes them live.
   *
   * @return succeeds once requests that begin now meet the new configuration
   */
  Future<Void> commit(List<Mutation> mutations) {
    if (isDeclared()) {
      return Future.failedFuture(new SingleWrite());
    }
    EntityTables tables = tables();
    Changes.Collector changed = new Changes.Collector();
    for (Mutation mutation : mutations) {
      changed.add(mutation.type(), mutation.id());
      tables = apply(tables, mutation);
    }
    return commit(mutations, tables, changed.changes(), false);
  }

  /**
   * Stores a change of many rows, in which rows may take over the keys of others, and makes it live at once.
   *
   * @param dry only try it
   */
  Future<Void> commitWhole(List<Mutation> mutations, boolean dry) {
    EntityTables tables = tables();
    Map<String, Mutation> last = new LinkedHashMap<>();
    Changes.Collector changed = new Changes.Collector();
    for (Mutation mutation : mutations) {
      if (registry().entityType(mutation.type()).isPresent()) {
        changed.add(mutation.type(), mutation.id());
        tables = tables.without(mutation.type(), mutation.id());
        last.put(mutation.type() + ' ' + mutation.id(), mutation);
      }
    }
    for (Mutation mutation : last.values()) {
      tables = apply(tables, mutation);
    }
    return commit(mutations, tables, changed.changes(), dry);
  }

  private Future<Void> commit(List<Mutation> mutations, EntityTables next, Changes changes, boolean dry) {
    return learn(registry(), next, changes).compose(
        known -> {
          GatewaySnapshot snapshot;
          Background.pause();
          try {
            snapshot = compiler.compile(snapshots.current(), registry(), next, changes, true);
          } catch (CompileException e) {
            return Future.failedFuture(ApiError.of(400, e.getMessage()));
          }
          if (dry) {
            return Future.succeededFuture();
          }
          Background.pause();
          return control
              .here(follower.commit(store(), mutations))
              .compose(revision -> follower.committed(revision, snapshot));
        });
  }

  private EntityTables apply(EntityTables tables, Mutation mutation) {
    if (mutation instanceof Mutation.Put put) {
      EntityType<?> type = registry().entityType(put.type()).orElseThrow();
      StoredEntity row =
          new StoredEntity(put.type(), put.id(), put.workspace(), put.document(), 0, put.expiresAt());
      return tables.with(type, row, put.uniques(), put.references());
    }
    return tables.without(mutation.type(), mutation.id());
  }

  /** Makes names known, but waits for slow ones only so long. */
  private Future<Void> learn(Registry registry, EntityTables tables, Changes changes) {
    Future<Void> lookups =
        book.learn(SnapshotCompiler.names(snapshots.current(), tables, changes), registry.resolver());
    if (lookups.isComplete()) {
      return lookups;
    }
    Promise<Void> enough = Promise.promise();
    long timer = vertx.setTimer(NAME_PATIENCE_MILLIS, late -> control.execute(enough::tryComplete));
    lookups.onComplete(
        done -> {
          vertx.cancelTimer(timer);
          if (!enough.tryComplete()) {
            // What was compiled meanwhile knows no addresses of the slow ones.
            control.serial(this::readdress);
          }
        });
    return enough.future();
  }

  /** Looks up again the names whose time has passed, and publishes when an address has changed. */
  public Future<Void> refreshNames() {
    return book.refresh(snapshots.current().names(), registry().resolver())
        .compose(changed -> changed ? readdress() : Future.succeededFuture());
  }

  /** Publishes the configuration with the addresses as they are now. */
  public Future<Void> readdress() {
    publish(compiler.compile(snapshots.current(), registry(), tables(), Changes.NAMES, false));
    return Future.succeededFuture();
  }

  void publish(GatewaySnapshot next) {
    GatewaySnapshot before = snapshots.current();
    if (next.balancesAs(before)) {
      snapshots.publish(next);
      onPublish.accept(next);
      return;
    }
    Set<String> unlike = next.balancersUnlike(before);
    // The new ones count outcomes from the first request on, so they begin before it can come.
    balancers(next, unlike).forEach(UpstreamRuntime::start);
    snapshots.publish(next);
    balancers(before, unlike).forEach(UpstreamRuntime::close);
    onPublish.accept(next);
  }

  private static Stream<UpstreamRuntime> balancers(GatewaySnapshot snapshot, Set<String> keys) {
    return keys.stream().map(snapshot.upstreams()::get).filter(Objects::nonNull);
  }

  /** A write of single entities where they change only by declarations. */
  static final class SingleWrite extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SingleWrite() {
      super("entities change only by declarations", null, false, false);
    }
  }

  /** Turns a refusal of the store into Kong's words. */
  static Throwable refusal(Throwable cause, Mutation.Put put) {
    if (cause instanceof StoreException.PrimaryKeyTaken taken) {
      return EntityErrors.primaryKeyTaken(taken.id());
    } else if (cause instanceof StoreException.UniqueKeyTaken taken && put != null) {
      return EntityErrors.unique(EntityErrors.keyOf(taken.key().field(), put.document()));
    } else if (cause instanceof StoreException.MissingReference missing) {
      return EntityErrors.missingReference(
          missing.reference().field(), missing.reference().type(), missing.reference().id());
    } else if (cause instanceof StoreException.Referenced referenced) {
      return EntityErrors.referenced(referenced.type(), referenced.byType());
    } else if (cause instanceof StoreException.Changed) {
      return cause;
    } else if (cause instanceof StoreException failure) {
      log.error("the store failed", failure);
      return EntityErrors.unavailable(failure);
    }
    return cause;
  }
}
