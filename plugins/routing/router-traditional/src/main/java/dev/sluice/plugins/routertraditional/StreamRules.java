package dev.sluice.plugins.routertraditional;

import dev.sluice.api.request.AddressRange;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.StreamQuery;
import dev.sluice.api.routing.StreamRouter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The compiled routes of connections. Those that ask for certain server names are found by them. */
final class StreamRules implements StreamRouter {

  private final List<StreamRule> sorted;
  private final Map<String, int[]> byName = new HashMap<>();
  private final int[] others;

  StreamRules(List<RouteDefinition> routes, Flavor flavor) {
    List<StreamRule> rules = new ArrayList<>();
    for (RouteDefinition route : routes) {
      try {
        rules.add(StreamRule.of(route, flavor));
      } catch (IllegalArgumentException wrong) {
        throw new IllegalArgumentException(
            "route " + route.route().name().orElse(route.route().id()) + ": " + wrong.getMessage(), wrong);
      }
    }
    rules.sort(flavor == Flavor.TRADITIONAL ? StreamRule.TRADITIONAL : StreamRule.COMPATIBLE);
    sorted = List.copyOf(rules);
    Map<String, List<Integer>> names = new HashMap<>();
    List<Integer> rest = new ArrayList<>();
    for (int i = 0; i < rules.size(); i++) {
      int rank = i;
      Optional<SniTerm> snis = rules.get(i).snis().filter(term -> !term.hasWildcard());
      if (snis.isEmpty()) {
        rest.add(rank);
      }
      snis.ifPresent(
          term -> term.exact().forEach(name -> names.computeIfAbsent(name, none -> new ArrayList<>()).add(rank)));
    }
    names.forEach((name, ranks) -> byName.put(name, array(ranks)));
    others = array(rest);
  }

  private static int[] array(List<Integer> ranks) {
    return ranks.stream().mapToInt(Integer::intValue).toArray();
  }

  @Override
  public Optional<RouteDefinition> select(StreamQuery query) {
    if (sorted.isEmpty()) {
      return Optional.empty();
    }
    byte[] client = AddressRange.address(query.clientAddress());
    byte[] local = AddressRange.address(query.localAddress());
    int named = first(byName.getOrDefault(SniTerm.withoutLastDot(query.sni().orElse("")), others), query, client, local);
    int found = Math.min(named, first(others, query, client, local));
    return found == Integer.MAX_VALUE ? Optional.empty() : Optional.of(sorted.get(found).definition());
  }

  private int first(int[] ranks, StreamQuery query, byte[] client, byte[] local) {
    for (int rank : ranks) {
      if (sorted.get(rank).matches(query, client, local)) {
        return rank;
      }
    }
    return Integer.MAX_VALUE;
  }
}
