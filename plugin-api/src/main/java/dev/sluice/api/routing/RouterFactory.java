package dev.sluice.api.routing;

import dev.sluice.api.entity.Route;
import java.util.List;

/** Compiles routes. The node's {@code router_flavor} picks a factory by name. */
public interface RouterFactory {

  /** The flavor, such as {@code traditional}. */
  String flavor();

  /**
   * Compiles all routes into one immutable router. Runs on the control thread; with many routes it may take a while.
   *
   * @throws RuntimeException when a route cannot be compiled; the message names the route
   */
  Router compile(List<RouteDefinition> routes);

  /**
   * Compiles all routes, of which most may be in a router that this factory has made before. A definition that has not
   * changed is the same object as then; the list is in no order.
   *
   * @param before stays as it is, and serves until the new one takes over
   */
  default Router compile(List<RouteDefinition> routes, Router before) {
    return compile(routes);
  }

  /**
   * Checks one route that is about to be written, beyond what its schema says.
   *
   * @return what is wrong with it, empty when nothing is
   */
  default List<String> check(Route route) {
    return List.of();
  }
}
