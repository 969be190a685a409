package dev.sluice.plugins.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * A map from text that is asked with a part of a longer text, which need not be copied out. Immutable: a change makes a
 * map that shares with this one all pages but those it touches.
 *
 * <p>Keys and values lie next to each other: with many entries the time goes into fetching them from memory.
 */
public final class RegionMap<V> {

  /**
   * Entries on a page when the map is made, at the least. A change copies a page, and a list of all pages; where there are few
   * pages, the list and their lengths stay in the caches, and a search waits for nothing but its own entry.
   */
  private static final int FEW = 512;

  /** When so many are on each page, or so few, the map is made anew. */
  private static final int FULL = 2048;

  /** A change of so many entries, or of a part so large, makes the map anew. */
  private static final int MANY = 64;

  private static final int PART = 16;

  private final Object[][] pages;
  private final int size;

  /** Makes a map of entries. */
  public RegionMap(Map<String, ? extends V> entries) {
    int count = Math.max(1, Integer.highestOneBit(entries.size() / FEW));
    List<List<Object>> lists = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      lists.add(new ArrayList<>());
    }
    entries.forEach(
        (key, value) -> {
          List<Object> list = lists.get(page(mixed(key.hashCode()), count));
          list.add(key);
          list.add(value);
        });
    pages = new Object[count][];
    Arrays.setAll(pages, i -> filled(lists.get(i).toArray(), lists.get(i).size(), null));
    size = entries.size();
  }

  private RegionMap(Object[][] pages, int size) {
    this.pages = pages;
    this.size = size;
  }

  /** This map with some entries more, or replaced, and some taken out. */
  public RegionMap<V> changed(Map<String, ? extends V> put, Set<String> removed) {
    int most = size + put.size();
    boolean anew = most > pages.length * FULL || pages.length > 1 && size - removed.size() < pages.length;
    if (anew || put.size() + removed.size() > MANY + size / PART) {
      Map<String, V> entries = new HashMap<>(most * 2);
      forEach(entries::put);
      entries.keySet().removeAll(removed);
      entries.putAll(put);
      return new RegionMap<>(entries);
    }
    Object[][] next = pages.clone();
    int[] count = {size};
    removed.forEach(key -> count[0] -= replace(next, key, null));
    put.forEach((key, value) -> count[0] += 1 - replace(next, key, value));
    return new RegionMap<>(next, count[0]);
  }

  /** Replaces an entry, or takes it out; gives how many there were of it. */
  private static int replace(Object[][] pages, String key, Object value) {
    int which = page(mixed(key.hashCode()), pages.length);
    Object[] page = pages[which];
    boolean known = page[place(page, key)] != null;
    int entries = entries(page);
    if (value == null && known) {
      pages[which] = filled(page, 2 * entries - 2, key);
    } else if (value != null) {
      boolean room = known || 4 * (entries + 1) <= page.length;
      pages[which] = room ? page.clone() : filled(page, 2 * entries + 2, null);
      put(pages[which], key, value);
    }
    return known ? 1 : 0;
  }

  private static int entries(Object[] page) {
    int count = 0;
    for (int i = 0; i < page.length; i += 2) {
      count += page[i] == null ? 0 : 1;
    }
    return count;
  }

  /** A copy of a page with room for so many keys and values, at most half full, which ends each search; without one key, unless that is null. */
  private static Object[] filled(Object[] page, int room, String without) {
    Object[] copy = new Object[Integer.highestOneBit(Math.max(1, room - 1)) * 4];
    for (int i = 0; i < page.length; i += 2) {
      if (page[i] != null && !page[i].equals(without)) {
        put(copy, (String) page[i], page[i + 1]);
      }
    }
    return copy;
  }

  private static void put(Object[] page, String key, Object value) {
    int place = place(page, key);
    page[place] = key;
    page[place + 1] = value;
  }

  /** Where a key is, or has to be put. */
  private static int place(Object[] page, String key) {
    int last = page.length - 1;
    int i = (mixed(key.hashCode()) << 1) & last;
    while (page[i] != null && !page[i].equals(key)) {
      i = (i + 2) & last;
    }
    return i;
  }

  @SuppressWarnings("unchecked")
  public void forEach(BiConsumer<String, V> consumer) {
    for (Object[] page : pages) {
      for (int i = 0; i < page.length; i += 2) {
        if (page[i] != null) {
          consumer.accept((String) page[i], (V) page[i + 1]);
        }
      }
    }
  }

  /** Whether there are no entries. */
  public boolean isEmpty() {
    return size == 0;
  }

  /** How many entries there are. */
  public int size() {
    return size;
  }

  /** The value of a text, or null. */
  public V get(String text) {
    return get(text, 0, text.length());
  }

  /** The value of a part of a text, or null. */
  public V get(String text, int from, int to) {
    return get(text, from, to, hash(0, text, from, to));
  }

  /** As the other, with the part's hash already known. */
  @SuppressWarnings("unchecked")
  public V get(String text, int from, int to, int hash) {
    int mixed = mixed(hash);
    Object[] page = pages[page(mixed, pages.length)];
    int length = to - from;
    int last = page.length - 1;
    for (int i = (mixed << 1) & last; page[i] != null; i = (i + 2) & last) {
      String key = (String) page[i];
      // Texts know their hashes, computed alike: of another key no more is fetched from memory than where it begins.
      if (key.hashCode() == hash && key.length() == length && text.startsWith(key, from)) {
        return (V) page[i + 1];
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

  private static int page(int mixed, int pages) {
    return (mixed >>> 16) & (pages - 1);
  }

  /** The page is found by the upper half, the place on it by the lower one: each must depend on all of the hash. */
  private static int mixed(int hash) {
    int mixed = (hash ^ (hash >>> 16)) * 0x7FEB352D;
    mixed = (mixed ^ (mixed >>> 15)) * 0x846CA68B;
    return mixed ^ (mixed >>> 16);
  }
}
