package dev.sluice.api.entity;

import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;

/**
 * What a write has done to one entity. The documents hold secrets as they are: whoever writes them down masks them.
 *
 * @param type the name of its type
 * @param id its id
 * @param before as it was; empty when it was made
 * @param after as it is; empty when it was deleted
 */
public record EntityChange(String type, String id, Optional<JsonObject> before, Optional<JsonObject> after) {

  /** {@code created}, {@code updated} or {@code deleted}. */
  public String kind() {
    return before.isEmpty() ? "created" : after.isEmpty() ? "deleted" : "updated";
  }

  /** The names of the fields whose values differ, sorted; where there is no entity, every field is null. */
  public Iterable<String> fields() {
    JsonObject from = before.orElseGet(JsonObject::new);
    JsonObject to = after.orElseGet(JsonObject::new);
    TreeSet<String> names = new TreeSet<>(from.fieldNames());
    names.addAll(to.fieldNames());
    names.removeIf(name -> Objects.equals(from.getValue(name), to.getValue(name)));
    return names;
  }
}
