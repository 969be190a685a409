package dev.sluice.plugins.routertraditional;

import dev.sluice.api.entity.Route;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToIntFunction;
import java.util.stream.Stream;

/**
 * The two orders. In both, routes with more attributes come first.
 *
 * <p>What Kong leaves open is settled the same way in both: a host with a port comes before one without, then the
 * older route, then the lesser id, then the earlier path.
 */
final class RuleOrder implements Comparator<Rule> {

  private static final List<Step> TIE =
      List.of(
          most("the host has no port", rule -> rule.host().hasPort() ? 1 : 0),
          new Step("made later", Comparator.comparing(rule -> route(rule).createdAt())),
          new Step("a greater id", Comparator.comparing(rule -> route(rule).id())),
          new Step("a later path", Comparator.comparing(rule -> rule.path().position())));

  /** Kong packs these into one number of 64 bits, from the highest bit on, and compares that. */
  static final RuleOrder COMPATIBLE =
      new RuleOrder(
          most("fewer kinds of criteria", RuleOrder::count),
          most("not all hosts are plain", rule -> rule.terms().plainHosts() ? 1 : 0),
          most("fewer headers", rule -> Math.min(headers(rule), 255)),
          most("the path is no regular expression", rule -> rule.path().isRegex() ? 1 : 0),
          most("a lower regex_priority", RuleOrder::regexPriority),
          most("a shorter path", rule -> rule.path().length()));

  /** Kong sorts classes by attribute set, and the routes within each class. */
  static final RuleOrder TRADITIONAL =
      new RuleOrder(
          most("fewer kinds of criteria", RuleOrder::count),
          most("lesser kinds of criteria", RuleOrder::attributeSet),
          most("hosts or path of a lesser kind", RuleOrder::kindOfHostAndPath),
          most("fewer headers", RuleOrder::headers),
          most("a lower regex_priority", RuleOrder::regexPriority),
          most("a shorter path", rule -> rule.path().length()));

  private static final int HOSTS = 64;
  private static final int HEADERS = 32;
  private static final int PATHS = 16;
  private static final int METHODS = 8;
  private static final int SNIS = 4;

  private static final int WILDCARD_WITH_PORT = 4;
  private static final int PLAIN_HOSTS = 2;
  private static final int REGEX = 1;

  private final List<Step> steps;

  /**
   * One comparison.
   *
   * @param behind what it means for the greater one, in words
   * @param order the lesser one comes first
   */
  private record Step(String behind, Comparator<Rule> order) {}

  private RuleOrder(Step... own) {
    steps = Stream.concat(Stream.of(own), TIE.stream()).toList();
  }

  @Override
  public int compare(Rule one, Rule other) {
    for (int i = 0; i < steps.size(); i++) {
      int order = steps.get(i).order().compare(one, other);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  /** What puts a rule behind one that comes before it; empty when nothing does. */
  String behind(Rule first, Rule second) {
    return steps.stream()
        .filter(step -> step.order().compare(first, second) != 0)
        .findFirst()
        .map(Step::behind)
        .orElse("");
  }

  private static Step most(String behind, ToIntFunction<Rule> key) {
    return new Step(behind, Comparator.comparingInt(key).reversed());
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
}
