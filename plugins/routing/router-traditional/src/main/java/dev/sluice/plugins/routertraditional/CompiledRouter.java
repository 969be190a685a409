package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.routing.RouteQuery;
import dev.sluice.api.routing.Router;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A compiled router. It holds all rules in their order and an index over them; a search keeps the rank of the best
 * rule found so far, so that only better ones are still asked, and makes no objects of its own.
 */
final class CompiledRouter implements Router {

  private final Rule[] rules;
  private final Set<RouteDefinition> definitions;
  private final HostIndex index;

  private CompiledRouter(List<Rule> sorted, Set<RouteDefinition> definitions, Flavor flavor) {
    for (int rank = 0; rank < sorted.size(); rank++) {
      sorted.set(rank, sorted.get(rank).ranked(rank));
    }
    this.rules = sorted.toArray(Rule[]::new);
    this.definitions = definitions;
    this.index = new HostIndex(sorted, flavor);
  }

  /**
   * Compiles routes.
   *
   * @param before a router whose rules are taken over for the routes that it knows, by identity
   */
  static CompiledRouter of(List<RouteDefinition> routes, Optional<CompiledRouter> before, Flavor flavor) {
    Set<RouteDefinition> wanted = Collections.newSetFromMap(new IdentityHashMap<>(routes.size() * 2));
    wanted.addAll(routes);
    List<Rule> rules = new ArrayList<>(routes.size());
    before.ifPresent(
        known -> {
          for (Rule rule : known.rules) {
            if (wanted.contains(rule.terms().definition())) {
              rules.add(rule);
            }
          }
        });
    Set<RouteDefinition> known = before.map(router -> router.definitions).orElse(Set.of());
    RouteCompiler compiler = new RouteCompiler(flavor);
    for (RouteDefinition route : wanted) {
      if (known.isEmpty() || !known.contains(route)) {
        rules.addAll(compiler.compile(route));
      }
    }
    // What was taken over is sorted already, of which this sort makes use.
    rules.sort(flavor.order());
    return new CompiledRouter(rules, wanted, flavor);
  }

  @Override
  public Optional<RouteMatch> select(RouteQuery query) {
    int rank = index.find(query);
    return rank == Rule.NONE ? Optional.empty() : Optional.of(rules[rank].match(query.path()));
  }
}
