package dev.sluice.plugins.adminapi;

import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.entity.EntityTag;
import dev.sluice.api.entity.EntityType;
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

  /** One entity, with the tag by which a later write can say that it means this state of it. */
  static AdminResponse entity(int status, EntityType<?> type, JsonObject entity) {
    return json(status, entity)
        .header("ETag", EntityTag.of(type, entity))
        .header("Access-Control-Expose-Headers", "ETag");
  }

  static AdminResponse entity(EntityType<?> type, JsonObject entity) {
    return entity(200, type, entity);
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
