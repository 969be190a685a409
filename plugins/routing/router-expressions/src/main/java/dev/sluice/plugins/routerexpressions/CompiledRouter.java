package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.routing.RouteCandidate;
import dev.sluice.api.routing.RouteChanges;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.routing.RouteQuery;
import dev.sluice.api.routing.Router;
import dev.sluice.plugins.routing.RankedRules;
import dev.sluice.plugins.routing.RuleChange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A compiled router: all rules in their order, and an index over them. A search keeps the best rule found so far, so
 * that only better ones are still asked.
 *
 * <p>Where a few routes change among many, the next router shares with this one all of the index that they do not touch.
 */
final class CompiledRouter implements Router {

  private final RankedRules<Rule> rules;
  private final IndexPart index;

  private CompiledRouter(RankedRules<Rule> rules, IndexPart index) {
    this.rules = rules;
    this.index = index;
  }

  static CompiledRouter of(List<RouteDefinition> routes) {
    return anew(compiled(routes));
  }

  private static CompiledRouter anew(List<Rule> rules) {
    RankedRules<Rule> ranked = RankedRules.of(rules, Rule.ORDER);
    return new CompiledRouter(ranked, Level.EMPTY.changed(new RuleChange<>(List.of(), ranked.stream().toList())));
  }

  private static List<Rule> compiled(List<RouteDefinition> routes) {
    List<Rule> rules = new ArrayList<>(routes.size());
    routes.forEach(route -> rules.addAll(RuleCompiler.compile(route)));
    return rules;
  }

  /** The router after a change. */
  @SuppressWarnings("ReferenceEquality")
  CompiledRouter changed(RouteChanges changes) {
    List<Rule> come = compiled(changes.come());
    if (rules.bestAnew(changes.gone().size(), come.size())) {
      Set<RouteDefinition> leaving = Collections.newSetFromMap(new IdentityHashMap<>());
      leaving.addAll(changes.gone());
      List<Rule> left = rules.without(rule -> leaving.contains(rule.definition()));
      left.addAll(come);
      return anew(left);
    }
    // What goes is compiled once more: it is then found by the order, and nobody has to look through all rules.
    RankedRules.Changed<Rule> changed =
        rules.changed(compiled(changes.gone()), (rule, like) -> rule.definition() == like.definition(), come);
    return new CompiledRouter(changed.rules(), index.changed(changed.change()));
  }

  @Override
  public Optional<RouteMatch> select(RouteQuery query) {
    Rule rule = index.find(query, Rule.NONE);
    return rule.rank() == Rule.UNRANKED ? Optional.empty() : Optional.of(rule.match(query));
  }

  /** The index only makes it fast: each rule knows by itself whether it matches. */
  @Override
  public List<RouteCandidate> candidates(RouteQuery query, int most) {
    List<RouteCandidate> candidates = new ArrayList<>();
    Rule last = Rule.NONE;
    for (Rule rule : rules) {
      String route = rule.definition().route().id();
      boolean told = candidates.stream().anyMatch(each -> each.definition().route().id().equals(route));
      if (candidates.size() < most && !told && rule.matches(query)) {
        candidates.add(new RouteCandidate(rule.definition(), Map.of("expression", rule.shown()), Map.of(), rule.behind(last)));
        last = rule;
      }
    }
    return candidates;
  }
}
