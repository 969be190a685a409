package dev.sluice.kernel.declare;

import dev.sluice.api.entity.EntityType;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds the entities of a document, those nested in others included, each after the one around it. */
final class Outline {

  private static final Set<String> META = Set.of("_format_version", "_transform", "_comment", "_ignore");
  private static final List<String> VERSIONS = List.of("1.1", "2.1", "3.0");

  private final List<EntityType<?>> types;
  private final ErrorTree errors;
  private final List<Item> items = new ArrayList<>();

  Outline(List<EntityType<?>> types, ErrorTree errors) {
    this.types = types;
    this.errors = errors;
  }

  List<Item> items() {
    return items;
  }

  Outline read(JsonObject document) {
    meta(document);
    Set<String> known = new HashSet<>(META);
    known.addAll(TypeOrder.IGNORED);
    types.forEach(type -> known.add(type.name()));
    for (String name : document.fieldNames()) {
      if (!known.contains(name)) {
        errors.put(List.of(name), "unknown field");
      }
    }
    types.forEach(type -> list(document, type, Optional.empty(), "", List.of()));
    return this;
  }

  private void meta(JsonObject document) {
    Object version = document.getValue("_format_version");
    if (version == null) {
      errors.put(List.of("_format_version"), "required field missing");
    } else if (!(version instanceof String)) {
      errors.put(List.of("_format_version"), "expected a string");
    } else if (!VERSIONS.contains(version)) {
      errors.put(List.of("_format_version"), "expected one of: " + String.join(", ", VERSIONS));
    }
    Object transform = document.getValue("_transform");
    if (transform != null && !(transform instanceof Boolean)) {
      errors.put(List.of("_transform"), "expected a boolean");
    }
    remarks(document, List.of());
  }

  private void remarks(JsonObject holder, List<Object> place) {
    if (holder.getValue("_comment") != null && !(holder.getValue("_comment") instanceof String)) {
      errors.put(step(place, "_comment"), "expected a string");
    }
    if (holder.getValue("_ignore") != null && !isList(holder.getValue("_ignore"))) {
      errors.put(step(place, "_ignore"), "expected an array");
    }
  }

  private void list(
      JsonObject holder, EntityType<?> type, Optional<Item> parent, String field, List<Object> place) {
    Object value = holder.getValue(type.name());
    if (value == null) {
      return;
    }
    List<Object> here = step(place, type.name());
    if (!isList(value)) {
      errors.put(here, "expected an array");
      return;
    }
    JsonArray array = value instanceof JsonArray given ? given : new JsonArray();
    for (int i = 0; i < array.size(); i++) {
      List<Object> at = step(here, i);
      if (array.getValue(i) instanceof JsonObject entity) {
        item(entity, type, parent, field, at);
      } else {
        errors.put(at, "expected a record");
      }
    }
  }

  private void item(
      JsonObject entity, EntityType<?> type, Optional<Item> parent, String field, List<Object> place) {
    remarks(entity, place);
    JsonObject own = withoutChildren(entity, type, types);
    Item item = new Item(type, place, own, parent, field);
    items.add(item);
    for (EntityType<?> child : types) {
      TypeOrder.fieldTo(child, type)
          .filter(by -> isNested(entity, type, child))
          .ifPresent(by -> list(entity, child, Optional.of(item), by, place));
    }
  }

  /** The fields that an entity has of its own. */
  static JsonObject withoutChildren(JsonObject entity, EntityType<?> type, List<EntityType<?>> types) {
    JsonObject own = entity.copy();
    own.remove("_comment");
    own.remove("_ignore");
    for (EntityType<?> child : types) {
      if (TypeOrder.fieldTo(child, type).isPresent() && isNested(entity, type, child)) {
        own.remove(child.name());
      }
    }
    return own;
  }

  /** Whether a list holds entities. A field of the same name may hold something else. */
  private static boolean isNested(JsonObject entity, EntityType<?> type, EntityType<?> child) {
    Object value = entity.getValue(child.name());
    return !type.schema().fields().containsKey(child.name())
        || (value instanceof JsonArray array && array.stream().anyMatch(JsonObject.class::isInstance));
  }

  /** Lua cannot tell an empty list from an empty table. */
  private static boolean isList(Object value) {
    return value instanceof JsonArray || (value instanceof JsonObject object && object.isEmpty());
  }

  private static List<Object> step(List<Object> place, Object next) {
    List<Object> longer = new ArrayList<>(place);
    longer.add(next);
    return longer;
  }
}
