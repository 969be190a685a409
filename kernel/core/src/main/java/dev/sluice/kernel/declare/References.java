package dev.sluice.kernel.declare;

import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.ForeignField;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/** References between the entities of a document: by id or by name, as text or as an object, or by being nested. */
final class References {

  private final Map<String, Item> byId = new HashMap<>();
  private final Map<String, Item> byKey = new HashMap<>();
  private final List<Consumer<ErrorTree>> waiting = new ArrayList<>();

  References(List<Item> items) {
    for (Item item : items) {
      byId.putIfAbsent(item.type().name() + ' ' + item.id(), item);
      item.type()
          .endpointKey()
          .flatMap(item::text)
          .ifPresent(key -> byKey.putIfAbsent(item.type().name() + ' ' + key, item));
    }
  }

  /** The fields of an entity, with references by id in the place of those by name. */
  JsonObject resolve(Item item, ErrorTree errors) {
    JsonObject given = item.own().copy();
    for (Map.Entry<String, Field> field : item.type().schema().fields().entrySet()) {
      if (field.getValue() instanceof ForeignField foreign) {
        reference(item, field.getKey(), foreign.reference(), given, errors);
      }
    }
    return given;
  }

  private void reference(Item item, String field, String type, JsonObject given, ErrorTree errors) {
    Object value = given.getValue(field);
    if (item.parentField().equals(field)) {
      if (value != null) {
        errors.put(place(item, field), "value must be null");
      }
      given.put(field, new JsonObject().put("id", item.parent().orElseThrow().id()));
    } else if (value instanceof String text) {
      given.put(field, new JsonObject().put("id", id(item, field, type, text, text)));
    } else if (value instanceof JsonObject object && object.getValue("id") instanceof String text) {
      given.put(field, new JsonObject().put("id", id(item, field, type, text, object.encode())));
    } else if (value instanceof JsonObject object) {
      name(object, type).ifPresent(
          text -> given.put(field, new JsonObject().put("id", id(item, field, type, text, object.encode()))));
    } else if (value != null) {
      errors.put(place(item, field), "expected a string");
      given.remove(field);
    }
  }

  /** The first text in an object that names an entity. */
  private Optional<String> name(JsonObject object, String type) {
    List<String> texts =
        object.stream()
            .filter(entry -> entry.getValue() instanceof String)
            .map(entry -> (String) entry.getValue())
            .toList();
    return texts.stream().filter(text -> byKey.containsKey(type + ' ' + text)).findFirst()
        .or(() -> texts.stream().findFirst());
  }

  private String id(Item item, String field, String type, String text, String shown) {
    Item found = byId.get(type + ' ' + Ids.normal(text));
    if (found == null) {
      found = byKey.get(type + ' ' + text);
    }
    if (found != null) {
      return found.id();
    }
    String message = "invalid reference '" + field + ": " + shown + "' (no such entry in '" + type + "')";
    waiting.add(errors -> errors.put(item.place(), new JsonArray().add(message)));
    // Only to be judged with: the document is refused in the end.
    return Uuid5.of(Ids.namespace(type), text).toString();
  }

  private static List<Object> place(Item item, String field) {
    List<Object> place = new ArrayList<>(item.place());
    place.add(field);
    return place;
  }

  /** Tells of all references that lead nowhere. */
  void dangling(ErrorTree errors) {
    waiting.forEach(each -> each.accept(errors));
  }
}
