package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.routing.RouteQuery;

/** A compiled expression. Immutable; safe to use from all event loops at once. */
@FunctionalInterface
interface Condition {

  /** Whether it holds for a request. */
  boolean holds(RouteQuery query, Trace trace);
}
