package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.routing.RouteQuery;
import dev.sluice.plugins.routing.Ranked;
import dev.sluice.plugins.routing.Regex.Hit;
import dev.sluice.plugins.routing.UpstreamPath;
import java.util.List;

/**
 * One host and one path of a route, with all its other terms: the unit that is indexed and ranked. It is a bucket of
 * its own, since most buckets hold no other.
 *
 * <p>Of ten thousand routes none is in the caches when its turn comes. So the rule has, beside its terms and its path, what
 * a request asks of most rules: these need not be fetched from memory as well.
 */
final class Rule implements Bucket, Ranked<Rule> {

  /** No rule: any other is better, and so it is never asked what it has no terms for. */
  static final Rule NONE = new Rule(RouteTerms.nothing(null), HostPattern.ANY, PathPattern.ANY, UNRANKED);

  private final RouteTerms terms;
  private final HostPattern host;
  private final PathPattern path;
  private final long rank;
  private final RouteDefinition definition;
  private final String literal;
  private final String base;
  private final int length;
  private final boolean compared;
  private final boolean regex;
  private final boolean strip;
  private final boolean v1;

  /**
   * Makes one.
   *
   * @param terms of the route
   * @param host that the index has compared before the rule is asked
   * @param path whose literal the index has compared
   * @param rank place in the order of all rules; the least wins over all others
   */
  Rule(RouteTerms terms, HostPattern host, PathPattern path, long rank) {
    this.terms = terms;
    this.host = host;
    this.path = path;
    this.rank = rank;
    this.definition = terms.definition();
    this.literal = path.literal();
    this.base = terms.base();
    this.length = path.length();
    this.regex = path.isRegex();
    this.compared = !regex && terms.asksNothing();
    this.strip = terms.strip();
    this.v1 = terms.v1();
  }

  /** What all rules of the route share. */
  RouteTerms terms() {
    return terms;
  }

  /** The host. */
  HostPattern host() {
    return host;
  }

  /** The path. */
  PathPattern path() {
    return path;
  }

  @Override
  public long rank() {
    return rank;
  }

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
    return compared || terms.matches(query) && path.matches(query.path());
  }

  RouteMatch match(String requestPath) {
    if (!regex) {
      return RouteMatch.of(definition, upstream(requestPath, length), strips(length) ? literal : "");
    }
    if (!strip && !path.capturing()) {
      return RouteMatch.of(definition, upstream(requestPath, 0), "");
    }
    Hit hit = path.hit(requestPath);
    String stripped = strips(hit.end()) ? requestPath.substring(0, hit.end()) : "";
    return new RouteMatch(definition, upstream(requestPath, hit.end()), stripped, hit.captures());
  }

  /** The root alone does not count: what follows it is put behind a slash again. */
  private boolean strips(int matched) {
    return strip && matched > 1;
  }

  private String upstream(String requestPath, int matched) {
    return v1
        ? UpstreamPath.v1(base, requestPath, matched, strip)
        : UpstreamPath.v0(base, requestPath, matched, strip);
  }
}
