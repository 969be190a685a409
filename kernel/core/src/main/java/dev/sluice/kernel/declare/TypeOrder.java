package dev.sluice.kernel.declare;

import dev.sluice.api.Catalog;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Field;
import dev.sluice.api.schema.ForeignField;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The types that a document may declare. */
public final class TypeOrder {

  /** Known to Kong's documents, but nothing that a document could change here. */
  static final Set<String> IGNORED = Set.of("clustering_data_planes", "parameters", "workspaces");

  private TypeOrder() {}

  /** The types, each after all that it refers to. */
  public static List<EntityType<?>> parentsFirst(Catalog catalog) {
    Map<String, EntityType<?>> ordered = new LinkedHashMap<>();
    catalog.entityTypes().values().forEach(type -> add(catalog, type, new ArrayList<>(), ordered));
    return ordered.values().stream().filter(type -> type.declared() && !IGNORED.contains(type.name())).toList();
  }

  private static void add(
      Catalog catalog, EntityType<?> type, List<String> above, Map<String, EntityType<?>> ordered) {
    if (ordered.containsKey(type.name()) || above.contains(type.name())) {
      return;
    }
    above.add(type.name());
    for (Field field : type.schema().fields().values()) {
      if (field instanceof ForeignField foreign) {
        catalog.entityType(foreign.reference()).ifPresent(parent -> add(catalog, parent, above, ordered));
      }
    }
    above.remove(type.name());
    ordered.put(type.name(), type);
  }

  /** The field by which entities of a type refer to those of another, when they do. */
  static Optional<String> fieldTo(EntityType<?> child, EntityType<?> parent) {
    for (Map.Entry<String, Field> field : child.schema().fields().entrySet()) {
      if (field.getValue() instanceof ForeignField foreign && foreign.reference().equals(parent.name())) {
        return Optional.of(field.getKey());
      }
    }
    return Optional.empty();
  }
}
