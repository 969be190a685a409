package dev.sluice.kernel.declare;

import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;

/** What is wrong with a document listed by entity, as the ingress controller of Kong asks for. */
final class FlatErrors {

  private static final String ENTITY = "@entity";

  private FlatErrors() {}

  static ApiError of(List<Item> items, List<EntityType<?>> types, JsonObject tree) {
    JsonObject rest = tree.copy();
    JsonArray flat = new JsonArray();
    for (Item item : items) {
      Object node = node(tree, item.place());
      JsonArray errors = own(item, node, types);
      if (!errors.isEmpty()) {
        flat.add(describe(item, errors));
        remove(rest, item.place(), item, types);
      }
    }
    prune(rest);
    return DocumentErrors.flattened(rest, flat);
  }

  private static Object node(Object tree, List<Object> place) {
    Object node = tree;
    for (Object step : place) {
      node = ErrorTree.get(node, step);
    }
    return node;
  }

  private static JsonArray own(Item item, Object node, List<EntityType<?>> types) {
    JsonArray errors = new JsonArray();
    if (node instanceof JsonObject fields) {
      for (String field : fields.fieldNames()) {
        if (field.equals(ENTITY)) {
          messages(fields.getValue(field), errors);
        } else if (!isChild(item, field, types)) {
          collect(field, fields.getValue(field), errors);
        }
      }
    } else {
      messages(node, errors);
    }
    return errors;
  }

  private static boolean isChild(Item item, String field, List<EntityType<?>> types) {
    return !item.own().containsKey(field)
        && types.stream()
            .anyMatch(type -> type.name().equals(field) && TypeOrder.fieldTo(type, item.type()).isPresent());
  }

  /** Problems of an entity as a whole. */
  private static void messages(Object problem, JsonArray errors) {
    if (problem instanceof JsonArray array) {
      array.forEach(each -> messages(each, errors));
    } else if (problem != null) {
      errors.add(new JsonObject().put("type", "entity").put("message", problem));
    }
  }

  private static void collect(String path, Object problem, JsonArray errors) {
    if (problem instanceof JsonObject object) {
      for (String field : object.fieldNames()) {
        if (field.equals(ENTITY)) {
          messages(object.getValue(field), errors);
        } else {
          collect(path + "." + field, object.getValue(field), errors);
        }
      }
    } else if (problem instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        collect(path + "." + (i + 1), array.getValue(i), errors);
      }
    } else if (problem != null) {
      errors.add(new JsonObject().put("type", "field").put("field", path).put("message", problem));
    }
  }

  private static JsonObject describe(Item item, JsonArray errors) {
    String plural = item.type().name();
    JsonObject entity = item.own().copy();
    item.parent()
        .flatMap(parent -> parent.text("id"))
        .ifPresent(id -> entity.put(item.parentField(), new JsonObject().put("id", id)));
    JsonObject described =
        new JsonObject()
            .put("entity_type", plural.endsWith("s") ? plural.substring(0, plural.length() - 1) : plural)
            .put("entity", entity)
            .put("errors", errors);
    item.text("name").filter(name -> !name.isEmpty()).ifPresent(name -> described.put("entity_name", name));
    item.text("id").filter(Types::isUuid).ifPresent(id -> described.put("entity_id", id));
    if (item.own().getValue("tags") instanceof JsonArray tags && tags.stream().allMatch(String.class::isInstance)) {
      described.put("entity_tags", tags);
    }
    return described;
  }

  private static void remove(JsonObject rest, List<Object> place, Item item, List<EntityType<?>> types) {
    Object holder = node(rest, place.subList(0, place.size() - 1));
    Object last = place.get(place.size() - 1);
    if (holder instanceof JsonArray array && last instanceof Integer position && position < array.size()) {
      if (array.getValue(position) instanceof JsonObject fields) {
        fields.fieldNames().stream()
            .filter(field -> !isChild(item, field, types))
            .toList()
            .forEach(fields::remove);
      } else {
        array.set(position, (Object) null);
      }
    }
  }

  /** Takes out what has become empty; tells whether anything is left. */
  private static boolean prune(Object node) {
    if (node instanceof JsonObject object) {
      List.copyOf(object.fieldNames()).stream()
          .filter(field -> !prune(object.getValue(field)))
          .forEach(object::remove);
      return !object.isEmpty();
    }
    if (node instanceof JsonArray array) {
      boolean any = false;
      for (int i = 0; i < array.size(); i++) {
        if (prune(array.getValue(i))) {
          any = true;
        } else {
          array.set(i, (Object) null);
        }
      }
      return any;
    }
    return node != null;
  }
}
