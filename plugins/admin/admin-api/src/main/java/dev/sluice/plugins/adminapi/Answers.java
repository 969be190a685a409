package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminResponse;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;

/** Makes answers. */
final class Answers {

  private static final List<Map.Entry<String, String>> JSON =
      List.of(Map.entry("Content-Type", "application/json; charset=utf-8"));

  private Answers() {}

  static AdminResponse json(int status, JsonObject body) {
    return new AdminResponse(status, JSON, Buffer.buffer(JsonText.of(body)));
  }

  static AdminResponse ok(JsonObject body) {
    return json(200, body);
  }

  static AdminResponse created(JsonObject body) {
    return json(201, body);
  }

  static AdminResponse noContent() {
    return AdminResponse.empty(204);
  }

  static Future<AdminResponse> now(AdminResponse answer) {
    return Future.succeededFuture(answer);
  }

  static Future<AdminResponse> message(int status, String message) {
    return now(json(status, new JsonObject().put("message", message)));
  }
}
