package dev.sluice.api.routing;

import dev.sluice.api.entity.Route;
import java.util.List;
import java.util.Optional;

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
   * Compiles a router that differs in a few routes from one that this factory has made before.
   *
   * @param before stays as it is, and serves until the new one takes over
   * @throws RuntimeException when a route cannot be compiled; the message names the route
   */
  default Router compile(Router before, RouteChanges changes) {
    return compile(changes.all().get());
  }

  /**
   * Compiles the routes of connections.
   *
   * @param routes those of the protocols tcp, tls and tls_passthrough
   * @throws RuntimeException when a route cannot be compiled; the message names the route
   */
  default StreamRouter compileStreams(List<RouteDefinition> routes) {
    return query -> Optional.empty();
  }

  /**
   * Checks one route that is about to be written, beyond what its schema says.
   *
   * @return what is wrong with it, empty when nothing is
   */
  default List<String> check(Route route) {
    return List.of();
  }

  /** The field of a route that a problem found by {@link #check} is told of; empty for the route as a whole. */
  default Optional<String> checkedField() {
    return Optional.of("paths");
  }
}
