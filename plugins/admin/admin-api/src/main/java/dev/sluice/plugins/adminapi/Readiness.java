package dev.sluice.plugins.adminapi;

import dev.sluice.api.NodeInfo;
import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminResponse;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;

/** Whether load balancers in front may send traffic to this node. */
final class Readiness {

  private static final String NO_CONFIGURATION = "0".repeat(32);

  private final NodeInfo node;
  private volatile boolean draining;

  Readiness(NodeInfo node) {
    this.node = node;
  }

  Future<AdminResponse> get() {
    JsonObject status = node.status();
    if (draining || status.getBoolean("draining")) {
      return Answers.message(503, "draining");
    } else if (node.setting("database").filter("off"::equals).isPresent()) {
      return withoutDatabase(status);
    } else if (!status.getJsonObject("database").getBoolean("reachable")) {
      return Answers.message(503, "failed to connect to database");
    } else if (!status.getBoolean("ready")) {
      return Answers.message(503, "router builds not yet complete");
    }
    return Answers.message(200, "ready");
  }

  private static Future<AdminResponse> withoutDatabase(JsonObject status) {
    if (!status.getJsonObject("database").getBoolean("reachable")) {
      return Answers.message(503, "no configuration available (configuration hash is not initialized)");
    } else if (status.getString("configuration_hash", NO_CONFIGURATION).equals(NO_CONFIGURATION)) {
      return Answers.message(503, "no configuration available (empty configuration present)");
    } else if (!status.getBoolean("ready")) {
      return Answers.message(503, "router builds not yet complete, router ready in 0 of 1 workers");
    }
    return Answers.message(200, "ready");
  }

  /** Takes the node out until it is started anew. */
  Future<AdminResponse> drain(AdminCall call) {
    if (!"draining".equals(call.body().getValue("status"))) {
      return Answers.message(400, "invalid status: only 'draining' can be set");
    }
    draining = true;
    return Answers.now(Answers.noContent());
  }
}
