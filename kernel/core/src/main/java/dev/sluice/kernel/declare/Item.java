package dev.sluice.kernel.declare;

import dev.sluice.api.entity.EntityType;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** One entity of a document, while it is read. Not for several threads. */
final class Item {

  private final EntityType<?> type;
  private final List<Object> place;
  private final JsonObject own;
  private final Optional<Item> parent;
  private final String parentField;
  private String id = "";

  /**
   * An entity as it was written.
   *
   * @param place the names and positions that lead to it
   * @param own its fields, without the entities nested in it
   * @param parent the entity in which it is nested
   * @param parentField by which it refers to that one
   */
  Item(EntityType<?> type, List<Object> place, JsonObject own, Optional<Item> parent, String parentField) {
    this.type = type;
    this.place = List.copyOf(place);
    this.own = own;
    this.parent = parent;
    this.parentField = parentField;
  }

  EntityType<?> type() {
    return type;
  }

  List<Object> place() {
    return place;
  }

  JsonObject own() {
    return own;
  }

  Optional<Item> parent() {
    return parent;
  }

  String parentField() {
    return parentField;
  }

  /** The id; empty while it is not known. */
  String id() {
    return id;
  }

  void id(String known) {
    id = known;
  }

  /** The value of a text field; empty when there is none. */
  Optional<String> text(String field) {
    return own.getValue(field) instanceof String text ? Optional.of(text) : Optional.empty();
  }
}
