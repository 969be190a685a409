package dev.sluice.plugins.routing;

import java.util.Collection;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which lengths some texts have, and how many have each. Immutable. */
public final class Lengths {

  /** Of no texts. */
  public static final Lengths NONE = new Lengths(new TreeMap<>());

  private final int[] lengths;
  private final int[] counts;

  private Lengths(SortedMap<Integer, Integer> counted) {
    lengths = counted.keySet().stream().mapToInt(Integer::intValue).toArray();
    counts = counted.values().stream().mapToInt(Integer::intValue).toArray();
  }

  /** The lengths when some texts have come and others, that were there, have gone. */
  public Lengths changed(Collection<String> come, Collection<String> gone) {
    if (come.isEmpty() && gone.isEmpty()) {
      return this;
    }
    SortedMap<Integer, Integer> counted = new TreeMap<>();
    for (int i = 0; i < lengths.length; i++) {
      counted.put(lengths[i], counts[i]);
    }
    come.forEach(text -> counted.merge(text.length(), 1, Integer::sum));
    gone.forEach(text -> counted.merge(text.length(), -1, (count, less) -> count == 1 ? null : count + less));
    return new Lengths(counted);
  }

  /** How many lengths occur. */
  public int count() {
    return lengths.length;
  }

  /** One of the lengths that occur; they rise. */
  public int get(int which) {
    return lengths[which];
  }
}
