package dev.sluice.api.entity;

import dev.sluice.api.store.PageQuery;
import dev.sluice.api.store.Store;
import dev.sluice.api.store.StoredEntity;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The control plane's door to entities: every write is validated, tried against the running configuration, stored,
 * and live on this node before its future succeeds. It opens to the default workspace.
 *
 * <p>Refusals are {@link dev.sluice.api.admin.ApiError}s in Kong's form. Safe to call from any thread.
 */
public interface Entities {

  /**
   * The same door, but to another workspace: all that is found, listed, referred to and written through it is of that
   * workspace, and nothing of any other is seen.
   *
   * @param workspace its id or name; empty when there is none
   */
  default Optional<Entities> in(String workspace) {
    throw new UnsupportedOperationException("there is but one workspace here");
  }

  /** The id of the workspace that this door opens to. */
  default String workspace() {
    return StoredEntity.DEFAULT_WORKSPACE;
  }

  /** How many entities of each type there are in this workspace, by the name of the type, sorted. */
  default Map<String, Long> counts() {
    throw new UnsupportedOperationException("nothing is counted here");
  }

  /** One entity. */
  Future<Optional<JsonObject>> find(EntityType<?> type, EntityKey key);

  /**
   * A page of entities by ascending id.
   *
   * @param query its type is ignored
   */
  Future<List<JsonObject>> page(EntityType<?> type, PageQuery query);

  /**
   * A page of tags, in the order of the store.
   *
   * @param query an empty workspace stands for the default one
   */
  Future<List<Store.TagRow>> tags(Store.TagQuery query);

  /** Creates an entity; the future holds it complete. */
  Future<JsonObject> insert(EntityType<?> type, JsonObject body, WriteOptions options);

  /** Changes the fields that the body names; fails with code 6 when there is no such entity. */
  Future<JsonObject> update(EntityType<?> type, EntityKey key, JsonObject patch, WriteOptions options);

  /** Creates an entity or replaces it as a whole. */
  Future<JsonObject> upsert(EntityType<?> type, EntityKey key, JsonObject body, WriteOptions options);

  /** Deletes an entity with all that goes along; the future tells whether it was there. */
  Future<Boolean> delete(EntityType<?> type, EntityKey key);

  /** Deletes an entity under the condition of the options; see {@link #delete(EntityType, EntityKey)}. */
  default Future<Boolean> delete(EntityType<?> type, EntityKey key, WriteOptions options) {
    return delete(type, key);
  }

  /** Checks a body as an insert would, without looking for other entities. */
  Future<JsonObject> validate(EntityType<?> type, JsonObject body, WriteOptions options);

  /** Configurations of this workspace as a whole. */
  default Declarations declarations() {
    throw new UnsupportedOperationException("there are no declarations here");
  }

  /**
   * How to write.
   *
   * @param form whether the body's values are texts of a form, to be turned into the schema's types
   * @param ifMatch an {@code If-Match} header: an entity whose {@link EntityTag} it does not name is not changed, and
   *     the write fails with 412
   * @param changed told of each entity that the write has changed, those included that went with it, on any thread, and
   *     before the write succeeds
   * @param force whether strategies of deployment are not asked if they object
   */
  record WriteOptions(boolean form, Optional<String> ifMatch, Consumer<EntityChange> changed, boolean force) {

    /** Not if a strategy objects. */
    public WriteOptions(boolean form, Optional<String> ifMatch, Consumer<EntityChange> changed) {
      this(form, ifMatch, changed, false);
    }

    /** Telling nobody what has changed. */
    public WriteOptions(boolean form, Optional<String> ifMatch) {
      this(form, ifMatch, change -> {});
    }

    /** On no condition. */
    public WriteOptions(boolean form) {
      this(form, Optional.empty());
    }

    /** A body with typed values. */
    public static final WriteOptions JSON = new WriteOptions(false);

    /** A body of texts. */
    public static final WriteOptions FORM = new WriteOptions(true);
  }
}
