package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.routing.RouteQuery;
import dev.sluice.api.routing.Router;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A compiled router. It holds all rules in their order and an index over them; a search keeps the rank of the best
 * rule found so far, so that only better ones are still asked, and makes no objects of its own.
 */
final class CompiledRouter implements Router {

  private final Rule[] rules;
  private final HostIndex index;

  CompiledRouter(List<Rule> unsorted, Flavor flavor) {
    List<Rule> sorted = new ArrayList<>(unsorted);
    sorted.sort(flavor.order());
    for (int rank = 0; rank < sorted.size(); rank++) {
      sorted.set(rank, sorted.get(rank).ranked(rank));
    }
    this.rules = sorted.toArray(Rule[]::new);
    this.index = new HostIndex(sorted, flavor);
  }

  @Override
  public Optional<RouteMatch> select(RouteQuery query) {
    int rank = index.find(query);
    return rank == Rule.NONE ? Optional.empty() : Optional.of(rules[rank].match(query.path()));
  }
}
