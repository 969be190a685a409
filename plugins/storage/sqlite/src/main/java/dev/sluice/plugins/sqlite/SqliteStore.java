package dev.sluice.plugins.sqlite;

import dev.sluice.api.PluginContext;
import dev.sluice.api.Registration;
import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.Store;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.api.store.UniqueKey;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps entities in one SQLite file. Writes go through the plugin's ordered thread, reads through its pool. */
final class SqliteStore implements Store {

  private static final Logger LOG = LoggerFactory.getLogger(SqliteStore.class);
  private static final Duration RETRY = Duration.ofMillis(50);

  /** A group of commits ends with the one that exceeds either. */
  private static final int MOST_COMMITS = 256;
  private static final int MOST_MUTATIONS = 4096;

  private final PluginContext context;
  private final Settings settings;
  private final Layout layout;
  private final Queue<Pending> waiting = new ConcurrentLinkedQueue<>();
  private final InFlight inFlight = new InFlight();
  private final AtomicReference<Session> session = new AtomicReference<>();
  private Future<Void> opening;
  private Future<Void> closing;
  private Registration purge;

  SqliteStore(PluginContext context, Settings settings) {
    this(context, settings, Layout.CURRENT);
  }

  SqliteStore(PluginContext context, Settings settings, Layout layout) {
    this.context = context;
    this.settings = settings;
    this.layout = layout;
  }

  @Override
  public synchronized Future<Void> open() {
    if (closing != null) {
      return Future.failedFuture(Failures.of(settings.file(), "was closed"));
    }
    if (opening == null || opening.failed()) {
      long deadline = System.nanoTime() + settings.lockWait().toNanos();
      opening = tryOpen(deadline).map(this::begin);
    }
    return opening;
  }

  /** The generation of this jar before may still be closing the file. */
  private Future<Session> tryOpen(long deadline) {
    return ordered(() -> Session.open(settings, layout, context.clock()))
        .compose(
            opened -> {
              if (opened.isPresent()) {
                return Future.succeededFuture(opened.get());
              }
              if (System.nanoTime() - deadline > 0) {
                return Future.failedFuture(
                    Failures.of(settings.file(), "is still in use by another store of this process"));
              }
              Promise<Session> later = Promise.promise();
              context.after(RETRY, () -> tryOpen(deadline).onComplete(later));
              return later.future();
            });
  }

  private synchronized Void begin(Session opened) {
    session.set(opened);
    purge = context.every(settings.purgeInterval(), this::purge);
    LOG.info("opened {}", settings.file());
    return null;
  }

  @Override
  public Future<Long> revision() {
    return read(Queries::revision);
  }

  @Override
  public Future<Long> commit(List<Mutation> mutations) {
    return during(
        open -> {
          Pending pending = Pending.of(mutations);
          waiting.add(pending);
          // Whoever comes first commits for those who wait behind as well, who then find it done.
          return ordered(
              () -> {
                while (!pending.done()) {
                  commitNext(open.writer());
                }
                return pending.outcome();
              });
        });
  }

  private void commitNext(Writer writer) {
    List<Pending> group = nextGroup();
    try {
      writer.commit(group);
    } finally {
      // After an error such as a lack of memory; else all are done.
      group.forEach(pending -> pending.giveUp(settings.file()));
    }
  }

  private List<Pending> nextGroup() {
    List<Pending> group = new ArrayList<>();
    int mutations = 0;
    while (group.size() < MOST_COMMITS && mutations < MOST_MUTATIONS) {
      Pending next = waiting.poll();
      if (next == null) {
        break;
      }
      group.add(next);
      mutations += next.steps().size();
    }
    return group;
  }

  private void purge() {
    during(open -> ordered(() -> open.writer().purge()))
        .onSuccess(
            more -> {
              if (more) {
                purge();
              }
            })
        .onFailure(e -> LOG.warn("expired rows were not purged: {}", e.getMessage()));
  }

  @Override
  public Future<Optional<StoredEntity>> find(String type, String id) {
    return read(database -> Queries.find(database, type, id, now()));
  }

  @Override
  public Future<Optional<StoredEntity>> findUnique(String type, UniqueKey key) {
    return read(database -> Queries.findUnique(database, type, key, now()));
  }

  @Override
  public Future<List<StoredEntity>> page(PageQuery query) {
    return read(database -> Queries.page(database, query, now()));
  }

  @Override
  public Future<List<TagRow>> tags(TagQuery query) {
    return read(database -> Queries.tags(database, query, now()));
  }

  @Override
  public Future<List<Change>> changes(long afterRevision) {
    return during(
        open -> context.blocking(() -> open.readers().read(database -> open.log().read(database, afterRevision))));
  }

  @Override
  public Future<Boolean> reachable() {
    return during(
            open ->
                context.blocking(
                    () -> {
                      open.identity().check();
                      open.readers().read(Queries::revision);
                      return true;
                    }))
        .otherwise(false);
  }

  @Override
  public synchronized Future<Void> close() {
    if (closing == null) {
      Future<Void> opened = opening == null ? Future.succeededFuture() : opening;
      closing =
          opened
              .otherwiseEmpty()
              .compose(ready -> endPurge())
              .compose(ended -> inFlight.drain())
              .compose(drained -> closeSession());
    }
    return closing;
  }

  private synchronized Future<Void> endPurge() {
    if (purge != null) {
      purge.close();
    }
    return Future.succeededFuture();
  }

  private Future<Void> closeSession() {
    Session open = session.getAndSet(null);
    if (open == null) {
      return Future.succeededFuture();
    }
    return ordered(
        () -> {
          open.close();
          LOG.info("closed {}", settings.file());
          return null;
        });
  }

  private <T> Future<T> read(Readers.Work<T> work) {
    return during(open -> context.blocking(() -> open.readers().read(work)));
  }

  private <T> Future<T> during(Function<Session, Future<T>> work) {
    Session open = session.get();
    if (open == null || !inFlight.enter()) {
      return Future.failedFuture(Failures.of(settings.file(), "is not open"));
    }
    Future<T> result;
    try {
      result = work.apply(open);
    } catch (RuntimeException | Error e) {
      result = Future.failedFuture(e);
    }
    return result
        .recover(e -> Future.failedFuture(Failures.of(settings.file(), e)))
        .onComplete(done -> inFlight.exit());
  }

  private <T> Future<T> ordered(Callable<T> work) {
    return context.<T>ordered(work).recover(e -> Future.failedFuture(Failures.of(settings.file(), e)));
  }

  private long now() {
    return Math.floorDiv(context.clock().millis(), 1000L);
  }
}
