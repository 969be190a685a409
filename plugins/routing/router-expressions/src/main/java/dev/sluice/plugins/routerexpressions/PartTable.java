package dev.sluice.plugins.routerexpressions;

import dev.sluice.plugins.routing.RegionMap;
import dev.sluice.plugins.routing.RuleChange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/** Parts of an index by texts, and which lengths these have. */
final class PartTable {

  static final PartTable EMPTY = new PartTable(new RegionMap<>(Map.of()), new int[0]);

  private final RegionMap<IndexPart> parts;
  private final int[] lengths;

  private PartTable(RegionMap<IndexPart> parts, int[] lengths) {
    this.parts = parts;
    this.lengths = lengths;
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** How many lengths occur. */
  int lengths() {
    return lengths.length;
  }

  /** One of the lengths that occur; they rise. */
  int length(int which) {
    return lengths[which];
  }

  /** The part for a part of a text, or null. */
  IndexPart get(String text, int from, int to, int hash) {
    return parts.get(text, from, to, hash);
  }

  /** As the other, where the hash is not known. */
  IndexPart get(String text, int from, int to) {
    return parts.get(text, from, to);
  }

  /** This table after a change of the keys of one kind; shares with this one what has not changed. */
  PartTable changed(Needs.Kind kind, List<Map.Entry<Needs.Key, RuleChange<Rule>>> changes, IndexPart empty) {
    Map<String, IndexPart> put = new HashMap<>();
    Set<String> removed = new HashSet<>();
    for (Map.Entry<Needs.Key, RuleChange<Rule>> change : changes) {
      if (change.getKey().kind() == kind) {
        String text = change.getKey().text();
        IndexPart known = get(text, 0, text.length());
        IndexPart next = (known == null ? empty : known).changed(change.getValue());
        if (next.isEmpty()) {
          removed.add(text);
        } else {
          put.put(text, next);
        }
      }
    }
    if (put.isEmpty() && removed.isEmpty()) {
      return this;
    }
    RegionMap<IndexPart> changed = parts.changed(put, removed);
    return new PartTable(
        changed, removed.isEmpty() ? lengths(put.keySet(), lengths) : lengths(changed.keys()));
  }

  private static int[] lengths(Set<String> texts, int... others) {
    return IntStream.concat(IntStream.of(others), texts.stream().mapToInt(String::length))
        .sorted()
        .distinct()
        .toArray();
  }
}
