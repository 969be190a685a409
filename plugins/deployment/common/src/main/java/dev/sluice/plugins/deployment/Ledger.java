package dev.sluice.plugins.deployment;

import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.Entities.WriteOptions;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.store.PageQuery;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What strategies write down, in the store. The entities are those of the jar {@code ledger}; without it nothing is
 * written. The id of a record follows from its number: of two nodes that write at once only one gets it.
 */
public final class Ledger {

  /** The name of the type. */
  public static final String TYPE = "switches";

  private static final int PAGE = 1000;
  private static final int TRIES = 10;
  private static final int SAME_ID = 3;
  private static final int SAME_NUMBER = 5;

  private final PluginContext context;

  /** Reads and writes by way of a plugin's context. */
  public Ledger(PluginContext context) {
    this.context = context;
  }

  /** All records of all workspaces by ascending number; none without the ledger's jar. */
  public Future<List<JsonObject>> all() {
    return type()
        .map(type -> more(type, new ArrayList<>()))
        .orElseGet(() -> Future.succeededFuture(List.of()));
  }

  private Optional<EntityType<?>> type() {
    return context.catalog().entityType(TYPE);
  }

  private Future<List<JsonObject>> more(EntityType<?> type, List<JsonObject> rows) {
    PageQuery first = PageQuery.of(TYPE, PAGE);
    PageQuery next = rows.isEmpty() ? first : first.after(rows.get(rows.size() - 1).getString("id"));
    return context
        .entities()
        .page(type, next)
        .compose(page -> {
          rows.addAll(page);
          return page.size() < PAGE ? Future.succeededFuture(rows) : more(type, rows);
        });
  }

  /** The records of one configured strategy, the last one first. */
  public Future<List<JsonObject>> of(String plugin) {
    return all().map(rows -> of(plugin, rows));
  }

  private static List<JsonObject> of(String plugin, List<JsonObject> rows) {
    List<JsonObject> own = new ArrayList<>();
    for (int i = rows.size() - 1; i >= 0; i--) {
      if (plugin.equals(rows.get(i).getString("plugin"))) {
        own.add(rows.get(i));
      }
    }
    return own;
  }

  /** Writes a record. */
  public Future<Optional<JsonObject>> append(Entry entry) {
    return append(entry, rows -> true);
  }

  /**
   * Writes a record unless another one has made it needless.
   *
   * @param still gets the records of the same configured strategy, the last one first
   * @return the record; empty when it was needless, or there is no ledger
   */
  public Future<Optional<JsonObject>> append(Entry entry, Predicate<List<JsonObject>> still) {
    return type()
        .map(type -> append(type, entry, still, TRIES))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  private Future<Optional<JsonObject>> append(
      EntityType<?> type, Entry entry, Predicate<List<JsonObject>> still, int tries) {
    return all().compose(rows -> {
      if (!still.test(of(entry.at().id(), rows))) {
        return Future.succeededFuture(Optional.empty());
      }
      JsonObject row = row(entry, rows);
      return context
          .entities()
          .insert(type, row, WriteOptions.JSON)
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

  private JsonObject row(Entry entry, List<JsonObject> rows) {
    Optional<JsonObject> last = rows.isEmpty() ? Optional.empty() : Optional.of(rows.get(rows.size() - 1));
    long number = last.map(row -> row.getLong("number")).orElse(0L) + 1;
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
        .put("previous", last.map(each -> each.getString("hash")).orElse(Chain.BEGINNING));
    entry.at().service().ifPresent(id -> row.put("service", id));
    entry.at().route().ifPresent(id -> row.put("route", id));
    return row.put("hash", Chain.hash(row)).put("id", String.format("00000000-0000-4000-8000-%012x", number));
  }
}
