package dev.sluice.kernel.snapshot;

import java.util.AbstractMap;
import java.util.AbstractSet;
import java.util.Iterator;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;

/**
 * A map that is filled once and asked often. It has no object for each entry, which would be one more to wait for: hashes lie
 * side by side, and a key beside its value. Immutable.
 */
final class FlatTable<K, V> extends AbstractMap<K, V> {

  /** Who makes up keys can make them collide; then a table of another kind is better. */
  private static final int LONGEST_SEARCH = 32;

  private final int[] hashes;
  private final Object[] pairs;
  private final int mask;
  private final int size;

  private FlatTable(int size) {
    int room = Math.max(2, Integer.highestOneBit(Math.max(1, size)) * 4);
    this.hashes = new int[room];
    this.pairs = new Object[2 * room];
    this.mask = room - 1;
    this.size = size;
  }

  /** A table with the entries of a map, or that map, which must not change any more. */
  static <K, V> Map<K, V> of(Map<K, V> map) {
    if (map instanceof FlatTable || map.isEmpty()) {
      return map;
    }
    FlatTable<K, V> table = new FlatTable<>(map.size());
    for (Entry<K, V> entry : map.entrySet()) {
      if (!table.add(entry.getKey(), entry.getValue())) {
        return map;
      }
    }
    return table;
  }

  private boolean add(K key, V value) {
    int hash = hash(key);
    int at = hash & mask;
    for (int steps = 0; hashes[at] != 0; steps++) {
      if (steps == LONGEST_SEARCH) {
        return false;
      }
      at = at + 1 & mask;
    }
    hashes[at] = hash;
    pairs[2 * at] = key;
    pairs[2 * at + 1] = value;
    return true;
  }

  /** Never 0, and spread so that keys of which one follows the other do not lie in a row. */
  private static int hash(Object key) {
    int hash = key.hashCode() * 0x9E3779B9;
    return (hash ^ hash >>> 15) | Integer.MIN_VALUE;
  }

  /** The value of a key, or null. */
  @Override
  @SuppressWarnings("unchecked")
  public V get(Object key) {
    int hash = hash(key);
    for (int at = hash & mask; hashes[at] != 0; at = at + 1 & mask) {
      if (hashes[at] == hash && key.equals(pairs[2 * at])) {
        return (V) pairs[2 * at + 1];
      }
    }
    return null;
  }

  @Override
  public boolean containsKey(Object key) {
    return get(key) != null;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public Set<Entry<K, V>> entrySet() {
    return new AbstractSet<>() {
      @Override
      public Iterator<Entry<K, V>> iterator() {
        return new Walk();
      }

      @Override
      public int size() {
        return size;
      }
    };
  }

  private final class Walk implements Iterator<Entry<K, V>> {
    private int at = next(0);

    private int next(int from) {
      int next = from;
      while (next <= mask && hashes[next] == 0) {
        next++;
      }
      return next;
    }

    @Override
    public boolean hasNext() {
      return at <= mask;
    }

    @Override
    @SuppressWarnings("unchecked")
    public Entry<K, V> next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Entry<K, V> entry = Map.entry((K) pairs[2 * at], (V) pairs[2 * at + 1]);
      at = next(at + 1);
      return entry;
    }
  }
}
