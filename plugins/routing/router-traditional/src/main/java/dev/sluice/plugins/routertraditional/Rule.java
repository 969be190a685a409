package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.routing.RouteQuery;
import dev.sluice.plugins.routing.Ranked;
import java.util.List;

/**
 * One host and one path of a route, with all its other terms: the unit that is indexed and ranked. It is a bucket of
 * its own, since most buckets hold no other.
 *
 * @param terms of the route
 * @param host that the index has compared before the rule is asked
 * @param path whose literal the index has compared
 * @param rank place in the order of all rules; the least wins over all others
 */
record Rule(RouteTerms terms, HostPattern host, PathPattern path, long rank) implements Bucket, Ranked<Rule> {

  /** No rule: any other is better, and so it is never asked what it has no terms for. */
  static final Rule NONE = new Rule(null, HostPattern.ANY, PathPattern.ANY, UNRANKED);

  @Override
  public Rule ranked(long place) {
    return rank == place ? this : new Rule(terms, host, path, place);
  }

  @Override
  public Rule find(RouteQuery query, Rule best) {
    return rank < best.rank && matches(query) ? this : best;
  }

  @Override
  public List<Rule> rules() {
    return List.of(this);
  }

  /** Whether all matches that the index has not compared. */
  boolean matches(RouteQuery query) {
    return terms.matches(query) && path.matches(query.path());
  }

  RouteMatch match(String requestPath) {
    return terms.match(path, requestPath);
  }
}
