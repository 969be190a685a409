package dev.sluice.testkit.fake;

import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.routing.Router;
import dev.sluice.api.routing.RouterFactory;
import java.util.List;
import java.util.Map;

/** A router for tests of filters: the first route with a path that begins the request's; nothing is stripped. */
public final class PrefixRouter implements RouterFactory {

  @Override
  public String flavor() {
    return "traditional_compatible";
  }

  @Override
  public Router compile(List<RouteDefinition> routes) {
    return query ->
        routes.stream()
            .filter(each -> each.route().paths().stream().anyMatch(query.path()::startsWith))
            .findFirst()
            .map(
                each ->
                    new RouteMatch(
                        each, query.path(), "", new RouteMatch.Captures(List.of(), Map.of())));
  }
}
