package dev.sluice.kernel.snapshot;

import dev.sluice.api.store.UniqueKey;
import java.util.HashMap;
import java.util.Map;

/**
 * Who has which unique key. Immutable. There is a table for each field of each workspace, whose keys are the bare values: a key
 * of three parts would be one more object to fetch from memory for each question.
 *
 * @param <V> what has keys
 */
final class UniqueKeys<V> {

  private static final UniqueKeys<?> NONE = new UniqueKeys<>(Map.of());

  /** By field, then by workspace, then by value. No table is empty. */
  private final Map<String, Map<String, LayeredMap<String, V>>> fields;

  private UniqueKeys(Map<String, Map<String, LayeredMap<String, V>>> fields) {
    this.fields = fields;
  }

  @SuppressWarnings("unchecked")
  static <V> UniqueKeys<V> none() {
    return (UniqueKeys<V>) NONE;
  }

  /** The holder of a key, or null. */
  V get(String workspace, String field, String value) {
    LayeredMap<String, V> table = table(workspace, field);
    return table == null ? null : table.get(value);
  }

  private LayeredMap<String, V> table(String workspace, String field) {
    Map<String, LayeredMap<String, V>> workspaces = fields.get(field);
    return workspaces == null ? null : workspaces.get(workspace);
  }

  /** With a holder for a key, in place of the one that has it. */
  UniqueKeys<V> plus(UniqueKey key, V holder) {
    LayeredMap<String, V> table = table(key.workspace(), key.field());
    return replaced(key, (table == null ? LayeredMap.<String, V>empty() : table).plus(key.value(), holder));
  }

  /** Without a key. */
  UniqueKeys<V> minus(UniqueKey key) {
    LayeredMap<String, V> table = table(key.workspace(), key.field());
    return table == null ? this : replaced(key, table.minus(key.value()));
  }

  private UniqueKeys<V> replaced(UniqueKey key, LayeredMap<String, V> table) {
    Map<String, Map<String, LayeredMap<String, V>>> next = new HashMap<>(fields);
    Map<String, LayeredMap<String, V>> workspaces = new HashMap<>(fields.getOrDefault(key.field(), Map.of()));
    if (table.isEmpty()) {
      workspaces.remove(key.workspace());
    } else {
      workspaces.put(key.workspace(), table);
    }
    if (workspaces.isEmpty()) {
      next.remove(key.field());
    } else {
      next.put(key.field(), workspaces);
    }
    return new UniqueKeys<>(next);
  }

  /** Many keys in the making; for one thread. */
  static final class Builder<V> {

    private final Map<String, Map<String, Map<String, V>>> fields = new HashMap<>();

    /** Gives a key to a holder; of several the last one has it. */
    void put(UniqueKey key, V holder) {
      fields
          .computeIfAbsent(key.field(), field -> new HashMap<>())
          .computeIfAbsent(key.workspace(), workspace -> new HashMap<>())
          .put(key.value(), holder);
    }

    /** All of them; after this nothing may be put any more. */
    UniqueKeys<V> build() {
      Map<String, Map<String, LayeredMap<String, V>>> built = new HashMap<>();
      fields.forEach(
          (field, workspaces) -> {
            Map<String, LayeredMap<String, V>> tables = new HashMap<>();
            workspaces.forEach((workspace, table) -> tables.put(workspace, LayeredMap.of(table)));
            built.put(field, tables);
          });
      return new UniqueKeys<>(built);
    }
  }
}
