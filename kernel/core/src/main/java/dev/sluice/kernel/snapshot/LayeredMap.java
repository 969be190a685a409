package dev.sluice.kernel.snapshot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * An immutable map: a plain table that was filled at once, and what has changed since in a persistent map above it.
 * Asking costs as with a plain table, a change copies a few nodes; when many have changed, the table is filled anew.
 */
final class LayeredMap<V> {

  private static final int FEW = 64;
  private static final int PART = 8;

  private final Map<String, V> table;
  private final PMap<String, Optional<V>> changed;
  private final int size;

  private LayeredMap(Map<String, V> table, PMap<String, Optional<V>> changed, int size) {
    this.table = table;
    this.changed = changed;
    this.size = size;
  }

  static <V> LayeredMap<V> empty() {
    return of(Map.of());
  }

  /** Takes a table over, which must not change any more. */
  static <V> LayeredMap<V> of(Map<String, V> table) {
    return new LayeredMap<>(table, HashTreePMap.empty(), table.size());
  }

  /** The value of a key, or null. */
  V get(String key) {
    if (!changed.isEmpty()) {
      Optional<V> above = changed.get(key);
      if (above != null) {
        return above.orElse(null);
      }
    }
    return table.get(key);
  }

  int size() {
    return size;
  }

  /** All values, in no order. */
  Collection<V> values() {
    if (changed.isEmpty()) {
      return Collections.unmodifiableCollection(table.values());
    }
    List<V> values = new ArrayList<>(size);
    table.forEach(
        (key, value) -> {
          if (!changed.containsKey(key)) {
            values.add(value);
          }
        });
    changed.values().forEach(above -> above.ifPresent(values::add));
    return values;
  }

  LayeredMap<V> plus(String key, V value) {
    int more = get(key) == null ? 1 : 0;
    return settled(changed.plus(key, Optional.of(value)), size + more);
  }

  LayeredMap<V> minus(String key) {
    if (get(key) == null) {
      return this;
    }
    return settled(table.containsKey(key) ? changed.plus(key, Optional.empty()) : changed.minus(key), size - 1);
  }

  private LayeredMap<V> settled(PMap<String, Optional<V>> above, int count) {
    if (above.size() <= FEW + table.size() / PART) {
      return new LayeredMap<>(table, above, count);
    }
    Map<String, V> whole = new HashMap<>(table);
    above.forEach((key, value) -> value.ifPresentOrElse(present -> whole.put(key, present), () -> whole.remove(key)));
    return of(whole);
  }
}
