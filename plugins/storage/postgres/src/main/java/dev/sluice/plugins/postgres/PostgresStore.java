package dev.sluice.plugins.postgres;

import dev.sluice.api.PluginContext;
import dev.sluice.api.Registration;
import dev.sluice.api.store.Migrations;
import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.SharedCounters;
import dev.sluice.api.store.Store;
import dev.sluice.api.store.StoreException;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.api.store.UniqueKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps entities in PostgreSQL, for several nodes at once. See the README beside this for how commits are ordered. */
final class PostgresStore implements Store {

  private static final Logger LOG = LoggerFactory.getLogger(PostgresStore.class);
  private static final int PURGE_BATCH = 500;
  private static final Duration FOR_EACH_MUTATION = Duration.ofMillis(5);

  /** Up to so many rows are taken apart where they arrive, more of them beside the event loops. */
  private static final int FEW = 50;

  private final PluginContext context;
  private final Settings settings;
  private final Listener listener;
  private final InFlight inFlight = new InFlight();
  private final SharedCounters counters;
  private volatile Client client;
  private volatile String identity = "";
  private Future<Void> closing;
  private Registration purge;

  PostgresStore(PluginContext context, Settings settings) {
    this.context = context;
    this.settings = settings;
    this.listener = new Listener(context, settings);
    this.counters = new PostgresCounters((sql, arguments) -> during(() -> client.query(sql, arguments)), this::now);
  }

  @Override
  public synchronized Future<Void> open() {
    if (closing != null) {
      return Future.failedFuture(Failures.of("the store was closed"));
    }
    Client made = new Client(context, settings);
    return Layout.state(made, settings.database())
        .compose(Layout::check)
        .compose(fine -> made.query("SELECT database_id FROM sluice_meta", Tuple.tuple()))
        .map(rows -> begin(made, rows.iterator().next().getString(0)))
        .recover(e -> made.end().otherwiseEmpty().compose(ended -> Future.failedFuture(Failures.of(e))));
  }

  private synchronized Void begin(Client opened, String database) {
    identity = database;
    client = context.own(opened);
    purge = context.every(settings.purgeInterval(), this::purge);
    listener.begin();
    LOG.info(
        "opened the database '{}' at {}:{}",
        settings.database(), settings.connection().getHost(), settings.connection().getPort());
    return null;
  }

  @Override
  public boolean shared() {
    return true;
  }

  @Override
  public Registration follow(LongConsumer changed) {
    return listener.add(changed);
  }

  @Override
  public Optional<Migrations> migrations() {
    return Optional.of(new PostgresMigrations(context, settings));
  }

  @Override
  public Future<Long> revision() {
    return during(() -> client.query(Queries.REVISION, Tuple.tuple())).map(rows -> rows.iterator().next().getLong(0));
  }

  @Override
  public Future<Long> commit(List<Mutation> mutations) {
    List<Mutation> all = List.copyOf(mutations);
    Tuple arguments = Tuple.of(CommitText.of(all), now(), settings.keptRevisions());
    return commit("SELECT sluice_commit($1, $2, $3)", arguments, all);
  }

  @Override
  public Future<Long> commit(List<Mutation> mutations, long basis) {
    List<Mutation> all = List.copyOf(mutations);
    Tuple arguments = Tuple.of(basis, CommitText.of(all), now(), settings.keptRevisions());
    return commit("SELECT sluice_commit_on($1, $2, $3, $4)", arguments, all);
  }

  private Future<Long> commit(String function, Tuple arguments, List<Mutation> all) {
    Duration patience = settings.timeout().plus(FOR_EACH_MUTATION.multipliedBy(all.size()));
    return during(
            () ->
                client
                    .query(function, arguments, patience)
                    .recover(e -> Future.failedFuture(Failures.ofCommit(e, all))))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  private void purge() {
    during(() -> client.query(PostgresCounters.PURGE, Tuple.of(now())))
        .onFailure(e -> LOG.warn("counters whose time is over were not purged: {}", e.getMessage()));
    purgeRows();
  }

  private void purgeRows() {
    Tuple arguments = Tuple.of(now(), settings.keptRevisions(), PURGE_BATCH);
    during(() -> client.query("SELECT sluice_purge($1, $2, $3)", arguments))
        .onSuccess(
            rows -> {
              if (rows.iterator().next().getInteger(0) == PURGE_BATCH) {
                purgeRows();
              }
            })
        .onFailure(e -> LOG.warn("expired rows were not purged: {}", e.getMessage()));
  }

  @Override
  public Future<Optional<StoredEntity>> find(String type, String id) {
    return during(() -> client.query(Queries.find(type, id, now()))).map(PostgresStore::first);
  }

  @Override
  public Future<Optional<StoredEntity>> findUnique(String type, UniqueKey key) {
    return during(() -> client.query(Queries.findUnique(type, key, now()))).map(PostgresStore::first);
  }

  private static Optional<StoredEntity> first(RowSet<Row> rows) {
    return rows.size() == 0 ? Optional.empty() : Optional.of(entity(rows.iterator().next()));
  }

  @Override
  public Future<List<StoredEntity>> page(PageQuery query) {
    return during(() -> client.query(Queries.page(query, now())).compose(rows -> each(rows, PostgresStore::entity)));
  }

  @Override
  public Future<List<TagRow>> tags(TagQuery query) {
    return during(() -> client.query(Queries.tags(query, now())).compose(rows -> each(rows, PostgresStore::tag)));
  }

  @Override
  public Future<List<Change>> changes(long afterRevision) {
    return during(
        () ->
            client
                .query(Queries.CHANGES, Tuple.of(afterRevision))
                .compose(
                    rows -> {
                      Row first = rows.iterator().next();
                      return truncated(first, afterRevision)
                          .map(reason -> Future.<List<Change>>failedFuture(new StoreException.LogTruncated(reason)))
                          .orElseGet(
                              () ->
                                  first.getValue(3) == null
                                      ? Future.succeededFuture(List.of())
                                      : each(rows, PostgresStore::change));
                    }));
  }

  /** Why the log does not say what was committed since: it is too short, or it is another database's. */
  private Optional<String> truncated(Row row, long afterRevision) {
    String database = row.getString(0);
    long revision = row.getLong(1);
    long floor = row.getLong(2);
    if (!database.equals(identity)) {
      identity = database;
      return Optional.of("the database is another one than before");
    } else if (afterRevision > revision) {
      return Optional.of("the database was set back to revision " + revision);
    }
    return afterRevision < floor
        ? Optional.of("the log of changes begins after revision " + floor)
        : Optional.empty();
  }

  private <T> Future<List<T>> each(RowSet<Row> rows, Function<Row, T> mapping) {
    return rows.size() > FEW
        ? context.blocking(() -> all(rows, mapping))
        : Future.succeededFuture(all(rows, mapping));
  }

  private static <T> List<T> all(RowSet<Row> rows, Function<Row, T> mapping) {
    List<T> list = new ArrayList<>(rows.size());
    rows.forEach(row -> list.add(mapping.apply(row)));
    return List.copyOf(list);
  }

  private static StoredEntity entity(Row row) {
    return new StoredEntity(
        Texts.read(row.getString(0)),
        Texts.read(row.getString(1)),
        Texts.read(row.getString(2)),
        new JsonObject(row.getString(3)),
        row.getLong(4),
        Optional.ofNullable(row.getLong(5)));
  }

  private static TagRow tag(Row row) {
    return new TagRow(
        Texts.read(row.getString(0)),
        Texts.read(row.getString(1)),
        Texts.read(row.getString(2)),
        Texts.read(row.getString(3)));
  }

  private static Change change(Row row) {
    return new Change(
        row.getLong(3),
        Texts.read(row.getString(4)),
        Texts.read(row.getString(5)),
        Optional.ofNullable(row.getString(6)).map(JsonObject::new),
        Texts.read(row.getString(7)),
        Optional.ofNullable(row.getLong(8)));
  }

  @Override
  public Optional<SharedCounters> counters() {
    return Optional.of(counters);
  }

  @Override
  public Future<Boolean> reachable() {
    return revision().map(true).otherwise(false);
  }

  @Override
  public synchronized Future<Void> close() {
    if (closing == null) {
      if (purge != null) {
        purge.close();
      }
      closing =
          listener
              .end()
              .compose(ended -> inFlight.drain())
              .compose(drained -> client == null ? Future.succeededFuture() : client.end().otherwiseEmpty());
    }
    return closing;
  }

  private <T> Future<T> during(Supplier<Future<T>> work) {
    if (client == null || !inFlight.enter()) {
      return Future.failedFuture(Failures.of("the store is not open"));
    }
    Promise<T> outcome = Promise.promise();
    Future<T> begun;
    try {
      begun = work.get();
    } catch (RuntimeException e) {
      begun = Future.failedFuture(e);
    }
    begun
        .recover(e -> Future.failedFuture(Failures.of(e)))
        .onComplete(
            done -> {
              inFlight.exit();
              outcome.handle(done);
            });
    return outcome.future();
  }

  private long now() {
    return Math.floorDiv(context.clock().millis(), 1000L);
  }
}
