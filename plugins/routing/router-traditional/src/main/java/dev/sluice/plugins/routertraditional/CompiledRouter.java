package dev.sluice.plugins.routertraditional;

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
import java.util.Optional;
import java.util.Set;

/**
 * A compiled router: all rules in their order, and an index over them. A search keeps the best rule found so far, so
 * that only better ones are still asked, and makes no objects of its own.
 *
 * <p>Where a few routes change among many, the next router shares with this one all of the index that they do not touch.
 */
final class CompiledRouter implements Router {

  private final Flavor flavor;
  private final List<Rule> sorted;
  private final HostIndex index;

  private CompiledRouter(Flavor flavor, List<Rule> sorted, HostIndex index) {
    this.flavor = flavor;
    this.sorted = sorted;
    this.index = index;
  }

  static CompiledRouter of(List<RouteDefinition> routes, Flavor flavor) {
    List<Rule> rules = compiled(routes, flavor);
    rules.sort(flavor.order());
    return sorted(rules, flavor);
  }

  private static CompiledRouter sorted(List<Rule> rules, Flavor flavor) {
    List<Rule> ranked = Ranks.spread(rules);
    return new CompiledRouter(flavor, ranked, HostIndex.of(ranked, flavor));
  }

  private static List<Rule> compiled(List<RouteDefinition> routes, Flavor flavor) {
    RouteCompiler compiler = new RouteCompiler(flavor);
    List<Rule> rules = new ArrayList<>(routes.size());
    routes.forEach(route -> rules.addAll(compiler.compile(route)));
    return rules;
  }

  /** The router after a change. */
  CompiledRouter changed(RouteChanges changes) {
    List<Rule> come = compiled(changes.come(), flavor);
    come.sort(flavor.order());
    List<Rule> gone = new ArrayList<>();
    List<Rule> left = new ArrayList<>(sorted.size() + come.size());
    Set<RouteDefinition> leaving = Collections.newSetFromMap(new IdentityHashMap<>());
    leaving.addAll(changes.gone());
    for (Rule rule : sorted) {
      (leaving.contains(rule.terms().definition()) ? gone : left).add(rule);
    }
    Optional<List<Rule>> placed = Ranks.placed(left, come, flavor.order());
    if (placed.isEmpty()) {
      left.addAll(come);
      left.sort(flavor.order());
      return sorted(left, flavor);
    }
    left.addAll(placed.get());
    left.sort(Ranks.ORDER);
    return new CompiledRouter(flavor, left, index.changed(new RuleChange<>(gone, placed.get())));
  }

  @Override
  public Optional<RouteMatch> select(RouteQuery query) {
    Rule rule = index.find(query);
    return rule.rank() == Rule.UNRANKED ? Optional.empty() : Optional.of(rule.match(query.path()));
  }

  @Override
  public List<RouteCandidate> candidates(RouteQuery query, int most) {
    Rule found = index.find(query);
    Candidates candidates = new Candidates(flavor, query, most);
    return found.rank() == Rule.UNRANKED ? candidates.near(sorted) : candidates.matching(found, sorted);
  }
}
