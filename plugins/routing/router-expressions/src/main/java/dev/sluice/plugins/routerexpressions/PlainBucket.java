package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.routing.RouteQuery;
import java.util.List;

/** A bucket whose rules are asked one by one, the best first. */
final class PlainBucket implements Bucket {

  /** A bucket without rules. */
  static final PlainBucket EMPTY = new PlainBucket(List.of());

  private final Rule[] rules;

  PlainBucket(List<Rule> rules) {
    this.rules = rules.toArray(Rule[]::new);
  }

  @Override
  public Rule find(RouteQuery query, Rule best) {
    for (Rule rule : rules) {
      if (rule.rank() >= best.rank()) {
        return best;
      }
      if (rule.matches(query)) {
        return rule;
      }
    }
    return best;
  }

  @Override
  public List<Rule> rules() {
    return List.of(rules);
  }
}
