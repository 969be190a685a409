package dev.sluice.plugins.routertraditional;

import dev.sluice.api.entity.Route;
import java.util.Comparator;
import java.util.function.ToIntFunction;

/**
 * The two orders. In both, routes with more attributes come first.
 *
 * <p>What Kong leaves open is settled the same way in both: a host with a port comes before one without, then the
 * older route, then the lesser id, then the earlier path.
 */
final class RuleOrder {

  /** Kong packs these into one number of 64 bits, from the highest bit on, and compares that. */
  static final Comparator<Rule> COMPATIBLE =
      descending(RuleOrder::count)
          .thenComparing(descending(rule -> rule.terms().plainHosts() ? 1 : 0))
          .thenComparing(descending(rule -> Math.min(headers(rule), 255)))
          .thenComparing(descending(rule -> rule.path().isRegex() ? 1 : 0))
          .thenComparing(descending(RuleOrder::regexPriority))
          .thenComparing(descending(rule -> rule.path().length()))
          .thenComparing(tie());

  /** Kong sorts classes by attribute set, and the routes within each class. */
  static final Comparator<Rule> TRADITIONAL =
      descending(RuleOrder::count)
          .thenComparing(descending(RuleOrder::attributeSet))
          .thenComparing(descending(RuleOrder::kindOfHostAndPath))
          .thenComparing(descending(RuleOrder::headers))
          .thenComparing(descending(RuleOrder::regexPriority))
          .thenComparing(descending(rule -> rule.path().length()))
          .thenComparing(tie());

  private static final int HOSTS = 64;
  private static final int HEADERS = 32;
  private static final int PATHS = 16;
  private static final int METHODS = 8;
  private static final int SNIS = 4;

  private static final int WILDCARD_WITH_PORT = 4;
  private static final int PLAIN_HOSTS = 2;
  private static final int REGEX = 1;

  private RuleOrder() {}

  private static Comparator<Rule> tie() {
    return descending(rule -> rule.host().hasPort() ? 1 : 0)
        .thenComparing(rule -> route(rule).createdAt())
        .thenComparing(rule -> route(rule).id())
        .thenComparing(rule -> rule.path().position());
  }

  private static int count(Rule rule) {
    return Integer.bitCount(rule.terms().attributes());
  }

  private static int attributeSet(Rule rule) {
    return rule.terms().attributes();
  }

  /** The attributes that a route has. */
  static int attributes(Route route) {
    return (route.hosts().isEmpty() ? 0 : HOSTS)
        | (route.headers().isEmpty() ? 0 : HEADERS)
        | (route.paths().isEmpty() ? 0 : PATHS)
        | (route.methods().isEmpty() ? 0 : METHODS)
        | (route.snis().isEmpty() ? 0 : SNIS);
  }

  private static int kindOfHostAndPath(Rule rule) {
    return (rule.terms().wildcardPort() ? WILDCARD_WITH_PORT : 0)
        | (rule.terms().plainHosts() ? PLAIN_HOSTS : 0)
        | (rule.path().isRegex() ? REGEX : 0);
  }

  private static int headers(Rule rule) {
    return route(rule).headers().size();
  }

  private static int regexPriority(Rule rule) {
    return rule.path().isRegex() ? route(rule).regexPriority() : 0;
  }

  private static Route route(Rule rule) {
    return rule.terms().definition().route();
  }

  private static Comparator<Rule> descending(ToIntFunction<Rule> key) {
    return Comparator.comparingInt(key).reversed();
  }
}
