package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.routing.RouteQuery;
import dev.sluice.plugins.routing.RuleChange;

/** A part of the index. Immutable; safe to use from all event loops at once. */
interface IndexPart {

  /** The best rule that matches and is better than the one found so far; else the latter. */
  Rule find(RouteQuery query, Rule best);

  /** This part after a change; shares with this one what has not changed. */
  IndexPart changed(RuleChange<Rule> change);

  /** Whether there are no rules. */
  boolean isEmpty();
}
