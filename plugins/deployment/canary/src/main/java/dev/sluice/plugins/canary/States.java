package dev.sluice.plugins.canary;

import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.Entities.WriteOptions;
import dev.sluice.api.entity.EntityChange;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.entity.EntityTag;
import dev.sluice.api.request.RequestContext;
import dev.sluice.plugins.deployment.Pages;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;

/**
 * The states of all rollouts, in the store: requests meet those of their snapshot, so that a write is live when it is
 * answered. Where entities change only by documents they are this process's alone. Safe for all threads.
 */
final class States {

  private static final int CHANGED_SINCE = 412;
  private static final int CONFLICT = 409;
  private static final int FAULT = 500;
  private static final int SAME_ID = 3;
  private static final int ONLY_DOCUMENTS = 12;

  private final PluginContext context;
  private final ConcurrentMap<String, Local> local = new ConcurrentHashMap<>();
  private volatile boolean alone;

  private record Local(JsonObject document, State state) {
    Local(JsonObject document) {
      this(document, State.decode(document));
    }
  }

  States(PluginContext context) {
    this.context = context;
  }

  /** Whether nothing is stored. */
  boolean alone() {
    return alone;
  }

  /** The one that a request meets. */
  Optional<State> of(RequestContext request, String plugin) {
    return alone
        ? Optional.ofNullable(local.get(plugin)).map(Local::state)
        : request.entities().byId(State.TYPE, plugin);
  }

  /** The document of one. */
  Future<Optional<JsonObject>> find(String plugin) {
    return alone
        ? Future.succeededFuture(Optional.ofNullable(local.get(plugin)).map(Local::document))
        : context.entities().find(State.TYPE, new EntityKey.Id(plugin));
  }

  /** The documents of all, by the ids of their plugins. */
  Future<Map<String, JsonObject>> all() {
    Map<String, JsonObject> all = new HashMap<>();
    if (alone) {
      local.forEach((id, each) -> all.put(id, each.document()));
      return Future.succeededFuture(all);
    }
    return Pages.all(context.entities(), State.TYPE).map(rows -> {
      rows.forEach(row -> all.put(row.getString("id"), row));
      return all;
    });
  }

  /**
   * Writes one, if it still is as it was.
   *
   * @param before its document; empty when there is none yet
   * @return fails with what {@link #lost} knows when somebody else was faster
   */
  Future<Void> write(Optional<JsonObject> before, JsonObject after, Consumer<EntityChange> changed) {
    if (alone) {
      return keep(before, after);
    }
    Future<JsonObject> written = before.isEmpty()
        ? context.entities().insert(State.TYPE, after, new WriteOptions(false, Optional.empty(), changed))
        : context
            .entities()
            .upsert(
                State.TYPE,
                new EntityKey.Id(after.getString("id")),
                after,
                new WriteOptions(false, Optional.of(EntityTag.of(State.TYPE, before.get())), changed));
    return written.<Void>mapEmpty().recover(cause -> {
      if (code(cause) != ONLY_DOCUMENTS) {
        return Future.failedFuture(cause);
      }
      alone = true;
      return keep(before, after);
    });
  }

  private Future<Void> keep(Optional<JsonObject> before, JsonObject after) {
    Local next = new Local(after);
    Local now = local.compute(
        after.getString("id"),
        (id, known) -> before.equals(Optional.ofNullable(known).map(Local::document)) ? next : known);
    return next.equals(now) ? Future.succeededFuture() : Future.failedFuture(ApiError.of(CHANGED_SINCE, "changed since"));
  }

  /** Whether a write has failed since somebody else was faster. */
  static boolean lost(Throwable cause) {
    boolean since = cause instanceof ApiError refusal && (refusal.status() == CHANGED_SINCE || refusal.status() == CONFLICT);
    return since || code(cause) == SAME_ID;
  }

  /** Whether there is no store now, of which the node itself tells. */
  static boolean away(Throwable cause) {
    return cause instanceof ApiError refusal && refusal.status() >= FAULT;
  }

  private static int code(Throwable cause) {
    return cause instanceof ApiError refusal ? refusal.body().getInteger("code", 0) : 0;
  }

  /** Forgets one, whose plugin has gone. */
  Future<Void> delete(String plugin) {
    local.remove(plugin);
    return alone
        ? Future.succeededFuture()
        : context.entities().delete(State.TYPE, new EntityKey.Id(plugin)).mapEmpty();
  }
}
