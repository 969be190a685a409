package dev.sluice.kernel.config;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.ForeignField;
import dev.sluice.api.store.Reference;
import dev.sluice.api.store.StoredEntity;
import dev.sluice.api.store.UniqueKey;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The keys of a row, read off its document by the fields of its type.
 *
 * @param uniques in the order in which they are checked
 * @param references of its foreign fields
 * @param tags of the entity
 */
record RowKeys(List<UniqueKey> uniques, List<Reference> references, List<String> tags) {

  /**
   * Reads the keys off.
   *
   * @param workspace that the row is kept in
   */
  static RowKeys of(EntityType<?> type, String workspace, JsonObject document) {
    List<UniqueKey> uniques = new ArrayList<>();
    List<Reference> references = new ArrayList<>();
    for (Map.Entry<String, Field> field : type.schema().fields().entrySet()) {
      Object value = document.getValue(field.getKey());
      if (value == null) {
        continue;
      }
      if (field.getValue().isUnique() || field.getValue().isUniqueAcrossWorkspaces()) {
        String scope = field.getValue().isUniqueAcrossWorkspaces() ? StoredEntity.GLOBAL : workspace;
        uniques.add(new UniqueKey(scope, field.getKey(), text(value)));
      }
      if (field.getValue() instanceof ForeignField foreign) {
        references.add(new Reference(field.getKey(), foreign.reference(), text(value)));
      }
    }
    for (List<String> set : type.uniqueSets()) {
      uniques.add(new UniqueKey(workspace, String.join(",", set), together(document, set)));
    }
    return new RowKeys(List.copyOf(uniques), List.copyOf(references), Documents.strings(document, "tags"));
  }

  private static String together(JsonObject document, List<String> set) {
    List<String> values = new ArrayList<>(set.size());
    for (String field : set) {
      Object member = document.getValue(field);
      values.add(member == null ? "" : text(member));
    }
    return UniqueKey.together(values);
  }

  private static String text(Object value) {
    return value instanceof JsonObject reference ? reference.getString("id") : String.valueOf(value);
  }
}
