package dev.sluice.api.routing;

import java.util.Optional;

/** An immutable, compiled set of routes. Used by all event loops at once; takes no lock. */
@FunctionalInterface
public interface Router {

  /** Finds the route of a request. Must not block. */
  Optional<RouteMatch> select(RouteQuery query);
}
