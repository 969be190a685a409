package dev.sluice.plugins.routertraditional;

import java.util.Map;

/**
 * A map from text that is asked with a part of a longer text, which need not be copied out. Immutable.
 *
 * <p>Keys and values lie next to each other: with many entries the time goes into fetching them from memory.
 */
final class RegionMap<V> {

  private final Object[] table;
  private final int mask;
  private final boolean empty;

  RegionMap(Map<String, ? extends V> entries) {
    int capacity = Integer.highestOneBit(Math.max(entries.size(), 1)) * 4;
    table = new Object[2 * capacity];
    mask = capacity - 1;
    empty = entries.isEmpty();
    entries.forEach(this::put);
  }

  boolean isEmpty() {
    return empty;
  }

  /** The value of a part of a text, or null. */
  V get(String text, int from, int to) {
    return get(text, from, to, hash(0, text, from, to));
  }

  /** As the other, with the part's hash already known. */
  @SuppressWarnings("unchecked")
  V get(String text, int from, int to, int hash) {
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
  static int hash(int before, String text, int from, int to) {
    int hash = before;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + text.charAt(i);
    }
    return hash;
  }

  private void put(String key, V value) {
    int i = spread(hash(0, key, 0, key.length())) & mask;
    while (table[2 * i] != null) {
      i = (i + 1) & mask;
    }
    table[2 * i] = key;
    table[2 * i + 1] = value;
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 16);
  }
}
