package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouteCandidate;
import dev.sluice.api.routing.RouteChanges;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.routing.RouteQuery;
import dev.sluice.api.routing.Router;
import dev.sluice.plugins.routing.RankedRules;
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
  private final RankedRules<Rule> rules;
  private final HostIndex index;

  private CompiledRouter(Flavor flavor, RankedRules<Rule> rules, HostIndex index) {
    this.flavor = flavor;
    this.rules = rules;
    this.index = index;
  }

  static CompiledRouter of(List<RouteDefinition> routes, Flavor flavor) {
    return anew(compiled(routes, flavor), flavor);
  }

  private static CompiledRouter anew(List<Rule> rules, Flavor flavor) {
    RankedRules<Rule> ranked = RankedRules.of(rules, flavor.order());
    return new CompiledRouter(flavor, ranked, HostIndex.of(ranked.stream().toList(), flavor));
  }

  private static List<Rule> compiled(List<RouteDefinition> routes, Flavor flavor) {
    RouteCompiler compiler = new RouteCompiler(flavor);
    List<Rule> rules = new ArrayList<>(routes.size());
    routes.forEach(route -> rules.addAll(compiler.compile(route)));
    return rules;
  }

  /** The router after a change. */
  @SuppressWarnings("ReferenceEquality")
  CompiledRouter changed(RouteChanges changes) {
    List<Rule> come = compiled(changes.come(), flavor);
    if (rules.bestAnew(changes.gone().size(), come.size())) {
      Set<RouteDefinition> leaving = Collections.newSetFromMap(new IdentityHashMap<>());
      leaving.addAll(changes.gone());
      List<Rule> left = rules.without(rule -> leaving.contains(rule.terms().definition()));
      left.addAll(come);
      return anew(left, flavor);
    }
    // What goes is compiled once more: it is then found by the order, and nobody has to look through all rules.
    RankedRules.Changed<Rule> changed =
        rules.changed(
            compiled(changes.gone(), flavor),
            (rule, like) -> rule.terms().definition() == like.terms().definition(),
            come);
    return new CompiledRouter(flavor, changed.rules(), index.changed(changed.change()));
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
    return found.rank() == Rule.UNRANKED ? candidates.near(rules) : candidates.matching(found, rules);
  }
}
