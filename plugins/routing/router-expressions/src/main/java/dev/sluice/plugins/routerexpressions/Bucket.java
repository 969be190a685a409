package dev.sluice.plugins.routerexpressions;

import dev.sluice.plugins.routing.RuleChange;
import java.util.List;

/** Rules that neither host nor path tell apart. */
interface Bucket extends IndexPart {

  /** From here on rules are told apart by other fields, if they can be. */
  int WIDE = 8;

  /** All rules, the best first. */
  default List<Rule> rules() {
    return List.of((Rule) this);
  }

  @Override
  default IndexPart changed(RuleChange<Rule> change) {
    return of(change.applied(rules()));
  }

  @Override
  default boolean isEmpty() {
    return rules().isEmpty();
  }

  /** Makes a bucket of rules that are sorted, the best first. */
  static Bucket of(List<Rule> rules) {
    if (rules.size() == 1) {
      return rules.get(0);
    }
    return rules.size() > WIDE ? WideBucket.of(rules) : new PlainBucket(rules);
  }
}
