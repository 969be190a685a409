package dev.sluice.plugins.routertraditional;

import dev.sluice.api.entity.Route;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.Router;
import dev.sluice.api.routing.RouterFactory;
import java.util.ArrayList;
import java.util.List;

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
    RouteCompiler compiler = new RouteCompiler(flavor);
    List<Rule> rules = new ArrayList<>(routes.size());
    for (RouteDefinition route : routes) {
      rules.addAll(compiler.compile(route));
    }
    return new CompiledRouter(rules, flavor);
  }

  @Override
  public List<String> check(Route route) {
    return new RouteCheck(flavor).check(route);
  }
}
