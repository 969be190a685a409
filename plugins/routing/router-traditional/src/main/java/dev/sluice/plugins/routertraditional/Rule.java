package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.routing.RouteQuery;

/**
 * One host and one path of a route, with all its other terms: the unit that is indexed and ranked. It is a bucket of
 * its own, since most buckets hold no other.
 *
 * @param terms of the route
 * @param host that the index has compared before the rule is asked
 * @param path whose literal the index has compared
 * @param rank place in the order of all rules; 0 wins over all others
 */
record Rule(RouteTerms terms, HostPattern host, PathPattern path, int rank) implements Bucket {

  /** In place of a rank: no rule. */
  static final int NONE = Integer.MAX_VALUE;

  Rule ranked(int place) {
    return rank == place ? this : new Rule(terms, host, path, place);
  }

  @Override
  public int find(RouteQuery query, int best) {
    return rank < best && matches(query) ? rank : best;
  }

  /** Whether all matches that the index has not compared. */
  boolean matches(RouteQuery query) {
    return terms.matches(query) && path.matches(query.path());
  }

  RouteMatch match(String requestPath) {
    return terms.match(path, requestPath);
  }
}
