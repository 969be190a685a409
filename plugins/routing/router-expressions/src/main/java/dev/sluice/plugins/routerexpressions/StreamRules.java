package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.StreamQuery;
import dev.sluice.api.routing.StreamRouter;
import dev.sluice.plugins.routing.RankedRules;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The compiled routes of connections; where there are many, those that need a certain server name are found by it. */
final class StreamRules implements StreamRouter {

  private final Bucket rules;

  private StreamRules(Bucket rules) {
    this.rules = rules;
  }

  static StreamRules of(List<RouteDefinition> routes) {
    List<Rule> rules = new ArrayList<>(routes.size());
    routes.forEach(route -> rules.addAll(RuleCompiler.compileStream(route)));
    return new StreamRules(Bucket.of(RankedRules.of(rules, Rule.ORDER).stream().toList()));
  }

  @Override
  public Optional<RouteDefinition> select(StreamQuery query) {
    Rule rule = rules.find(new StreamRequest(query), Rule.NONE);
    return rule.rank() == Rule.UNRANKED ? Optional.empty() : Optional.of(rule.definition());
  }
}
