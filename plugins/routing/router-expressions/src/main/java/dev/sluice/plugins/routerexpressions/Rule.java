package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.entity.Service;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.routing.RouteQuery;
import dev.sluice.plugins.routing.Ranked;
import dev.sluice.plugins.routing.UpstreamPath;
import java.util.Comparator;

/**
 * A route with its condition, or, of a route with classic fields, the part of it that has one priority. It is a bucket
 * of its own, since most buckets hold no other.
 *
 * @param definition the route
 * @param condition when it matches
 * @param needs what every request has that matches
 * @param priority the higher comes first, compared without sign
 * @param position among the rules of the route
 * @param rank place in the order of all rules; the least wins over all others
 */
record Rule(RouteDefinition definition, Condition condition, Needs needs, long priority, int position, long rank)
    implements Bucket, Ranked<Rule> {

  /** No rule: any other is better, and so it is never asked what it has no condition for. */
  static final Rule NONE = new Rule(null, (query, trace) -> false, Needs.NOTHING, 0, 0, UNRANKED);

  /**
   * Which of two matching rules wins: the lesser one. Of expressions with the same priority the one with the greater
   * id, as in Kong's; of classic fields the older one, as in the flavor traditional_compatible.
   */
  static final Comparator<Rule> ORDER =
      Comparator.comparing(Rule::priority, (one, other) -> Long.compareUnsigned(other, one))
          .thenComparing(rule -> rule.isExpression() ? 0 : 1)
          .thenComparing((one, other) -> one.isExpression() ? other.id().compareTo(one.id()) : 0)
          .thenComparing(rule -> rule.definition().route().createdAt())
          .thenComparing(Rule::id)
          .thenComparing(Rule::position);

  private boolean isExpression() {
    return definition.route().expression().isPresent();
  }

  private String id() {
    return definition.route().id();
  }

  @Override
  public Rule ranked(long place) {
    return rank == place ? this : new Rule(definition, condition, needs, priority, position, place);
  }

  @Override
  public Rule find(RouteQuery query, Rule best) {
    return rank < best.rank && matches(query) ? this : best;
  }

  /** The same with another condition. */
  Rule when(Condition other) {
    return new Rule(definition, other, needs, priority, position, rank);
  }

  boolean matches(RouteQuery query) {
    return condition.holds(query, Trace.OFF);
  }

  /** The condition as a text; of a route with classic fields, that of the whole route. */
  String shown() {
    return definition.route().expression().orElseGet(() -> ClassicFields.shown(definition.route()));
  }

  /** What puts it behind another one, in words. */
  String behind(Rule first) {
    return first.rank == UNRANKED ? "" : first.priority == priority ? "made later, or another id" : "a lower priority";
  }

  /** The match of a request that matches. */
  RouteMatch match(RouteQuery query) {
    Trace trace = Trace.on();
    condition.holds(query, trace);
    boolean strip = definition.route().stripPath();
    String matched = trace.path();
    String base = definition.service().flatMap(Service::path).filter(path -> !path.isEmpty()).orElse("/");
    int length = matched.isEmpty() ? UpstreamPath.NO_PATH : matched.length();
    // The root alone does not count: what follows it is put behind a slash again.
    return new RouteMatch(
        definition,
        UpstreamPath.v0(base, query.path(), length, strip),
        strip && length > 1 ? matched : "",
        trace.captures());
  }
}
