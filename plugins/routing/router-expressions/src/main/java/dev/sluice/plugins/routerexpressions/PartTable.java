package dev.sluice.plugins.routerexpressions;

import dev.sluice.plugins.routing.Lengths;
import dev.sluice.plugins.routing.RegionMap;
import dev.sluice.plugins.routing.RuleChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Parts of an index by texts, and which lengths these have. */
final class PartTable {

  static final PartTable EMPTY = new PartTable(new RegionMap<>(Map.of()), Lengths.NONE);

  private final RegionMap<IndexPart> parts;
  private final Lengths lengths;

  private PartTable(RegionMap<IndexPart> parts, Lengths lengths) {
    this.parts = parts;
    this.lengths = lengths;
  }

  boolean isEmpty() {
    return parts.isEmpty();
  }

  /** How many lengths occur. */
  int lengths() {
    return lengths.count();
  }

  /** One of the lengths that occur; they rise. */
  int length(int which) {
    return lengths.get(which);
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
    List<String> added = new ArrayList<>();
    Set<String> removed = new HashSet<>();
    for (Map.Entry<Needs.Key, RuleChange<Rule>> change : changes) {
      if (change.getKey().kind() == kind) {
        String text = change.getKey().text();
        IndexPart known = parts.get(text);
        IndexPart next = (known == null ? empty : known).changed(change.getValue());
        if (!next.isEmpty()) {
          put.put(text, next);
          if (known == null) {
            added.add(text);
          }
        } else if (known != null) {
          removed.add(text);
        }
      }
    }
    return put.isEmpty() && removed.isEmpty()
        ? this
        : new PartTable(parts.changed(put, removed), lengths.changed(added, removed));
  }
}
