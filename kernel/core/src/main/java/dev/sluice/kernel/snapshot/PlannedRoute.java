package dev.sluice.kernel.snapshot;

import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.routing.RouteDefinition;
import java.util.Optional;

/**
 * A route as the router knows it, which knows its plan: of ten thousand routes none is in the caches when its turn comes, and
 * a table that is asked by the route's id costs a request several waits for memory.
 *
 * <p>The plan is set on the control thread, before the snapshot that it is new in is published, and read by all event loops.
 * So whoever serves by an older snapshot may meet it; the version that it is there from tells.
 */
final class PlannedRoute implements RouteDefinition {

  private final Route route;
  private final Optional<Service> service;
  private final int number;
  private RoutePlan newest;

  PlannedRoute(Route route, Optional<Service> service, int number) {
    this.number = number;
    this.route = route;
    this.service = service;
  }

  @Override
  public Route route() {
    return route;
  }

  @Override
  public Optional<Service> service() {
    return service;
  }

  @Override
  public int number() {
    return number;
  }

  /** Notes the plan that serves from the next snapshot on. */
  void lead(RoutePlan plan) {
    newest = plan;
  }

  /** The plan in a version; null when that has to be looked up. */
  RoutePlan plan(long version) {
    RoutePlan known = newest;
    return known == null || known.since() > version ? null : known;
  }
}
