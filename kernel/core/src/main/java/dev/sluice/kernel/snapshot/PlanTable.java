package dev.sluice.kernel.snapshot;

import java.util.List;
import org.pcollections.HashTreePSet;
import org.pcollections.PSet;

/**
 * The plans of all routes. Immutable.
 *
 * @param byRoute by the id of the route
 * @param placed the ids of the routes that have a strategy among their filters
 * @param made those of the plans that no snapshot before had
 * @param numbered how many routes have been given a number since the node began
 */
record PlanTable(LayeredMap<String, RoutePlan> byRoute, PSet<String> placed, List<RoutePlan> made, int numbered) {

  /** No routes. */
  static final PlanTable NONE = new PlanTable(LayeredMap.empty(), HashTreePSet.empty(), List.of(), 0);

  /** The same plans in the next snapshot. */
  PlanTable kept() {
    return new PlanTable(byRoute, placed, List.of(), numbered);
  }

  /** Has requests find the plans by what the router knows of their routes; when nothing can keep the snapshot from serving. */
  void lead() {
    made.forEach(plan -> plan.definition().lead(plan));
  }
}
