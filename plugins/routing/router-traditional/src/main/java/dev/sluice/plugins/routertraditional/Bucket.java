package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouteQuery;
import java.util.List;

/** Rules for the same host and the same start of the path. */
interface Bucket {

  /** From here on rules are told apart by a header or the server name too, if they can be. */
  int WIDE = 8;

  /** A bucket without rules. */
  Bucket EMPTY = new PlainBucket(List.of());

  /** The best rule that matches and is better than the one found so far; else the latter. */
  Rule find(RouteQuery query, Rule best);

  /** All rules, the best first. */
  List<Rule> rules();

  /** Makes a bucket of rules that are sorted, the best first. */
  static Bucket of(List<Rule> rules) {
    if (rules.size() == 1) {
      return rules.get(0);
    }
    return rules.size() > WIDE ? WideBucket.of(rules) : new PlainBucket(rules);
  }
}
