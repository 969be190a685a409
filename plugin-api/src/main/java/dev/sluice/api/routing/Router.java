package dev.sluice.api.routing;

import java.util.List;
import java.util.Optional;

/** An immutable, compiled set of routes. Used by all event loops at once; takes no lock. */
@FunctionalInterface
public interface Router {

  /** Finds the route of a request. Must not block. */
  Optional<RouteMatch> select(RouteQuery query);

  /**
   * Says which criteria of which routes a request meets: by the rules of {@link #select}, but for people. Not on an event
   * loop, since it may look at all routes.
   *
   * @param most how many routes to tell of
   * @return the route that is found, then those that match as well; when none matches, those that miss the least. Empty
   *     when the router does not tell
   */
  default List<RouteCandidate> candidates(RouteQuery query, int most) {
    return List.of();
  }
}
