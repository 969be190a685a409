package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.routing.RouteCandidate;
import dev.sluice.api.routing.RouteChanges;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.routing.RouteQuery;
import dev.sluice.api.routing.Router;
import dev.sluice.plugins.routing.Ranks;
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

  private final List<Rule> sorted;
  private final IndexPart index;

  private CompiledRouter(List<Rule> sorted, IndexPart index) {
    this.sorted = sorted;
    this.index = index;
  }

  static CompiledRouter of(List<RouteDefinition> routes) {
    return ranked(compiled(routes));
  }

  private static CompiledRouter ranked(List<Rule> rules) {
    rules.sort(Rule.ORDER);
    List<Rule> ranked = Ranks.spread(rules);
    return new CompiledRouter(ranked, Level.EMPTY.changed(new RuleChange<>(List.of(), ranked)));
  }

  private static List<Rule> compiled(List<RouteDefinition> routes) {
    List<Rule> rules = new ArrayList<>(routes.size());
    routes.forEach(route -> rules.addAll(RuleCompiler.compile(route)));
    return rules;
  }

  /** The router after a change. */
  CompiledRouter changed(RouteChanges changes) {
    List<Rule> come = compiled(changes.come());
    come.sort(Rule.ORDER);
    List<Rule> gone = new ArrayList<>();
    List<Rule> left = new ArrayList<>(sorted.size() + come.size());
    Set<RouteDefinition> leaving = Collections.newSetFromMap(new IdentityHashMap<>());
    leaving.addAll(changes.gone());
    for (Rule rule : sorted) {
      (leaving.contains(rule.definition()) ? gone : left).add(rule);
    }
    Optional<List<Rule>> placed = Ranks.placed(left, come, Rule.ORDER);
    if (placed.isEmpty()) {
      left.addAll(come);
      return ranked(left);
    }
    left.addAll(placed.get());
    left.sort(Ranks.ORDER);
    return new CompiledRouter(left, index.changed(new RuleChange<>(gone, placed.get())));
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
    for (Rule rule : sorted) {
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
