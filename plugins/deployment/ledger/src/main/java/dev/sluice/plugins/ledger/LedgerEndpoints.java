package dev.sluice.plugins.ledger;

import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.entity.Entities.WriteOptions;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.plugins.deployment.Attachment;
import dev.sluice.plugins.deployment.Chain;
import dev.sluice.plugins.deployment.Entry;
import dev.sluice.plugins.deployment.Ledger;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;

/** {@code GET /switches} and {@code POST /switches/{id}/undo}. */
final class LedgerEndpoints {

  private static final int DEFAULT_SIZE = 100;
  private static final int MOST = 1000;

  private final PluginContext context;
  private final Ledger ledger;
  private volatile JsonObject newest = new JsonObject();

  LedgerEndpoints(PluginContext context, Ledger ledger) {
    this.context = context;
    this.ledger = ledger;
  }

  List<AdminEndpoint> all() {
    return List.of(
        new AdminEndpoint("GET", "/switches", call -> guarded(call, this::list)),
        new AdminEndpoint("GET", "/switches/{id}", this::show),
        new AdminEndpoint("POST", "/switches/{id}/undo", call -> guarded(call, this::undo)));
  }

  private static Future<AdminResponse> guarded(AdminCall call, Function<AdminCall, Future<AdminResponse>> handler) {
    return Future.succeededFuture(call).compose(handler);
  }

  private Future<AdminResponse> list(AdminCall call) {
    int size = size(call);
    Optional<String> service = call.request().argument("service");
    return ledger.all().map(rows -> {
      JsonArray data = new JsonArray();
      for (int i = rows.size() - 1; i >= 0 && data.size() < size; i--) {
        JsonObject row = rows.get(i);
        if (seenIn(call, row) && service.map(id -> id.equals(row.getString("service"))).orElse(true)) {
          data.add(row);
        }
      }
      return AdminResponse.json(200, new JsonObject().put("data", data).put("chain", chain(rows)));
    });
  }

  private static int size(AdminCall call) {
    try {
      return call.request().argument("size").map(Integer::parseInt).map(n -> Math.max(1, Math.min(MOST, n)))
          .orElse(DEFAULT_SIZE);
    } catch (NumberFormatException e) {
      throw ApiError.of(400, "size must be a number");
    }
  }

  private static boolean seenIn(AdminCall call, JsonObject row) {
    return call.workspace().equals(row.getString("workspace"));
  }

  /** Whether all is as it was written. What was there when somebody last looked must still be: so a missing end shows. */
  private JsonObject chain(List<JsonObject> rows) {
    JsonObject known = newest;
    Optional<Chain.Break> broken = Chain.broken(rows).or(() -> shortened(rows, known));
    JsonObject last = rows.isEmpty() ? new JsonObject() : rows.get(rows.size() - 1);
    JsonObject shown = new JsonObject().put("records", rows.size()).put("valid", broken.isEmpty());
    broken.ifPresent(at -> shown.put("broken_at", at.number()).put("reason", at.why()));
    if (broken.isEmpty()) {
      newest = last;
      shown.put("head", last.getString("hash", Chain.BEGINNING));
    }
    return shown;
  }

  private static Optional<Chain.Break> shortened(List<JsonObject> rows, JsonObject known) {
    if (known.isEmpty()) {
      return Optional.empty();
    }
    long number = known.getLong("number");
    if (rows.size() < number) {
      return Optional.of(new Chain.Break(number, "record " + number + " is missing"));
    }
    boolean same = rows.get((int) number - 1).getString("hash").equals(known.getString("hash"));
    return same ? Optional.empty() : Optional.of(new Chain.Break(number, "record " + number + " was written anew"));
  }

  private Future<JsonObject> row(AdminCall call) {
    String wanted = call.parameter("id");
    return ledger.all().map(rows -> rows
        .stream()
        .filter(row -> seenIn(call, row))
        .filter(row -> row.getString("id").equals(wanted) || String.valueOf(row.getLong("number")).equals(wanted))
        .findFirst()
        .orElseThrow(() -> ApiError.of(404, "Not found")));
  }

  private Future<AdminResponse> show(AdminCall call) {
    return row(call).map(row -> AdminResponse.json(200, row));
  }

  private Future<AdminResponse> undo(AdminCall call) {
    boolean force = Boolean.parseBoolean(String.valueOf(call.body().getValue("force")));
    Entities entities = context.entities().in(call.workspace()).orElseThrow(() -> ApiError.of(404, "Not found"));
    return row(call).compose(row -> {
      if (row.getJsonObject("undo") == null || row.getJsonObject("undo").isEmpty()) {
        return Future.failedFuture(ApiError.of(
            409,
            "this record tells of no configuration that could be written back: steer the "
                + row.getString("strategy") + " by its own endpoints"));
      }
      EntityKey key = new EntityKey.Id(row.getString("plugin"));
      return entities.find(CoreEntities.PLUGINS, key).compose(found -> {
        JsonObject plugin = found.orElseThrow(() -> ApiError.of(409, "the plugin of this record is gone"));
        if (!force && !holds(plugin.getJsonObject("config"), row.getJsonObject("done"))) {
          return Future.failedFuture(ApiError.of(409, "something else has changed it since; use force to undo it still"));
        }
        return entities
            .update(
                CoreEntities.PLUGINS,
                key,
                new JsonObject().put("config", row.getJsonObject("undo")),
                new WriteOptions(false, Optional.empty(), call.changed(), force))
            .compose(written -> ledger.append(entry(call, new Attachment(entities, written), row)));
      });
    }).map(record -> AdminResponse.json(200, record.orElseGet(JsonObject::new)));
  }

  /** Whether the configuration still is what the change has made of it. */
  private static boolean holds(JsonObject config, JsonObject done) {
    return done.fieldNames().stream().allMatch(name -> Objects.equals(config.getValue(name), done.getValue(name)));
  }

  private static Entry entry(AdminCall call, Attachment at, JsonObject row) {
    String given = Documents.string(call.body(), "reason", "");
    return new Entry(
        at,
        "undo",
        row.getString("to"),
        row.getString("from"),
        "admin",
        given.isEmpty() ? "record " + row.getLong("number") + " undone" : given,
        new JsonObject(),
        row.getJsonObject("undo"),
        row.getJsonObject("done"));
  }
}
