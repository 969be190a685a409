package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.routing.RouteQuery;
import dev.sluice.plugins.routing.RegionMap;
import dev.sluice.plugins.routing.RuleChange;
import java.util.List;
import java.util.Map;

/**
 * The parts of an index by a text, by its beginning, and by its end. Beginnings and ends are looked up once for each
 * length that occurs; the hash of a longer beginning is carried on from that of the shorter one.
 */
final class LevelTable {

  static final LevelTable EMPTY = new LevelTable(PartTable.EMPTY, PartTable.EMPTY, PartTable.EMPTY);

  private final PartTable exact;
  private final PartTable prefixes;
  private final PartTable postfixes;

  private LevelTable(PartTable exact, PartTable prefixes, PartTable postfixes) {
    this.exact = exact;
    this.prefixes = prefixes;
    this.postfixes = postfixes;
  }

  boolean isEmpty() {
    return exact.isEmpty() && prefixes.isEmpty() && postfixes.isEmpty();
  }

  /** Looks up a text that ends at a place, which may be before its own end. */
  Rule find(String text, int end, RouteQuery query, Rule best) {
    Rule found = best;
    int hash = 0;
    int hashed = 0;
    for (int i = 0; i < prefixes.lengths() && prefixes.length(i) <= end; i++) {
      int length = prefixes.length(i);
      hash = RegionMap.hash(hash, text, hashed, length);
      hashed = length;
      found = ask(prefixes.get(text, 0, length, hash), query, found);
    }
    if (!exact.isEmpty()) {
      found = ask(exact.get(text, 0, end, RegionMap.hash(hash, text, hashed, end)), query, found);
    }
    for (int i = 0; i < postfixes.lengths() && postfixes.length(i) <= end; i++) {
      found = ask(postfixes.get(text, end - postfixes.length(i), end), query, found);
    }
    return found;
  }

  private static Rule ask(IndexPart part, RouteQuery query, Rule best) {
    return part == null ? best : part.find(query, best);
  }

  /** This table after a change; shares with this one what has not changed. */
  LevelTable changed(List<Map.Entry<Needs.Key, RuleChange<Rule>>> changes, IndexPart empty) {
    return new LevelTable(
        exact.changed(Needs.Kind.EXACT, changes, empty),
        prefixes.changed(Needs.Kind.PREFIX, changes, empty),
        postfixes.changed(Needs.Kind.POSTFIX, changes, empty));
  }
}
