package dev.sluice.plugins.routing;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A map from text that is asked with a part of a longer text, which need not be copied out. Immutable.
 *
 * <p>Keys and values lie next to each other: with many entries the time goes into fetching them from memory.
 */
public final class RegionMap<V> {

  private final Object[] table;
  private final int mask;
  private int size;

  /** Makes a map of entries. */
  public RegionMap(Map<String, ? extends V> entries) {
    int capacity = Integer.highestOneBit(Math.max(entries.size(), 1)) * 4;
    table = new Object[2 * capacity];
    mask = capacity - 1;
    entries.forEach(this::put);
  }

  private RegionMap(RegionMap<V> before) {
    table = before.table.clone();
    mask = before.mask;
    size = before.size;
  }

  /** This map with some entries more, or replaced, and some taken out. */
  public RegionMap<V> changed(Map<String, ? extends V> put, Set<String> removed) {
    if (removed.isEmpty() && size + put.size() <= (mask + 1) / 2) {
      RegionMap<V> more = new RegionMap<>(this);
      put.forEach(more::put);
      return more;
    }
    Map<String, V> entries = new HashMap<>();
    forEach(entries::put);
    entries.keySet().removeAll(removed);
    entries.putAll(put);
    return new RegionMap<>(entries);
  }

  @SuppressWarnings("unchecked")
  public void forEach(BiConsumer<String, V> consumer) {
    for (int i = 0; i < table.length; i += 2) {
      if (table[i] != null) {
        consumer.accept((String) table[i], (V) table[i + 1]);
      }
    }
  }

  /** The keys, in no order. */
  public Set<String> keys() {
    Set<String> keys = new HashSet<>();
    forEach((key, value) -> keys.add(key));
    return keys;
  }

  /** Whether there are no entries. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** The value of a part of a text, or null. */
  public V get(String text, int from, int to) {
    return get(text, from, to, hash(0, text, from, to));
  }

  /** As the other, with the part's hash already known. */
  @SuppressWarnings("unchecked")
  public V get(String text, int from, int to, int hash) {
    int length = to - from;
    for (int i = spread(hash) & mask; table[2 * i] != null; i = (i + 1) & mask) {
      String key = (String) table[2 * i];
      if (key.length() == length && text.startsWith(key, from)) {
        return (V) table[2 * i + 1];
      }
    }
    return null;
  }

  /** Carries the hash of what comes before a part on to the part's end. The hash of nothing is 0. */
  public static int hash(int before, String text, int from, int to) {
    int hash = before;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text.charAt(i);
    }
    return hash;
  }

  private void put(String key, V value) {
    int i = spread(hash(0, key, 0, key.length())) & mask;
    while (table[2 * i] != null && !table[2 * i].equals(key)) {
      i = (i + 1) & mask;
    }
    size += table[2 * i] == null ? 1 : 0;
    table[2 * i] = key;
    table[2 * i + 1] = value;
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 16);
  }
}
