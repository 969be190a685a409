package dev.sluice.plugins.declarative;

import dev.sluice.api.PluginContext;
import dev.sluice.api.Registration;
import dev.sluice.api.entity.Declaration;
import dev.sluice.api.store.Mutation;
import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.Store;
import dev.sluice.api.store.StoreException;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.api.store.UniqueKey;
import io.vertx.core.Future;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The store of a node without a database: all rows in memory, and in a file that outlives the process. Readers see one
 * version of the rows as a whole; commits make the next, one after another.
 */
final class DeclarativeStore implements Store {

  private static final Logger LOG = LoggerFactory.getLogger(DeclarativeStore.class);

  private final PluginContext context;
  private final Settings settings;
  private final StateFile file;
  private final Deque<List<Change>> changes = new ArrayDeque<>();
  private volatile Optional<Rows> rows = Optional.empty();
  private volatile boolean closing;
  private Registration purge = () -> {};

  DeclarativeStore(PluginContext context, Settings settings) {
    this.context = context;
    this.settings = settings;
    this.file = new StateFile(settings.file());
  }

  @Override
  public boolean declared() {
    return true;
  }

  @Override
  public Future<Void> open() {
    return context
        .ordered(file::read)
        .map(
            read -> {
              rows = Optional.of(read);
              purge = context.every(settings.purgeInterval(), this::purge);
              return null;
            });
  }

  @Override
  public Future<Optional<Declaration>> declaration() {
    return context.blocking(
        () -> {
          Optional<String> text = settings.declaredFile().map(DeclarativeStore::content).or(settings::declaredText);
          return text.map(given -> new Declaration(DocumentText.parse(given), Digests.md5(given)));
        });
  }

  private static String content(Path path) {
    if (!Files.isRegularFile(path)) {
      throw new StoreException("no file at: " + path, null);
    }
    try {
      return Files.readString(path);
    } catch (IOException e) {
      throw new StoreException(path + " cannot be read: " + e.getMessage(), e);
    }
  }

  private long now() {
    return context.clock().millis();
  }

  private <T> Future<T> read(Function<Rows, T> query) {
    Optional<Rows> current = rows;
    return closing || current.isEmpty()
        ? Future.failedFuture(new StoreException("the store is closed", null))
        : Future.succeededFuture(query.apply(current.get()));
  }

  @Override
  public Future<Long> revision() {
    return read(Rows::revision);
  }

  @Override
  public Future<Long> commit(List<Mutation> mutations) {
    List<Mutation> own = Rows.frozen(mutations);
    return closing
        ? Future.failedFuture(new StoreException("the store is closed", null))
        : context.ordered(() -> commitNow(own));
  }

  private long commitNow(List<Mutation> mutations) {
    Rows next = rows.orElseThrow(() -> new StoreException("the store is closed", null)).copy();
    List<Change> made = next.apply(mutations, now());
    file.write(next);
    synchronized (changes) {
      changes.addLast(made);
      while (changes.size() > settings.keptRevisions()) {
        changes.removeFirst();
      }
      rows = Optional.of(next);
    }
    return next.revision();
  }

  private void purge() {
    boolean any = rows.map(known -> !known.expired(now()).isEmpty()).orElse(false);
    if (any && !closing) {
      context
          .ordered(
              () -> {
                List<Mutation> expired = rows.map(known -> known.expired(now())).orElse(List.of());
                return expired.isEmpty() ? 0L : commitNow(expired);
              })
          .onFailure(cause -> LOG.warn("expired rows could not be deleted: {}", cause.getMessage()));
    }
  }

  @Override
  public Future<Optional<StoredEntity>> find(String type, String id) {
    return read(known -> known.find(type, id, now()).map(Row::stored));
  }

  @Override
  public Future<Optional<StoredEntity>> findUnique(String type, UniqueKey key) {
    return read(known -> known.holder(type, key, now()).map(Row::stored));
  }

  @Override
  public Future<List<StoredEntity>> page(PageQuery query) {
    return read(
        known -> {
          NavigableMap<String, Row> all =
              query.reference().map(to -> known.referring(query.type(), to)).orElseGet(() -> known.ofType(query.type()));
          long now = now();
          return query.afterId().map(after -> all.tailMap(after, false)).orElse(all).values().stream()
              .filter(row -> row.alive(now))
              .filter(row -> query.workspace().map(row.put().workspace()::equals).orElse(true))
              .filter(row -> tagged(row, query))
              .limit(query.limit())
              .map(Row::stored)
              .toList();
        });
  }

  private static boolean tagged(Row row, PageQuery query) {
    List<String> tags = row.put().tags();
    if (query.tags().isEmpty()) {
      return true;
    }
    return query.tagMatch() == PageQuery.TagMatch.ALL
        ? tags.containsAll(query.tags())
        : query.tags().stream().anyMatch(tags::contains);
  }

  @Override
  public Future<List<TagRow>> tags(TagQuery query) {
    return read(
        known -> {
          NavigableMap<String, TagRow> found = new TreeMap<>();
          for (String type : known.types()) {
            known.ofType(type).values().forEach(row -> collect(row, query, found));
          }
          return query.after().map(after -> found.tailMap(order(after), false)).orElse(found).values().stream()
              .limit(query.limit())
              .toList();
        });
  }

  private void collect(Row row, TagQuery query, NavigableMap<String, TagRow> found) {
    if (row.put().workspace().equals(query.workspace()) && row.alive(now())) {
      for (String tag : row.put().tags()) {
        if (query.tag().map(tag::equals).orElse(true)) {
          TagRow each = new TagRow(query.workspace(), row.put().type(), row.put().id(), tag);
          found.put(order(each), each);
        }
      }
    }
  }

  private static String order(TagRow row) {
    return row.tag() + '\0' + row.type() + '\0' + row.id();
  }

  @Override
  public Future<List<Change>> changes(long afterRevision) {
    synchronized (changes) {
      return read(Rows::revision)
          .compose(
              revision -> {
                long oldest = revision - changes.size();
                if (afterRevision < oldest) {
                  return Future.failedFuture(new StoreException.LogTruncated(oldest));
                }
                List<Change> later = new ArrayList<>();
                long each = oldest;
                for (List<Change> commit : changes) {
                  if (++each > afterRevision) {
                    later.addAll(commit);
                  }
                }
                return Future.succeededFuture(later);
              });
    }
  }

  @Override
  public Future<Boolean> reachable() {
    return Future.succeededFuture(!closing && rows.isPresent());
  }

  @Override
  public Future<Void> close() {
    if (closing) {
      return Future.succeededFuture();
    }
    closing = true;
    purge.close();
    return context.ordered(() -> null);
  }
}
