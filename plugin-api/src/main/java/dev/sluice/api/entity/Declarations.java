package dev.sluice.api.entity;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Configurations as a whole: judged, compared with what serves, and applied all or nothing, in one commit of the store
 * and one snapshot.
 *
 * <p>Refusals are {@link dev.sluice.api.admin.ApiError}s in Kong's form, of code 14 where the document is wrong. Safe to
 * call from any thread.
 */
public interface Declarations {

  /** Whether this node's entities change only by declarations, since it has no database. */
  boolean only();

  /** The hash of the declaration that serves; {@link Declaration#NO_HASH} when none was ever applied. */
  String hash();

  /** Makes a document what serves; what it does not name is deleted. */
  Future<Outcome> apply(Declaration declaration, Options options);

  /**
   * All entities of the workspace as a document that could be applied again, references as ids; with the default one those
   * that belong to none.
   */
  Future<JsonObject> export();

  /**
   * How to apply.
   *
   * @param dry only tell what would change
   * @param keep entities that the document does not name stay
   * @param flatten refusals list what is wrong by entity
   * @param changed told of each entity that has changed, on any thread, and before the application succeeds
   */
  record Options(boolean dry, boolean keep, boolean flatten, Consumer<EntityChange> changed) {

    /** Telling nobody what has changed. */
    public Options(boolean dry, boolean keep, boolean flatten) {
      this(dry, keep, flatten, change -> {});
    }

    /** Everything, as the document says. */
    public static final Options WHOLE = new Options(false, false, false);
  }

  /**
   * What was changed, or would be.
   *
   * @param created by type, in the order of references
   * @param updated likewise
   * @param deleted likewise
   * @param unchanged how many entities stay as they are
   * @param entities all entities of the document, complete: type → id → entity
   */
  record Outcome(
      List<Change> created,
      List<Change> updated,
      List<Change> deleted,
      int unchanged,
      Map<String, Map<String, JsonObject>> entities) {

    /** Whether nothing changes. */
    public boolean isEmpty() {
      return created.isEmpty() && updated.isEmpty() && deleted.isEmpty();
    }

    /** The changes for people and programs, without the entities. */
    public JsonObject toJson() {
      return new JsonObject()
          .put("created", array(created))
          .put("updated", array(updated))
          .put("deleted", array(deleted))
          .put("unchanged", unchanged);
    }

    private static JsonArray array(List<Change> changes) {
      JsonArray array = new JsonArray();
      changes.forEach(change -> array.add(change.toJson()));
      return array;
    }
  }

  /**
   * One entity that changes.
   *
   * @param type the name of its type
   * @param id its id
   * @param name by which people know it; empty when it has none
   * @param fields what changes in an entity that was there: field → {@code {"from": …, "to": …}}; else empty
   */
  record Change(String type, String id, String name, JsonObject fields) {

    JsonObject toJson() {
      JsonObject json = new JsonObject().put("type", type).put("id", id).put("name", name.isEmpty() ? null : name);
      return fields.isEmpty() ? json : json.put("fields", fields);
    }
  }
}
