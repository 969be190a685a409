package dev.sluice.plugins.routing;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;

/**
 * A map from text that is asked with a part of a longer text, which need not be copied out. Immutable: a change makes a
 * map that shares with this one all pages but those it touches.
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

  private final RegionPage[] pages;
  private final int size;

  /** Makes a map of entries. */
  public RegionMap(Map<String, ? extends V> entries) {
    int count = Math.max(1, Integer.highestOneBit(entries.size() / FEW));
    List<List<String>> keys = new ArrayList<>(count);
    List<List<Object>> values = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      keys.add(new ArrayList<>());
      values.add(new ArrayList<>());
    }
    entries.forEach(
        (key, value) -> {
          int page = page(mixed(key.hashCode()), count);
          keys.get(page).add(key);
          values.get(page).add(value);
        });
    pages = new RegionPage[count];
    Arrays.setAll(pages, i -> RegionPage.of(keys.get(i), values.get(i)));
    size = entries.size();
  }

  private RegionMap(RegionPage[] pages, int size) {
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
    RegionPage[] next = pages.clone();
    int[] count = {size};
    removed.forEach(key -> count[0] += replace(next, key, page -> page.without(key)));
    put.forEach((key, value) -> count[0] += replace(next, key, page -> page.with(key, value)));
    return new RegionMap<>(next, count[0]);
  }

  /** Replaces the page of a key; gives how many entries there are more. */
  private static int replace(RegionPage[] pages, String key, UnaryOperator<RegionPage> change) {
    int which = page(mixed(key.hashCode()), pages.length);
    RegionPage before = pages[which];
    pages[which] = change.apply(before);
    return pages[which].size() - before.size();
  }

  @SuppressWarnings("unchecked")
  public void forEach(BiConsumer<String, V> consumer) {
    for (RegionPage page : pages) {
      page.forEach((key, value) -> consumer.accept(key, (V) value));
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
    return (V) pages[page(mixed, pages.length)].get(text, from, to, mixed);
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

  /** The page is found by the upper half of a hash, the place on it by the lower one: each must depend on all of it. */
  static int mixed(int hash) {
    int mixed = (hash ^ (hash >>> 16)) * 0x7FEB352D;
    mixed = (mixed ^ (mixed >>> 15)) * 0x846CA68B;
    return mixed ^ (mixed >>> 16);
  }
}
