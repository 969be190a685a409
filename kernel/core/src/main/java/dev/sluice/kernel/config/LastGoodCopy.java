package dev.sluice.kernel.config;

import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.Store;
import dev.sluice.api.store.Store.Change;
import dev.sluice.api.store.StoreException;
import dev.sluice.api.store.StoredEntity;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the configuration that the node serves in two files by turns, so that it can start while the database is away
 * and one of them is damaged. A copy is written some time after a change, and never while another one is: it is made
 * of the copy before and of the store's log, so that it costs the database no more than what has changed. Safe for all
 * threads.
 */
public final class LastGoodCopy {

  private static final Logger log = LoggerFactory.getLogger(LastGoodCopy.class);
  private static final int PAGE = 1000;
  private static final long QUIET_MILLIS = 1000;
  private static final long AFTER_FAILURE_MILLIS = 10_000;

  /** A node spends no more of its time with copies than one part in so many. */
  private static final long SHARE = 20;

  private final Vertx vertx;
  private final Clock clock;
  private final Path folder;
  private final String database;
  private final boolean enabled;
  private Source source;
  private Optional<Made> last = Optional.empty();
  private long sequence;
  private long pause = QUIET_MILLIS;
  private boolean wanted;
  private boolean scheduled;
  private boolean failing;
  private boolean closed;
  private Future<Void> running = Future.succeededFuture();

  /** A copy that this process has made. */
  private record Made(Path file, long revision) {}

  /**
   * Where the content comes from.
   *
   * @param store when one is open
   * @param types the names of all entity types
   * @param served the revision that the node serves
   */
  record Source(Supplier<Optional<Store>> store, Supplier<Collection<String>> types, LongSupplier served) {}

  /**
   * Makes a keeper of copies.
   *
   * @param folder of the copies
   * @param database the name of the store
   * @param enabled whether there are to be copies
   */
  public LastGoodCopy(Vertx vertx, Clock clock, Path folder, String database, boolean enabled) {
    this.vertx = vertx;
    this.clock = clock;
    this.folder = folder;
    this.database = database;
    this.enabled = enabled;
  }

  synchronized void from(Source given) {
    source = given;
  }

  private Path file(int number) {
    return folder.resolve("copy-" + number);
  }

  /** The newest copy that is intact; reads files. Says in the log what is wrong with the others. */
  Optional<CopyFile.Content> newest() {
    Optional<CopyFile.Content> newest = Optional.empty();
    for (int number = 1; enabled && number <= 2; number++) {
      try {
        if (Files.exists(file(number))) {
          CopyFile.Content content = CopyFile.read(file(number));
          boolean newer = newest.map(other -> other.header().sequence() < content.header().sequence()).orElse(true);
          if (newer && content.header().database().equals(database)) {
            newest = Optional.of(content);
          }
        }
      } catch (IOException | RuntimeException e) {
        log.error("a last good copy cannot be used: {}", e.getMessage());
      }
    }
    return newest;
  }

  /** The configuration has changed. */
  synchronized void changed() {
    wanted = true;
    schedule(pause);
  }

  private void schedule(long delay) {
    if (enabled && !closed && !scheduled) {
      scheduled = true;
      vertx.setTimer(delay, timer -> begin());
    }
  }

  private synchronized void begin() {
    if (closed) {
      return;
    }
    wanted = false;
    long begun = System.nanoTime();
    running = write().onComplete(done -> ended(done.succeeded(), done.cause(), begun)).otherwiseEmpty();
  }

  private synchronized void ended(boolean written, Throwable cause, long begun) {
    scheduled = false;
    if (written) {
      long took = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - begun);
      pause = Math.max(QUIET_MILLIS, SHARE * took);
      failing = false;
    } else if (!failing) {
      failing = true;
      log.warn("the last good copy below {} could not be written: {}", folder, String.valueOf(cause));
    }
    if (wanted || !written) {
      schedule(written ? pause : AFTER_FAILURE_MILLIS);
    }
  }

  private Future<Void> write() {
    Optional<Store> store = source.store().get();
    long served = source.served().getAsLong();
    if (store.isEmpty() || served < 0) {
      // Another one is being opened; what it holds is copied then.
      return Future.succeededFuture();
    }
    return prepare()
        .compose(target -> last.isPresent() ? onwards(store.get(), last.get(), target, served) : whole(store.get(), target));
  }

  /** Chooses the file of the older copy. */
  private Future<Path> prepare() {
    if (last.isPresent()) {
      return Future.succeededFuture(last.get().file().equals(file(1)) ? file(2) : file(1));
    }
    return blocking(
        () -> {
          Files.createDirectories(folder);
          long first = sequenceOf(file(1));
          long second = sequenceOf(file(2));
          sequence = Math.max(first, second);
          return first <= second ? file(1) : file(2);
        });
  }

  private static long sequenceOf(Path file) {
    try {
      return Files.exists(file) ? CopyFile.read(file, (key, row) -> {}).sequence() : -1;
    } catch (IOException | RuntimeException e) {
      log.error("a last good copy cannot be used: {}", e.getMessage());
      return -1;
    }
  }

  /** The copy before, with what the log says since. */
  private Future<Void> onwards(Store store, Made base, Path target, long served) {
    if (base.revision() == served) {
      return Future.succeededFuture();
    }
    return store
        .changes(base.revision())
        .compose(
            changes -> {
              List<Change> until = changes.stream().filter(change -> change.revision() <= served).toList();
              return blocking(
                  () -> {
                    Map<String, Change> newest = new LinkedHashMap<>();
                    until.forEach(change -> newest.put(CopyFile.key(change.type(), change.id()), change));
                    try (CopyFile.Writer writer = new CopyFile.Writer(target)) {
                      writer.copy(base.file(), newest.keySet());
                      for (Change change : newest.values()) {
                        append(writer, change, true);
                      }
                      finish(writer, target, served);
                    }
                    return (Void) null;
                  });
            })
        .recover(
            cause -> {
              // The log is too short, or the file before is no more as it was: from the beginning, then.
              last = Optional.empty();
              return cause instanceof StoreException.LogTruncated || cause instanceof IOException
                  ? whole(store, target)
                  : Future.failedFuture(cause);
            });
  }

  /** All rows of the store, and what was committed while they were read. */
  private Future<Void> whole(Store store, Path target) {
    return store
        .revision()
        .compose(
            begun ->
                blocking(() -> new CopyFile.Writer(target))
                    .compose(
                        writer ->
                            pages(store, writer)
                                .compose(written -> store.changes(begun))
                                .compose(changes -> rest(writer, target, begun, changes))
                                .eventually(() -> blocking(() -> closed(writer)))));
  }

  private static Object closed(CopyFile.Writer writer) throws IOException {
    writer.close();
    return writer;
  }

  private Future<Void> pages(Store store, CopyFile.Writer writer) {
    Future<Void> written = Future.succeededFuture();
    for (String type : source.types().get()) {
      written = written.compose(so -> pages(store, writer, PageQuery.of(type, PAGE)));
    }
    return written;
  }

  private Future<Void> pages(Store store, CopyFile.Writer writer, PageQuery query) {
    return store
        .page(query)
        .compose(
            rows ->
                blocking(
                        () -> {
                          for (StoredEntity row : rows) {
                            writer.put(row);
                          }
                          return rows.size();
                        })
                    .compose(
                        count ->
                            count < PAGE
                                ? Future.succeededFuture()
                                : pages(store, writer, query.after(rows.get(count - 1).id()))));
  }

  private Future<Void> rest(CopyFile.Writer writer, Path target, long begun, List<Change> changes) {
    return blocking(
        () -> {
          long revision = begun;
          for (Change change : changes) {
            append(writer, change, false);
            revision = change.revision();
          }
          finish(writer, target, revision);
          return null;
        });
  }

  private static void append(CopyFile.Writer writer, Change change, boolean alone) throws IOException {
    if (change.document().isPresent()) {
      writer.put(
          new StoredEntity(
              change.type(),
              change.id(),
              change.workspace(),
              change.document().get(),
              change.revision(),
              change.expiresAt()));
    } else if (!alone) {
      writer.delete(change.type(), change.id());
    }
  }

  private void finish(CopyFile.Writer writer, Path target, long revision) throws IOException {
    writer.finish(new CopyFile.Header(revision, ++sequence, database, clock.millis()));
    last = Optional.of(new Made(target, revision));
  }

  private <T> Future<T> blocking(Callable<T> work) {
    return vertx.executeBlocking(work, false);
  }

  /** Writes what is not written yet, and nothing afterwards. */
  public synchronized Future<Void> close() {
    boolean pending = enabled && !closed && scheduled && wanted;
    closed = true;
    return running.compose(ended -> pending ? write().otherwiseEmpty() : Future.succeededFuture());
  }
}
