package dev.sluice.plugins.proxycache;

import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.AdminEndpoint;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.entity.EntityKey;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** What operators see of the memory, and how they empty it. */
record CacheEndpoints(Memory memory, PluginContext context) {

  private static final AdminResponse GONE = AdminResponse.empty(204);

  /** As Kong's web server puts it. */
  private static final AdminResponse ABSENT = new AdminResponse(
      404,
      List.of(Map.entry("Content-Type", "text/html; charset=UTF-8")),
      Buffer.buffer(String.join(
          "\r\n",
          "<html>",
          "<head><title>404 Not Found</title></head>",
          "<body>",
          "<center><h1>404 Not Found</h1></center>",
          "</body>",
          "</html>",
          "")));

  List<AdminEndpoint> all() {
    return List.of(
        new AdminEndpoint("DELETE", "/proxy-cache", call -> purge()),
        new AdminEndpoint("GET", "/proxy-cache/{key}", call -> Future.succeededFuture(show(call))),
        new AdminEndpoint("DELETE", "/proxy-cache/{key}", call -> Future.succeededFuture(forget(call))),
        new AdminEndpoint("GET", "/proxy-cache/{plugin}/caches/{key}", call -> ofPlugin(call, this::show)),
        new AdminEndpoint("DELETE", "/proxy-cache/{plugin}/caches/{key}", call -> ofPlugin(call, this::forget)));
  }

  private Future<AdminResponse> purge() {
    memory.clear();
    return Future.succeededFuture(GONE);
  }

  private AdminResponse show(AdminCall call) {
    return memory.newest(call.parameter("key")).map(stored -> AdminResponse.json(200, json(stored))).orElse(ABSENT);
  }

  private AdminResponse forget(AdminCall call) {
    if (memory.newest(call.parameter("key")).isEmpty()) {
      return ABSENT;
    }
    memory.remove(call.parameter("key"));
    return GONE;
  }

  /** The answer, when the path names a plugin of this kind. */
  private Future<AdminResponse> ofPlugin(AdminCall call, Function<AdminCall, AdminResponse> answer) {
    String id = call.parameter("plugin").toLowerCase(Locale.ROOT);
    try {
      UUID.fromString(id);
    } catch (IllegalArgumentException none) {
      return Future.succeededFuture(ABSENT);
    }
    Entities entities = context.entities().in(call.workspace()).orElseGet(context::entities);
    return entities.find(CoreEntities.PLUGINS, new EntityKey.Id(id)).map(found ->
        found.filter(plugin -> "proxy-cache".equals(plugin.getString("name"))).isPresent() ? answer.apply(call) : ABSENT);
  }

  private static JsonObject json(Stored stored) {
    JsonObject headers = new JsonObject();
    for (Map.Entry<String, String> line : stored.headers()) {
      Object known = headers.getValue(line.getKey());
      if (known == null) {
        headers.put(line.getKey(), line.getValue());
      } else if (known instanceof JsonArray values) {
        values.add(line.getValue());
      } else {
        headers.put(line.getKey(), new JsonArray().add(known).add(line.getValue()));
      }
    }
    return new JsonObject()
        .put("status", stored.status())
        .put("headers", headers)
        .put("body", stored.body().toString(StandardCharsets.UTF_8))
        .put("body_len", stored.body().length())
        .put("timestamp", stored.timestamp())
        .put("ttl", stored.ttl())
        .put("version", 1);
  }
}
