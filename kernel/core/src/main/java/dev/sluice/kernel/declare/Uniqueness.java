package dev.sluice.kernel.declare;

import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Field;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** No two entities of a document may have the same id, or the same value where a type wants it unique. */
final class Uniqueness {

  private Uniqueness() {}

  static void check(List<Declared.Row> rows, List<Item> items, ErrorTree errors) {
    Set<String> taken = new HashSet<>();
    for (int i = 0; i < rows.size(); i++) {
      check(rows.get(i), items.get(i), taken, errors);
    }
  }

  private static void check(Declared.Row row, Item item, Set<String> taken, ErrorTree errors) {
    String type = row.type().name();
    for (Map.Entry<String, String> key : keys(row).entrySet()) {
      if (!taken.add(type + '\0' + key.getKey() + '\0' + key.getValue())) {
        String message = "uniqueness violation: '" + type + "' entity with " + key.getKey() + " set to '"
            + key.getValue() + "' already declared";
        errors.put(item.place(), message);
        return;
      }
    }
  }

  /** The values that must be unique by what messages call them: the name, the id, then all others. */
  private static Map<String, String> keys(Declared.Row row) {
    EntityType<?> type = row.type();
    JsonObject document = row.document();
    Map<String, String> keys = new LinkedHashMap<>();
    type.endpointKey().filter(key -> type.schema().fields().get(key).isUnique()).ifPresent(key -> put(keys, key, document));
    keys.put("primary key", row.id());
    for (Map.Entry<String, Field> field : type.schema().fields().entrySet()) {
      if (field.getValue().isUnique() || field.getValue().isUniqueAcrossWorkspaces()) {
        put(keys, field.getKey(), document);
      }
    }
    for (List<String> set : type.uniqueSets()) {
      List<String> values = new ArrayList<>();
      set.forEach(field -> values.add(text(document.getValue(field))));
      keys.put(String.join(",", set), String.join(",", values));
    }
    return keys;
  }

  private static void put(Map<String, String> keys, String field, JsonObject document) {
    if (document.getValue(field) != null) {
      keys.put(field, text(document.getValue(field)));
    }
  }

  private static String text(Object value) {
    if (value instanceof JsonObject reference) {
      return String.valueOf(reference.getValue("id"));
    }
    return value == null ? "" : String.valueOf(value);
  }
}
