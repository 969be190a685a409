package dev.sluice.plugins.acme;

import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.entity.Entities.WriteOptions;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** Entities in the store of the gateway, which nodes may share. Read from the store, not from this node's memory. */
final class EntityStorage implements Storage {

  private static final String KEY = "key";
  private static final String VALUE = "value";
  private static final int UNIQUE_VIOLATION = 5;

  private static final Schema SCHEMA = Schema.builder()
      .field("id", Types.id())
      .field(KEY, Fields.string().required().unique().auto())
      .field(VALUE, Fields.string().required().auto())
      .field("created_at", Types.autoTimestamp())
      .build();

  /** Requests read none of it from memory: only the name is kept there. */
  static final EntityType<String> TYPE =
      EntityType.named("acme_storage", SCHEMA, document -> document.getString(KEY))
          .endpointKey(KEY)
          .global()
          .withTtl()
          .build();

  private final PluginContext context;

  EntityStorage(PluginContext context) {
    this.context = context;
  }

  private Entities entities() {
    return context.entities();
  }

  private static EntityKey named(String key) {
    return new EntityKey.Unique(KEY, key);
  }

  private static JsonObject body(String key, String value, long seconds) {
    return new JsonObject()
        .put(KEY, key)
        .put(VALUE, value)
        .put("ttl", seconds == FOR_EVER ? null : (Object) seconds);
  }

  @Override
  public Future<Optional<String>> get(String key) {
    return entities().find(TYPE, named(key)).map(found -> found.map(row -> row.getString(VALUE)));
  }

  @Override
  public Future<Void> put(String key, String value, long seconds) {
    return entities().upsert(TYPE, named(key), body(key, value, seconds), WriteOptions.JSON).mapEmpty();
  }

  @Override
  public Future<Boolean> add(String key, String value, long seconds) {
    return entities()
        .insert(TYPE, body(key, value, seconds), WriteOptions.JSON)
        .map(true)
        .recover(cause ->
            cause instanceof ApiError refusal && refusal.body().getInteger("code", 0) == UNIQUE_VIOLATION
                ? Future.succeededFuture(false)
                : Future.failedFuture(cause));
  }

  @Override
  public Future<Void> remove(String key) {
    return entities().delete(TYPE, named(key)).mapEmpty();
  }

  @Override
  public Future<List<String>> keys(String prefix) {
    return Rows.all(entities(), TYPE, Optional.empty()).map(rows -> rows.stream()
        .map(row -> row.getString(KEY))
        .filter(key -> key.startsWith(prefix))
        .toList());
  }
}
