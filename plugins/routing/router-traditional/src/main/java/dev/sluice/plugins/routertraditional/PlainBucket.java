package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouteQuery;
import java.util.List;

/** A bucket whose rules are asked one by one, the best first. */
final class PlainBucket implements Bucket {

  private final Rule[] rules;

  PlainBucket(List<Rule> rules) {
    this.rules = rules.toArray(Rule[]::new);
  }

  @Override
  public int find(RouteQuery query, int best) {
    for (Rule rule : rules) {
      if (rule.rank() >= best) {
        return best;
      }
      if (rule.matches(query)) {
        return rule.rank();
      }
    }
    return best;
  }
}
