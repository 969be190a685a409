package dev.sluice.api.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** Collects what is wrong with one document or record. */
final class Errors {

  /** Where messages stand that concern several fields. */
  static final String ENTITY = "@entity";

  private final JsonObject tree = new JsonObject();

  void put(String field, Object problem) {
    tree.put(field, problem);
  }

  /** Puts a problem at a dotted path. */
  void putAt(String path, Object problem) {
    JsonObject holder = tree;
    int from = 0;
    for (int dot = path.indexOf('.'); dot >= 0; dot = path.indexOf('.', from)) {
      String step = path.substring(from, dot);
      if (!(holder.getValue(step) instanceof JsonObject)) {
        holder.put(step, new JsonObject());
      }
      holder = holder.getJsonObject(step);
      from = dot + 1;
    }
    holder.put(path.substring(from), problem);
  }

  void addEntity(String message) {
    if (!tree.containsKey(ENTITY)) {
      tree.put(ENTITY, new JsonArray());
    }
    tree.getJsonArray(ENTITY).add(message);
  }

  boolean has(String path) {
    return Values.at(tree, path) != null;
  }

  boolean isEmpty() {
    return tree.isEmpty();
  }

  JsonObject tree() {
    return tree;
  }

  SchemaException toException() {
    return SchemaException.of(tree);
  }

  /** The one sentence that sums a tree of problems up. */
  static String summary(JsonObject tree) {
    List<String> lines = new ArrayList<>();
    if (tree.getValue(ENTITY) instanceof JsonArray messages) {
      messages.forEach(message -> lines.add(String.valueOf(message)));
    }
    for (String field : tree.fieldNames().stream().sorted().toList()) {
      if (!field.equals(ENTITY)) {
        addLines(field, tree.getValue(field), lines);
      }
    }
    String all = String.join("; ", lines);
    return lines.size() == 1 ? "schema violation (" + all + ")" : lines.size() + " schema violations (" + all + ")";
  }

  private static void addLines(String field, Object problem, List<String> lines) {
    if (problem instanceof JsonObject object) {
      for (String key : object.fieldNames().stream().sorted().toList()) {
        lines.add(field + "." + key + ": " + line(object.getValue(key)));
      }
    } else if (problem instanceof JsonArray array) {
      for (int i = 0; i < array.size(); i++) {
        if (array.getValue(i) != null) {
          lines.add(field + "." + (i + 1) + ": " + line(array.getValue(i)));
        }
      }
    } else {
      lines.add(field + ": " + problem);
    }
  }

  private static String line(Object problem) {
    return problem instanceof String text ? text : LuaText.pretty(problem);
  }
}
