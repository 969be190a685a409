package dev.sluice.plugins.deployment;

import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.Entities.WriteOptions;
import dev.sluice.api.entity.EntityType;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What strategies write down, in the store. The entities are those of the jar {@code ledger}; without it nothing is
 * written. The id of a record follows from its number: of two nodes that write at once only one gets it.
 *
 * <p>All records are read once; from then on only those that have come since.
 */
public final class Ledger {

  /** The name of the type. */
  public static final String TYPE = "switches";

  private static final int TRIES = 10;
  private static final int SAME_ID = 3;
  private static final int SAME_NUMBER = 5;

  private final PluginContext context;
  private final Records records;
  private final Tail tail = new Tail();
  private Optional<Future<Void>> first = Optional.empty();

  /** Reads and writes by way of a plugin's context. */
  public Ledger(PluginContext context) {
    this.context = context;
    this.records = new Records(context);
  }

  /** The newest records of one configured strategy, the last one first; none without the ledger's jar. */
  public Future<List<JsonObject>> of(String plugin) {
    return records.type().isEmpty()
        ? Future.succeededFuture(List.of())
        : follow().map(done -> tail.view(plugin).own());
  }

  /** The number of the last record; 0 when there is none. */
  public Future<Long> last() {
    return records.type().isEmpty() ? Future.succeededFuture(0L) : follow().map(done -> tail.number());
  }

  /** Learns what others have written; the first time all there is. */
  private Future<Void> follow() {
    Promise<Void> mine = Promise.promise();
    Optional<Future<Void>> others = begun(mine.future());
    if (others.isEmpty()) {
      catchUp().onComplete(mine);
      return mine.future();
    }
    return others.get().succeeded() ? catchUp() : onOwnContext(others.get()).compose(done -> catchUp());
  }

  /** Whoever comes first reads all there is, and the others wait for that one. */
  private synchronized Optional<Future<Void>> begun(Future<Void> mine) {
    Optional<Future<Void>> others = first.filter(each -> !each.failed());
    if (others.isEmpty()) {
      first = Optional.of(mine);
    }
    return others;
  }

  private Future<Void> catchUp() {
    Optional<JsonObject> known = tail.last();
    return records.from(known.map(Records::number).orElse(1L)).compose(page -> {
      if (known.isPresent() && !begins(page, known.get())) {
        // Somebody has changed what is never changed, or the store is another one: nothing known can be relied on.
        tail.forget(known);
        return catchUp();
      }
      return records.each(page, rows -> {
        tail.learn(rows);
        return true;
      });
    });
  }

  private static boolean begins(List<JsonObject> page, JsonObject known) {
    return !page.isEmpty() && Objects.equals(page.get(0).getValue("hash"), known.getValue("hash"));
  }

  /** What another caller waits for comes on that one's context. */
  private static <T> Future<T> onOwnContext(Future<T> other) {
    Context own = Vertx.currentContext();
    if (own == null) {
      return other;
    }
    Promise<T> here = Promise.promise();
    other.onComplete(done -> own.runOnContext(back -> here.handle(done)));
    return here.future();
  }

  /** Writes a record. */
  public Future<Optional<JsonObject>> append(Entry entry) {
    return append(entry, rows -> true);
  }

  /**
   * Writes a record unless another one has made it needless.
   *
   * @param still gets the newest records of the same configured strategy, the last one first
   * @return the record; empty when it was needless, or there is no ledger
   */
  public Future<Optional<JsonObject>> append(Entry entry, Predicate<List<JsonObject>> still) {
    return records
        .type()
        .map(type -> append(type, entry, still, TRIES))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  private Future<Optional<JsonObject>> append(
      EntityType<?> type, Entry entry, Predicate<List<JsonObject>> still, int tries) {
    return follow().compose(done -> {
      Tail.View now = tail.view(entry.at().id());
      if (!still.test(now.own())) {
        return Future.succeededFuture(Optional.empty());
      }
      return context
          .entities()
          .insert(type, row(entry, now), WriteOptions.JSON)
          .map(Optional::of)
          .recover(cause -> tries > 1 && taken(cause)
              ? append(type, entry, still, tries - 1)
              : Future.failedFuture(cause));
    });
  }

  private static boolean taken(Throwable cause) {
    int code = cause instanceof ApiError refusal ? refusal.body().getInteger("code", 0) : 0;
    return code == SAME_ID || code == SAME_NUMBER;
  }

  private JsonObject row(Entry entry, Tail.View now) {
    long number = now.number() + 1;
    JsonObject row = new JsonObject()
        .put("number", number)
        .put("at", context.clock().millis())
        .put("workspace", entry.at().entities().workspace())
        .put("plugin", entry.at().id())
        .put("strategy", entry.at().strategy())
        .put("action", entry.action())
        .put("from", entry.from())
        .put("to", entry.to())
        .put("by", entry.by())
        .put("reason", entry.reason())
        .put("numbers", entry.numbers())
        .put("done", entry.done())
        .put("undo", entry.undo())
        .put("previous", now.last().map(each -> each.getString("hash")).orElse(Chain.BEGINNING));
    entry.at().service().ifPresent(id -> row.put("service", id));
    entry.at().route().ifPresent(id -> row.put("route", id));
    return row.put("hash", Chain.hash(row)).put("id", Records.id(number));
  }
}
