package dev.sluice.kernel.snapshot;

import org.pcollections.HashTreePSet;
import org.pcollections.PSet;

/**
 * The plans of all routes. Immutable.
 *
 * @param byRoute by the id of the route
 * @param placed the ids of the routes that have a strategy among their filters
 */
record PlanTable(LayeredMap<String, RoutePlan> byRoute, PSet<String> placed) {

  /** No routes. */
  static final PlanTable NONE = new PlanTable(LayeredMap.empty(), HashTreePSet.empty());
}
