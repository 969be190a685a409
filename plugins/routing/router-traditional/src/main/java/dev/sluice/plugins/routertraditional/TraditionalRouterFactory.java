package dev.sluice.plugins.routertraditional;

import dev.sluice.api.entity.Route;
import dev.sluice.api.routing.RouteChanges;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.Router;
import dev.sluice.api.routing.RouterFactory;
import dev.sluice.api.routing.StreamRouter;
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
    return CompiledRouter.of(routes, flavor);
  }

  @Override
  public Router compile(Router before, RouteChanges changes) {
    return before instanceof CompiledRouter own ? own.changed(changes) : compile(changes.all().get());
  }

  @Override
  public StreamRouter compileStreams(List<RouteDefinition> routes) {
    return new StreamRules(routes, flavor);
  }

  @Override
  public List<String> check(Route route) {
    return new RouteCheck(flavor).check(route);
  }
}
