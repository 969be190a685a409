package dev.sluice.plugins.ai.llm;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads JSON of others, who may have sent anything: what is not there, or of another type, is empty. */
final class Pick {

  private Pick() {}

  static JsonObject object(JsonObject from, String name) {
    return from.getValue(name) instanceof JsonObject found ? found : new JsonObject();
  }

  static List<JsonObject> objects(JsonObject from, String name) {
    List<JsonObject> found = new ArrayList<>();
    if (from.getValue(name) instanceof JsonArray list) {
      for (Object each : list) {
        if (each instanceof JsonObject object) {
          found.add(object);
        }
      }
    }
    return found;
  }

  static JsonObject first(JsonObject from, String name) {
    List<JsonObject> all = objects(from, name);
    return all.isEmpty() ? new JsonObject() : all.get(0);
  }

  static Optional<String> text(JsonObject from, String name) {
    return from.getValue(name) instanceof String text ? Optional.of(text) : Optional.empty();
  }

  static long count(JsonObject from, String name) {
    return from.getValue(name) instanceof Number number ? number.longValue() : 0;
  }

  /** Copies a value under another name; one that is not there is not. */
  static void copy(JsonObject from, String name, JsonObject to, String as) {
    Object value = from.getValue(name);
    if (value != null) {
      to.put(as, value);
    }
  }

  /** A list of texts, which may also be one text. */
  static JsonArray texts(JsonObject from, String name) {
    Object value = from.getValue(name);
    return value instanceof JsonArray list ? list : value == null ? new JsonArray() : new JsonArray().add(value);
  }
}
