package dev.sluice.kernel.boot;

import dev.sluice.api.entity.Declarations;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.Store;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The door to entities with answers on the context of the caller, so that a filter stays on its event loop. */
record CallersEntities(Entities inner) implements Entities {

  @Override
  public Optional<Entities> in(String workspace) {
    return inner.in(workspace).map(CallersEntities::new);
  }

  @Override
  public String workspace() {
    return inner.workspace();
  }

  @Override
  public Map<String, Long> counts() {
    return inner.counts();
  }

  @Override
  public Future<Optional<JsonObject>> find(EntityType<?> type, EntityKey key) {
    return LentContext.onCaller(inner.find(type, key));
  }

  @Override
  public Future<List<JsonObject>> page(EntityType<?> type, PageQuery query) {
    return LentContext.onCaller(inner.page(type, query));
  }

  @Override
  public Future<List<Store.TagRow>> tags(Store.TagQuery query) {
    return LentContext.onCaller(inner.tags(query));
  }

  @Override
  public Future<JsonObject> insert(EntityType<?> type, JsonObject body, WriteOptions options) {
    return LentContext.onCaller(inner.insert(type, body, options));
  }

  @Override
  public Future<JsonObject> update(EntityType<?> type, EntityKey key, JsonObject patch, WriteOptions options) {
    return LentContext.onCaller(inner.update(type, key, patch, options));
  }

  @Override
  public Future<JsonObject> upsert(EntityType<?> type, EntityKey key, JsonObject body, WriteOptions options) {
    return LentContext.onCaller(inner.upsert(type, key, body, options));
  }

  @Override
  public Future<Boolean> delete(EntityType<?> type, EntityKey key) {
    return LentContext.onCaller(inner.delete(type, key));
  }

  @Override
  public Future<Boolean> delete(EntityType<?> type, EntityKey key, WriteOptions options) {
    return LentContext.onCaller(inner.delete(type, key, options));
  }

  @Override
  public Future<JsonObject> validate(EntityType<?> type, JsonObject body, WriteOptions options) {
    return LentContext.onCaller(inner.validate(type, body, options));
  }

  @Override
  public Declarations declarations() {
    return new CallersDeclarations(inner.declarations());
  }
}
