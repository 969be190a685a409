package dev.sluice.testkit.fake;

import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.routing.Router;
import dev.sluice.api.routing.RouterFactory;
import dev.sluice.api.routing.StreamRouter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A router for tests of filters: the route with the longest path that begins the request's; nothing is
 * stripped. Streams have the first route of their protocol.
 */
public final class PrefixRouter implements RouterFactory {

  @Override
  public String flavor() {
    return "traditional_compatible";
  }

  @Override
  public Router compile(List<RouteDefinition> routes) {
    List<Prefix> prefixes = new ArrayList<>();
    routes.forEach(each -> each.route().paths().forEach(path -> prefixes.add(new Prefix(path, each))));
    prefixes.sort(Comparator.comparingInt((Prefix each) -> each.path().length()).reversed());
    return query ->
        prefixes.stream()
            .filter(each -> query.path().startsWith(each.path()))
            .findFirst()
            .map(
                each ->
                    new RouteMatch(
                        each.route(), query.path(), "", new RouteMatch.Captures(List.of(), Map.of())));
  }

  @Override
  public StreamRouter compileStreams(List<RouteDefinition> routes) {
    List<RouteDefinition> known = List.copyOf(routes);
    return query ->
        known.stream().filter(each -> each.route().protocols().contains(query.protocol())).findFirst();
  }

  private record Prefix(String path, RouteDefinition route) {}
}
