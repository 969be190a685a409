package dev.sluice.plugins.adminapi;

import dev.sluice.api.NodeInfo;
import dev.sluice.api.admin.AdminRequest;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.admin.ApiError;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;

/** The state of the node: Kong's form, and beside it what only Sluice has. */
record StatusView(NodeInfo node) {

  private static final String UNITS = "bkmg";
  private static final int LARGEST_SCALE = 9;
  private static final String NO_CONFIGURATION = "0".repeat(32);

  static Future<AdminResponse> dns() {
    return Answers.message(501, "not implemented with the legacy DNS client");
  }

  AdminResponse answer(AdminRequest request) {
    String unit = request.argument("unit").orElse("m");
    if (unit.length() != 1 || UNITS.indexOf(unit.toLowerCase(Locale.ROOT)) < 0) {
      throw ApiError.of(400, "invalid unit '" + unit + "' (expected 'k/K', 'm/M', or 'g/G')");
    }
    return Answers.ok(describe(unit.toLowerCase(Locale.ROOT).charAt(0), scale(request)));
  }

  private static int scale(AdminRequest request) {
    String scale = request.argument("scale").orElse("2");
    try {
      return Math.max(0, Math.min(LARGEST_SCALE, Integer.parseInt(scale)));
    } catch (NumberFormatException e) {
      throw ApiError.of(400, "invalid scale '" + scale + "' (expected an integer)");
    }
  }

  private JsonObject describe(char unit, int scale) {
    JsonObject status = node.status();
    JsonObject heap =
        new JsonObject()
            .put("http_allocated_gc", amount(status.getLong("heap_used"), unit, scale))
            .put("pid", status.getValue("pid"));
    JsonObject memory =
        new JsonObject().put("workers_lua_vms", new JsonArray().add(heap)).put("lua_shared_dicts", new JsonObject());
    JsonObject described = new JsonObject().put("memory", memory).put("server", server(status));
    if (node.setting("database").filter("off"::equals).isPresent()) {
      described.put("configuration_hash", status.getString("configuration_hash", NO_CONFIGURATION));
    } else {
      described.put("database", status.getJsonObject("database"));
    }
    return described.put(
        "sluice",
        new JsonObject()
            .put("version", node.version())
            .put("ready", status.getValue("ready"))
            .put("snapshot", status.getValue("snapshot"))
            .put("configuration", status.getValue("configuration"))
            .put("plugins", status.getValue("plugins"))
            .put("uncollected_class_loaders", status.getValue("uncollected_class_loaders")));
  }

  private static JsonObject server(JsonObject status) {
    long accepted = status.getLong("connections_accepted");
    long active = status.getLong("connections_active");
    return new JsonObject()
        .put("connections_accepted", accepted)
        .put("connections_handled", accepted)
        .put("connections_active", active)
        .put("connections_reading", 0)
        .put("connections_writing", active)
        .put("connections_waiting", 0)
        .put("total_requests", status.getLong("total_requests"));
  }

  private static Object amount(long bytes, char unit, int scale) {
    int power = UNITS.indexOf(unit);
    if (power == 0) {
      return bytes;
    }
    return String.format(
        Locale.ROOT, "%." + scale + "f %ciB", bytes / Math.pow(1024, power), Character.toUpperCase(unit));
  }
}
