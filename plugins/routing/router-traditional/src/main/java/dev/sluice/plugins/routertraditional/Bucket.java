package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouteQuery;
import java.util.List;

/** Rules for the same host and the same start of the path. */
@FunctionalInterface
interface Bucket {

  /** From here on rules are told apart by a header or the server name too, if they can be. */
  int WIDE = 8;

  /** A bucket without rules. */
  Bucket EMPTY = (query, best) -> best;

  /** The rank of the best rule that matches and is better than the one found so far; else the latter. */
  int find(RouteQuery query, int best);

  /** Makes a bucket of rules that are sorted, the best first. */
  static Bucket of(List<Rule> rules) {
    if (rules.size() == 1) {
      return rules.get(0);
    }
    return rules.size() > WIDE ? WideBucket.of(rules) : new PlainBucket(rules);
  }
}
