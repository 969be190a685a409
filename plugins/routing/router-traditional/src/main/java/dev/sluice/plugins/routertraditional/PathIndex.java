package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouteQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The rules for one host, by what the path begins with: one table for all beginnings, asked once for each length that
 * occurs, and a bucket for no beginning at all. The hash of a longer beginning is carried on from that of the shorter
 * one, so that the path is read once.
 */
final class PathIndex {

  // Before EMPTY, which needs it.
  private static final int[] NO_LENGTHS = {};

  static final PathIndex EMPTY = new PathIndex(List.of());

  private final Bucket root;
  private final int[] lengths;
  private final RegionMap<Bucket> buckets;

  /** Indexes rules that are sorted, the best first. */
  PathIndex(List<Rule> rules) {
    Map<String, List<Rule>> byLiteral = new HashMap<>();
    for (Rule rule : rules) {
      byLiteral.computeIfAbsent(rule.path().literal(), absent -> new ArrayList<>()).add(rule);
    }
    Map<String, Bucket> made = new HashMap<>();
    byLiteral.forEach((literal, same) -> made.put(literal, Bucket.of(same)));
    Bucket unspecific = made.remove("");
    root = unspecific == null ? Bucket.EMPTY : unspecific;
    lengths =
        made.isEmpty() ? NO_LENGTHS : made.keySet().stream().mapToInt(String::length).sorted().distinct().toArray();
    buckets = new RegionMap<>(made);
  }

  int find(RouteQuery query, int best) {
    String path = query.path();
    int found = root.find(query, best);
    int hash = 0;
    int hashed = 0;
    for (int length : lengths) {
      if (length > path.length()) {
        break;
      }
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
