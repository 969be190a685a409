package dev.sluice.plugins.adminapi;

import dev.sluice.api.Catalog;
import dev.sluice.api.NodeInfo;
import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.AdminCall;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.entity.Entities.WriteOptions;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.SchemaRun;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;

/**
 * What endpoints work with.
 *
 * @param context of the plugin
 * @param catalog for which the endpoints were made
 * @param entities of the workspace that is served
 * @param prefix of all paths in answers: that of the workspace, or nothing
 */
record Api(PluginContext context, Catalog catalog, Entities entities, String prefix) {

  NodeInfo node() {
    return context.node();
  }

  SchemaRun run() {
    Map<String, ConfigSchema<?>> configs = new HashMap<>();
    catalog.filters().forEach((name, factory) -> configs.put(name, factory.schema()));
    Map<String, ConfigSchema<?>> vaults = new HashMap<>();
    catalog.vaults().forEach((name, factory) -> vaults.put(name, factory.schema()));
    return new SchemaRun(
        context.clock(), configs, node().setting("router_flavor").orElse("traditional_compatible"), vaults);
  }

  /** How a segment of a path names an entity: by its id, or by the field that may stand for it. */
  static EntityKey key(EntityType<?> type, String segment) {
    return type.endpointKey().map(field -> EntityKey.of(segment, field)).orElseGet(() -> new EntityKey.Id(segment));
  }

  static WriteOptions options(AdminCall call) {
    return new WriteOptions(call.form(), call.request().headers().get("If-Match"), call.changed());
  }

  static ApiError notFound() {
    return ApiError.of(404, "Not found");
  }

  static ApiError notAllowed() {
    return ApiError.of(405, "Method not allowed");
  }

  static JsonObject reference(JsonObject entity) {
    return new JsonObject().put("id", entity.getString("id"));
  }

  /** The entity that a segment names; fails with a plain 404. */
  Future<JsonObject> find(EntityType<?> type, String segment) {
    return find(type, key(type, segment));
  }

  /** One entity; fails with a plain 404. */
  Future<JsonObject> find(EntityType<?> type, EntityKey key) {
    return entities().find(type, key).map(found -> found.orElseThrow(Api::notFound));
  }
}
