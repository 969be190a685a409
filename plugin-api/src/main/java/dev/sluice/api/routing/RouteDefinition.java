package dev.sluice.api.routing;

import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import java.util.Optional;

/** A route with what the router needs besides. Immutable. A router gives back the very one that it was compiled of. */
public interface RouteDefinition {

  /** The route. */
  Route route();

  /** Its service; a route without one is answered by plugins alone. */
  Optional<Service> service();

  /**
   * Stands for the route where a table has to be fast: hardly any other that serves has the same, and those that came together
   * lie close together. A changed route keeps it. Any value; who needs to be sure compares more than this.
   */
  int number();

  /** A route with its service, and nothing else. */
  static RouteDefinition of(Route route, Optional<Service> service) {
    return new PlainDefinition(route, service);
  }
}
