package dev.sluice.kernel.snapshot;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.pcollections.HashTreePMap;
import org.pcollections.PMap;

/**
 * An immutable map: a plain table that was filled at once, and what has changed since in a persistent map above it.
 * Asking costs as with a plain table, a change copies a few nodes; when many have changed, the table is filled anew.
 * The persistent map is slow to ask; a bit for each part of the hashes that have changed saves most keys the question.
 */
final class LayeredMap<K, V> extends AbstractMap<K, V> {

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
    return new LayeredMap<>(FlatTable.of(table), HashTreePMap.empty(), UNMARKED, table.size());
  }

  /** The value of a key, or null. */
  @Override
  public V get(Object key) {
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

  @Override
  public boolean containsKey(Object key) {
    return get(key) != null;
  }

  @Override
  public int size() {
    return size;
  }

  /** All values, in no order. */
  @Override
  public Collection<V> values() {
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

  @Override
  public Set<Entry<K, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<K, V>> iterator() {
        return Stream.concat(
                table.entrySet().stream().filter(entry -> !changed.containsKey(entry.getKey())),
                changed.entrySet().stream()
                    .flatMap(entry -> entry.getValue().stream().map(value -> Map.entry(entry.getKey(), value))))
            .iterator();
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  /** The keys that have not the same object in both maps. Of maps that come from each other that is found fast. */
  @SuppressWarnings("ReferenceEquality")
  Set<K> differing(LayeredMap<K, V> other) {
    Set<K> keys = new HashSet<>();
    if (table == other.table) {
      keys.addAll(changed.keySet());
      keys.addAll(other.changed.keySet());
    } else {
      keys.addAll(keySet());
      keys.addAll(other.keySet());
    }
    keys.removeIf(key -> get(key) == other.get(key));
    return keys;
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
    return of(filled(table, above));
  }

  private static <K, V> Map<K, V> filled(Map<K, V> table, Map<K, Optional<V>> changes) {
    Map<K, V> whole = new HashMap<>(table);
    changes.forEach(
        (each, value) -> value.ifPresentOrElse(present -> whole.put(each, present), () -> whole.remove(each)));
    return whole;
  }

  /** A change of several entries on its way. */
  Edit<K, V> edit() {
    return new Edit<>(this);
  }

  /** A map in the making; where nothing changes it stays the same object. For one thread. */
  static final class Edit<K, V> {

    private final LayeredMap<K, V> before;
    private final Map<K, Optional<V>> changes = new HashMap<>();

    private Edit(LayeredMap<K, V> before) {
      this.before = before;
    }

    /** The value of a key as it is by now, or null. */
    V get(K key) {
      Optional<V> changed = changes.get(key);
      return changed == null ? before.get(key) : changed.orElse(null);
    }

    @SuppressWarnings("ReferenceEquality")
    void put(K key, V value) {
      if (before.get(key) != value || changes.containsKey(key)) {
        changes.put(key, Optional.of(value));
      }
    }

    void remove(K key) {
      changes.put(key, Optional.empty());
    }

    /** The map with all that was put and without what was removed. */
    LayeredMap<K, V> done() {
      if (changes.size() > FEW + before.size() / PART) {
        Map<K, Optional<V>> all = new HashMap<>(before.changed);
        all.putAll(changes);
        return of(filled(before.table, all));
      }
      LayeredMap<K, V> map = before;
      for (Entry<K, Optional<V>> change : changes.entrySet()) {
        Optional<V> value = change.getValue();
        map = value.isPresent() ? map.plus(change.getKey(), value.get()) : map.minus(change.getKey());
      }
      return map;
    }
  }
}
