package dev.sluice.plugins.routertraditional;

import dev.sluice.api.entity.Route;
import dev.sluice.api.routing.RouteCandidate;
import dev.sluice.api.routing.RouteQuery;
import dev.sluice.plugins.routing.RankedRules;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What is said to people of routes beside a request. Each criterion is asked of an index over a rule that has nothing but
 * that criterion, so that it is compared as it is on the request path.
 */
final class Candidates {

  /** Among how many rules those are looked for that nearly match. */
  private static final int LOOKED_AT = 20_000;

  private final Flavor flavor;
  private final RouteQuery query;
  private final int most;

  Candidates(Flavor flavor, RouteQuery query, int most) {
    this.flavor = flavor;
    this.query = query;
    this.most = most;
  }

  /** The rule that was found, and those behind it that match as well: one for each route. */
  List<RouteCandidate> matching(Rule found, Iterable<Rule> sorted) {
    List<RouteCandidate> candidates = new ArrayList<>();
    candidates.add(candidate(found, ""));
    Rule last = found;
    for (Rule rule : sorted) {
      if (candidates.size() == most) {
        break;
      }
      String route = rule.terms().definition().route().id();
      boolean told = candidates.stream().anyMatch(each -> each.definition().route().id().equals(route));
      if (rule.rank() > found.rank() && !told && matches(rule)) {
        candidates.add(candidate(rule, flavor.order().behind(last, rule)));
        last = rule;
      }
    }
    return candidates;
  }

  /** The routes that miss the fewest criteria, and of each the rule that does. */
  List<RouteCandidate> near(RankedRules<Rule> sorted) {
    Map<String, RouteCandidate> best = new HashMap<>();
    List<String> order = new ArrayList<>();
    for (Rule rule : sorted.stream().limit(LOOKED_AT).toList()) {
      RouteCandidate candidate = candidate(rule, "");
      String id = candidate.definition().route().id();
      RouteCandidate before = best.get(id);
      if (before == null || candidate.missed().size() < before.missed().size()) {
        best.put(id, candidate);
      }
      if (before == null) {
        order.add(id);
      }
    }
    return order.stream()
        .map(best::get)
        .filter(each -> !each.matched().isEmpty())
        .sorted(Comparator.comparingInt(each -> each.missed().size()))
        .limit(most)
        .toList();
  }

  private boolean matches(Rule rule) {
    return HostIndex.of(List.of(rule.ranked(0)), flavor).find(query).rank() != Rule.UNRANKED;
  }

  private boolean matches(Rule rule, HostPattern host, PathPattern path) {
    return matches(new Rule(RouteTerms.nothing(rule.terms().definition()), host, path, 0));
  }

  private RouteCandidate candidate(Rule rule, String behind) {
    Route route = rule.terms().definition().route();
    Map<String, String> matched = new LinkedHashMap<>();
    Map<String, String> missed = new LinkedHashMap<>();
    if (!route.methods().isEmpty()) {
      boolean right = rule.terms().methods().contains(query.method());
      (right ? matched : missed).put("method", right ? query.method() : String.join(", ", route.methods()));
    }
    if (rule.host().kind() != HostPattern.Kind.ANY) {
      boolean right = matches(rule, rule.host(), PathPattern.ANY);
      (right ? matched : missed).put("host", host(route, rule.host()));
    }
    if (!route.paths().isEmpty()) {
      boolean right = matches(rule, HostPattern.ANY, rule.path());
      (right ? matched : missed).put("path", route.paths().get(rule.path().position()));
    }
    for (HeaderTerm term : rule.terms().headers()) {
      boolean right = term.matches(query.headers());
      (right ? matched : missed).put("header " + term.name(), String.join(", ", route.headers().get(term.name())));
    }
    rule.terms().snis().ifPresent(
        term -> (term.matches(query) ? matched : missed).put("sni", sni(route)));
    return new RouteCandidate(rule.terms().definition(), matched, missed, behind);
  }

  private String sni(Route route) {
    return SniTerm.playsNoPart(query) ? "none over plain HTTP" : String.join(", ", route.snis());
  }

  private static String host(Route route, HostPattern pattern) {
    return route.hosts().stream().filter(text -> HostPattern.parse(text).equals(pattern)).findFirst().orElse(pattern.key());
  }
}
