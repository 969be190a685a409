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
 * The persistent map is slow to ask; a bit for each part of the hashes that have changed saves most keys the question.
 */
final class LayeredMap<K, V> {

  private static final int FEW = 64;
  private static final int PART = 8;
  private static final int WORDS = 32;
  private static final long[] UNMARKED = new long[WORDS];

  private final Map<K, V> table;
  private final PMap<K, Optional<V>> changed;
  private final long[] marks;
  private final int size;

  private LayeredMap(Map<K, V> table, PMap<K, Optional<V>> changed, long[] marks, int size) {
    this.table = table;
    this.changed = changed;
    this.marks = marks;
    this.size = size;
  }

  static <K, V> LayeredMap<K, V> empty() {
    return of(Map.of());
  }

  /** Takes a table over, which must not change any more. */
  static <K, V> LayeredMap<K, V> of(Map<K, V> table) {
    return new LayeredMap<>(table, HashTreePMap.empty(), UNMARKED, table.size());
  }

  /** The value of a key, or null. */
  V get(K key) {
    int place = place(key);
    if ((marks[place >>> 6] & 1L << place) != 0) {
      Optional<V> above = changed.get(key);
      if (above != null) {
        return above.orElse(null);
      }
    }
    return table.get(key);
  }

  private static int place(Object key) {
    int hash = key.hashCode();
    return (hash ^ hash >>> 11 ^ hash >>> 22) & WORDS * Long.SIZE - 1;
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

  LayeredMap<K, V> plus(K key, V value) {
    int more = get(key) == null ? 1 : 0;
    return settled(key, changed.plus(key, Optional.of(value)), size + more);
  }

  LayeredMap<K, V> minus(K key) {
    if (get(key) == null) {
      return this;
    }
    return settled(key, table.containsKey(key) ? changed.plus(key, Optional.empty()) : changed.minus(key), size - 1);
  }

  private LayeredMap<K, V> settled(K key, PMap<K, Optional<V>> above, int count) {
    if (above.size() <= FEW + table.size() / PART) {
      long[] marked = marks.clone();
      marked[place(key) >>> 6] |= 1L << place(key);
      return new LayeredMap<>(table, above, marked, count);
    }
    Map<K, V> whole = new HashMap<>(table);
    above.forEach((each, value) -> value.ifPresentOrElse(present -> whole.put(each, present), () -> whole.remove(each)));
    return of(whole);
  }
}
