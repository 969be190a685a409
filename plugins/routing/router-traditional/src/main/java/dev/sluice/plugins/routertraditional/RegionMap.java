package dev.sluice.plugins.routertraditional;

import java.util.Map;

/** A map from text that is asked with a part of a longer text, which need not be copied out. Immutable. */
final class RegionMap<V> {

  private final String[] keys;
  private final Object[] values;
  private final int mask;

  RegionMap(Map<String, ? extends V> entries) {
    int capacity = Integer.highestOneBit(Math.max(entries.size(), 1)) * 4;
    keys = new String[capacity];
    values = new Object[capacity];
    mask = capacity - 1;
    entries.forEach(this::put);
  }

  boolean isEmpty() {
    for (String key : keys) {
      if (key != null) {
        return false;
      }
    }
    return true;
  }

  /** The value of a part of a text, or null. */
  V get(String text, int from, int to) {
    return get(text, from, to, hash(0, text, from, to));
  }

  /** As the other, with the part's hash already known. */
  @SuppressWarnings("unchecked")
  V get(String text, int from, int to, int hash) {
    int length = to - from;
    for (int i = spread(hash) & mask; keys[i] != null; i = (i + 1) & mask) {
      if (keys[i].length() == length && text.startsWith(keys[i], from)) {
        return (V) values[i];
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
    while (keys[i] != null) {
      i = (i + 1) & mask;
    }
    keys[i] = key;
    values[i] = value;
  }

  private static int spread(int hash) {
    int mixed = hash * 0x9E3779B9;
    return mixed ^ (mixed >>> 16);
  }
}
