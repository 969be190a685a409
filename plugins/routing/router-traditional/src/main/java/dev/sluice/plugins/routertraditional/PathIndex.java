package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouteQuery;
import dev.sluice.plugins.routing.Lengths;
import dev.sluice.plugins.routing.RegionMap;
import dev.sluice.plugins.routing.RuleChange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The rules for one host, by what the path begins with: one table for all beginnings, asked once for each length that
 * occurs, and a bucket for no beginning at all. The hash of a longer beginning is carried on from that of the shorter
 * one, so that the path is read once.
 */
final class PathIndex {

  static final PathIndex EMPTY = of(List.of());

  private final Bucket root;
  private final Lengths lengths;
  private final RegionMap<Bucket> buckets;

  private PathIndex(Bucket root, Lengths lengths, RegionMap<Bucket> buckets) {
    this.root = root;
    this.lengths = lengths;
    this.buckets = buckets;
  }

  /** Indexes rules that are sorted, the best first. */
  static PathIndex of(List<Rule> rules) {
    Map<String, Bucket> made = new HashMap<>();
    RuleChange.split(rules, rule -> rule.path().literal())
        .forEach((literal, same) -> made.put(literal, Bucket.of(same)));
    Bucket unspecific = made.remove("");
    return new PathIndex(
        unspecific == null ? Bucket.EMPTY : unspecific,
        Lengths.NONE.changed(made.keySet(), List.of()),
        new RegionMap<>(made));
  }

  /** This index after a change; shares with this one what has not changed. */
  PathIndex changed(RuleChange<Rule> change) {
    Bucket first = root;
    Map<String, Bucket> put = new HashMap<>();
    List<String> added = new ArrayList<>();
    Set<String> removed = new HashSet<>();
    for (Map.Entry<String, RuleChange<Rule>> each : change.by(rule -> rule.path().literal()).entrySet()) {
      String literal = each.getKey();
      Bucket known = literal.isEmpty() ? root : buckets.get(literal);
      List<Rule> rules = each.getValue().applied(known == null ? List.of() : known.rules());
      if (literal.isEmpty()) {
        first = Bucket.of(rules);
      } else if (!rules.isEmpty()) {
        put.put(literal, Bucket.of(rules));
        if (known == null) {
          added.add(literal);
        }
      } else if (known != null) {
        removed.add(literal);
      }
    }
    return new PathIndex(first, lengths.changed(added, removed), buckets.changed(put, removed));
  }

  boolean isEmpty() {
    return root.rules().isEmpty() && buckets.isEmpty();
  }

  Rule find(RouteQuery query, Rule best) {
    String path = query.path();
    Rule found = root.find(query, best);
    int hash = 0;
    int hashed = 0;
    for (int i = 0; i < lengths.count() && lengths.get(i) <= path.length(); i++) {
      int length = lengths.get(i);
      hash = RegionMap.hash(hash, path, hashed, length);
      hashed = length;
      Bucket bucket = buckets.get(path, 0, length, hash);
      if (bucket != null) {
        found = bucket.find(query, found);
      }
    }
    return found;
  }
}
