package dev.sluice.plugins.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * A page of a {@link RegionMap}. Immutable.
 *
 * <p>Keys are no objects here, but lie one behind the other in one text: of thousands that are asked for in turn, each object
 * would have to be fetched from memory, and what it holds after that. Lying closely they stay in the caches.
 */
final class RegionPage {

  /**
   * Where a search begins by the lower bits of a hash: the number of the entry there in as many bits, the rest of its hash in the
   * others. 0 where there is none; that is so in half of all places at the least, and ends each search.
   */
  private final int[] places;

  /** Where the key of each entry ends in the text. It begins where the one before it ends; entry 0 is none, and ends at 0. */
  private final int[] ends;

  private final String text;
  private final Object[] values;

  private RegionPage(int[] places, int[] ends, String text, Object[] values) {
    this.places = places;
    this.ends = ends;
    this.text = text;
    this.values = values;
  }

  /** A page of keys, no two alike, and their values. */
  static RegionPage of(List<String> keys, List<Object> values) {
    int[] places = new int[Integer.highestOneBit(Math.max(1, keys.size())) * 4];
    int[] ends = new int[keys.size() + 1];
    for (int i = 0; i < keys.size(); i++) {
      String key = keys.get(i);
      ends[i + 1] = ends[i] + key.length();
      take(places, RegionMap.mixed(key.hashCode()), i + 1);
    }
    return new RegionPage(places, ends, String.join("", keys), values.toArray());
  }

  private static void take(int[] places, int mixed, int entry) {
    int mask = places.length - 1;
    int i = mixed & mask;
    while (places[i] != 0) {
      i = i + 1 & mask;
    }
    places[i] = mixed & ~mask | entry;
  }

  int size() {
    return values.length;
  }

  /** The value of a part of a text with its hash, or null. */
  Object get(String asked, int from, int to, int mixed) {
    int entry = entry(asked, from, to, mixed);
    return entry == 0 ? null : values[entry - 1];
  }

  private int entry(String asked, int from, int to, int mixed) {
    int mask = places.length - 1;
    for (int i = mixed & mask; places[i] != 0; i = i + 1 & mask) {
      if (((places[i] ^ mixed) & ~mask) == 0) {
        int entry = places[i] & mask;
        int begin = ends[entry - 1];
        if (ends[entry] - begin == to - from && asked.regionMatches(from, text, begin, to - from)) {
          return entry;
        }
      }
    }
    return 0;
  }

  private int entry(String key) {
    return entry(key, 0, key.length(), RegionMap.mixed(key.hashCode()));
  }

  /** A page with an entry more, or with another value. */
  RegionPage with(String key, Object value) {
    int known = entry(key);
    if (known > 0) {
      Object[] next = values.clone();
      next[known - 1] = value;
      return new RegionPage(places, ends, text, next);
    }
    int entry = values.length + 1;
    Object[] nextValues = Arrays.copyOf(values, entry);
    nextValues[entry - 1] = value;
    if (2 * entry > places.length) {
      List<String> keys = keys();
      keys.add(key);
      return of(keys, Arrays.asList(nextValues));
    }
    int[] nextPlaces = places.clone();
    take(nextPlaces, RegionMap.mixed(key.hashCode()), entry);
    int[] nextEnds = Arrays.copyOf(ends, entry + 1);
    nextEnds[entry] = ends[entry - 1] + key.length();
    return new RegionPage(nextPlaces, nextEnds, text + key, nextValues);
  }

  /** A page without an entry, or this one when it has none of that key. */
  RegionPage without(String key) {
    int known = entry(key);
    if (known == 0) {
      return this;
    }
    List<String> keys = keys();
    keys.remove(known - 1);
    List<Object> rest = new ArrayList<>(Arrays.asList(values));
    rest.remove(known - 1);
    return of(keys, rest);
  }

  private List<String> keys() {
    List<String> keys = new ArrayList<>(values.length + 1);
    for (int entry = 1; entry <= values.length; entry++) {
      keys.add(text.substring(ends[entry - 1], ends[entry]));
    }
    return keys;
  }

  void forEach(BiConsumer<String, Object> consumer) {
    List<String> keys = keys();
    for (int i = 0; i < values.length; i++) {
      consumer.accept(keys.get(i), values[i]);
    }
  }
}
