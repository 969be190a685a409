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

  private static final Object[] NO_ENTRIES = new Object[2];

  /** Entries on a page when the map is made, at the least; a change copies a page, and a list of all pages. */
  private static final int FEW = 16;

  /** When so many are on each page, or so few, the map is made anew. */
  private static final int FULL = 64;

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
          List<Object> list = lists.get(page(mixed(key), count));
          list.add(key);
          list.add(value);
        });
    pages = new Object[count][];
    Arrays.setAll(pages, i -> filled(lists.get(i)));
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
    if (anew || put.size() + removed.size() > FULL + size / FEW) {
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
    int which = page(mixed(key), pages.length);
    List<Object> entries = new ArrayList<>();
    int found = 0;
    Object[] page = pages[which];
    for (int i = 0; i < page.length; i += 2) {
      if (key.equals(page[i])) {
        found++;
      } else if (page[i] != null) {
        entries.add(page[i]);
        entries.add(page[i + 1]);
      }
    }
    if (value != null) {
      entries.add(key);
      entries.add(value);
    }
    pages[which] = filled(entries);
    return found;
  }

  /** A page at most half full: that ends each search. */
  private static Object[] filled(List<Object> entries) {
    if (entries.isEmpty()) {
      return NO_ENTRIES;
    }
    Object[] page = new Object[Math.max(4, Integer.highestOneBit(2 * entries.size() - 1) * 2)];
    int last = page.length - 1;
    for (int e = 0; e < entries.size(); e += 2) {
      int i = (mixed((String) entries.get(e)) << 1) & last;
      while (page[i] != null) {
        i = (i + 2) & last;
      }
      page[i] = entries.get(e);
      page[i + 1] = entries.get(e + 1);
    }
    return page;
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

  private static int mixed(String key) {
    return mixed(hash(0, key, 0, key.length()));
  }

  /** The page is found by the upper half, the place on it by the lower one: each must depend on all of the hash. */
  private static int mixed(int hash) {
    int mixed = (hash ^ (hash >>> 16)) * 0x7FEB352D;
    mixed = (mixed ^ (mixed >>> 15)) * 0x846CA68B;
    return mixed ^ (mixed >>> 16);
  }
}
