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
import dev.sluice.api.entity.EntityTag;
import dev.sluice.plugins.deployment.Attachment;
import dev.sluice.plugins.deployment.Entry;
import dev.sluice.plugins.deployment.Ledger;
import dev.sluice.plugins.deployment.Records;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** {@code GET /switches} and {@code POST /switches/{id}/undo}. */
final class LedgerEndpoints {

  private static final Logger log = LoggerFactory.getLogger(LedgerEndpoints.class);
  private static final int DEFAULT_SIZE = 100;
  private static final int MOST = 1000;
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,12}");

  private final PluginContext context;
  private final Ledger ledger;
  private final Records records;
  private final ChainCheck check;

  LedgerEndpoints(PluginContext context, Ledger ledger, Records records, ChainCheck check) {
    this.context = context;
    this.ledger = ledger;
    this.records = records;
    this.check = check;
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
    int size = (int) Math.max(1, Math.min(MOST, number(call, "size", DEFAULT_SIZE)));
    long before = number(call, "before", Long.MAX_VALUE);
    boolean verify = call.request().argument("verify").filter(value -> !value.equals("0")).isPresent();
    Optional<String> service = call.request().argument("service");
    return ledger.last().compose(last -> records
        .newest(
            Math.min(before, last + 1),
            size,
            row -> seenIn(call, row) && service.map(id -> id.equals(row.getString("service"))).orElse(true))
        .compose(rows -> check.look(verify).map(chain -> AdminResponse.json(200, new JsonObject()
            .put("data", new JsonArray(rows))
            .put("next", next(call, rows, size, service))
            .put("chain", chain.put("records", last))))));
  }

  private static long number(AdminCall call, String argument, long otherwise) {
    return call.request().argument(argument).map(text -> {
      if (!NUMBER.matcher(text).matches()) {
        throw ApiError.of(400, argument + " must be a number");
      }
      return Long.parseLong(text);
    }).orElse(otherwise);
  }

  /** Where older ones are; null when these are the oldest. */
  private static String next(AdminCall call, List<JsonObject> rows, int size, Optional<String> service) {
    long oldest = rows.isEmpty() ? 1 : Records.number(rows.get(rows.size() - 1));
    String path = call.request().path() + "?size=" + size + "&before=" + oldest;
    String only = service.map(id -> "&service=" + URLEncoder.encode(id, StandardCharsets.UTF_8)).orElse("");
    return rows.size() < size || oldest == 1 ? null : path + only;
  }

  private static boolean seenIn(AdminCall call, JsonObject row) {
    return call.workspace().equals(row.getString("workspace"));
  }

  private Future<JsonObject> row(AdminCall call) {
    String wanted = call.parameter("id");
    long number = NUMBER.matcher(wanted).matches()
        ? Long.parseLong(wanted)
        : Records.number(wanted.toLowerCase(Locale.ROOT));
    return records.find(number).map(found ->
        found.filter(row -> seenIn(call, row)).orElseThrow(() -> ApiError.of(404, "Not found")));
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
          return Future.failedFuture(changedSince());
        }
        Optional<String> unchanged =
            force ? Optional.empty() : Optional.of(EntityTag.of(CoreEntities.PLUGINS, plugin));
        return entities
            .update(
                CoreEntities.PLUGINS,
                key,
                new JsonObject().put("config", row.getJsonObject("undo")),
                new WriteOptions(false, unchanged, call.changed(), force))
            .recover(cause -> Future.failedFuture(inBetween(cause) ? changedSince() : cause))
            .compose(written -> writeDown(call, new Attachment(entities, written), row));
      });
    }).map(record -> AdminResponse.json(200, record));
  }

  private static ApiError changedSince() {
    return ApiError.of(409, "something else has changed it since; use force to undo it still");
  }

  /** Whether somebody has written after it was read. */
  private static boolean inBetween(Throwable cause) {
    return cause instanceof ApiError refusal && refusal.status() == 412;
  }

  /** What cannot be written down has happened all the same. */
  private Future<JsonObject> writeDown(AdminCall call, Attachment at, JsonObject row) {
    return ledger
        .append(entry(call, at, row))
        .map(record -> record.orElseGet(JsonObject::new))
        .recover(cause -> {
          log.error("undo of record {} cannot be written to the ledger", row.getLong("number"), cause);
          return Future.succeededFuture(new JsonObject()
              .put("action", "undo")
              .put("message", "undone, but this could not be written to the ledger"));
        });
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
