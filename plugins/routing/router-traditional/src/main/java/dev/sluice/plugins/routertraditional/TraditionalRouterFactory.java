package dev.sluice.plugins.routertraditional;

import dev.sluice.api.entity.Route;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.Router;
import dev.sluice.api.routing.RouterFactory;
import java.util.List;
import java.util.Optional;

/** Compiles routers of one flavor. */
final class TraditionalRouterFactory implements RouterFactory {

  private final Flavor flavor;

  TraditionalRouterFactory(Flavor flavor) {
    this.flavor = flavor;
  }

  @Override
  public String flavor() {
    return flavor.text();
  }

  @Override
  public Router compile(List<RouteDefinition> routes) {
    return CompiledRouter.of(routes, Optional.empty(), flavor);
  }

  @Override
  public Router compile(List<RouteDefinition> routes, Router before) {
    return CompiledRouter.of(routes, before instanceof CompiledRouter own ? Optional.of(own) : Optional.empty(), flavor);
  }

  @Override
  public List<String> check(Route route) {
    return new RouteCheck(flavor).check(route);
  }
}
