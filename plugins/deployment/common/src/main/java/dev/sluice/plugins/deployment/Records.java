package dev.sluice.plugins.deployment;

import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.store.PageQuery;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/** Reads the ledger by the numbers of its records, from which their ids follow; so none of it need be read for another part. */
public final class Records {

  /** How many are read at once. */
  public static final int PAGE = 1000;

  /** What the store does not give away has this instead of all else. */
  static final String UNREADABLE = "unreadable";

  private static final String PREFIX = "00000000-0000-4000-8000-";
  private static final int HEXADECIMAL = 16;
  private static final int WINDOW = 200;

  private final PluginContext context;

  /** Reads by way of a plugin's context. */
  public Records(PluginContext context) {
    this.context = context;
  }

  /** The type of the records; empty without the ledger's jar. */
  Optional<EntityType<?>> type() {
    return context.catalog().entityType(Ledger.TYPE);
  }

  /** The id of a record. */
  public static String id(long number) {
    return PREFIX + String.format(Locale.ROOT, "%012x", number);
  }

  /** The number that the id of a row says; 0 for what is no record. */
  public static long number(JsonObject row) {
    return number(row.getString("id"));
  }

  /** The number that an id says; 0 for what is no id of a record. */
  public static long number(String id) {
    try {
      return id.startsWith(PREFIX) ? Math.max(0, Long.parseLong(id.substring(PREFIX.length()), HEXADECIMAL)) : 0;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  /** One record. */
  public Future<Optional<JsonObject>> find(long number) {
    return type()
        .map(type -> context.entities().find(type, new EntityKey.Id(id(number))))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()));
  }

  /** The first page of the records from a number on, by ascending id. */
  public Future<List<JsonObject>> from(long number) {
    return after(id(number - 1), PAGE);
  }

  /** Shows a page and all those after it, one by one, until the reader wants no more. */
  public Future<Void> each(List<JsonObject> page, Predicate<List<JsonObject>> reader) {
    return !reader.test(page) || page.size() < PAGE
        ? Future.succeededFuture()
        : after(page.get(PAGE - 1).getString("id"), PAGE).compose(next -> each(next, reader));
  }

  private Future<List<JsonObject>> after(String id, int limit) {
    return type()
        .map(type -> context
            .entities()
            .page(type, PageQuery.of(Ledger.TYPE, limit).after(id))
            .recover(cause -> oneByOne(number(id), limit, cause)))
        .orElseGet(() -> Future.succeededFuture(List.of()));
  }

  /** A record that the store refuses to give away, since it was damaged, must not hide the others. */
  private Future<List<JsonObject>> oneByOne(long number, int limit, Throwable cause) {
    List<JsonObject> rows = new ArrayList<>();
    Future<Void> read = find(0).mapEmpty();
    for (long next = number + 1; next <= number + limit; next++) {
      long each = next;
      read = read.compose(there -> find(each)
          .otherwise(Optional.of(new JsonObject().put("id", id(each)).put(UNREADABLE, true)))
          .map(found -> {
            found.ifPresent(rows::add);
            return null;
          }));
    }
    return read.map(rows).recover(away -> Future.failedFuture(cause));
  }

  /**
   * The newest records below a number, the newest first.
   *
   * @param size at most so many
   * @param wanted which of them
   */
  public Future<List<JsonObject>> newest(long below, int size, Predicate<JsonObject> wanted) {
    return newest(below, size, wanted, new ArrayList<>());
  }

  private Future<List<JsonObject>> newest(long below, int size, Predicate<JsonObject> wanted, List<JsonObject> found) {
    long from = Math.max(1, below - WINDOW);
    Function<List<JsonObject>, Future<List<JsonObject>>> next = page -> {
      for (int i = page.size() - 1; i >= 0 && found.size() < size; i--) {
        JsonObject row = page.get(i);
        if (number(row) < below && number(row) >= from && wanted.test(row)) {
          found.add(row);
        }
      }
      return from == 1 || found.size() == size
          ? Future.succeededFuture(found)
          : newest(from, size, wanted, found);
    };
    return after(id(from - 1), WINDOW).compose(next);
  }
}
