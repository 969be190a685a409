package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouteQuery;
import dev.sluice.plugins.routing.HostText;
import dev.sluice.plugins.routing.RegionMap;
import dev.sluice.plugins.routing.RuleChange;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * All rules, by host: one table of plain hosts, and one for each end that a star can be at, asked once for each dot of
 * the request's host.
 */
final class HostIndex {

  private final Flavor flavor;
  private final RegionMap<PortIndex> plain;
  private final RegionMap<PortIndex> leadingStar;
  private final RegionMap<PortIndex> trailingStar;
  private final PathIndex anyHost;
  private final boolean wildcards;

  private HostIndex(
      Flavor flavor,
      RegionMap<PortIndex> plain,
      RegionMap<PortIndex> leadingStar,
      RegionMap<PortIndex> trailingStar,
      PathIndex anyHost) {
    this.flavor = flavor;
    this.plain = plain;
    this.leadingStar = leadingStar;
    this.trailingStar = trailingStar;
    this.anyHost = anyHost;
    this.wildcards = !leadingStar.isEmpty() || !trailingStar.isEmpty();
  }

  /** Indexes rules that are sorted, the best first. */
  static HostIndex of(List<Rule> rules, Flavor flavor) {
    Map<HostPattern.Kind, List<Rule>> split = RuleChange.split(rules, rule -> rule.host().kind());
    return new HostIndex(
        flavor,
        byPort(split.getOrDefault(HostPattern.Kind.PLAIN, List.of())),
        byPort(split.getOrDefault(HostPattern.Kind.LEADING_STAR, List.of())),
        byPort(split.getOrDefault(HostPattern.Kind.TRAILING_STAR, List.of())),
        PathIndex.of(split.getOrDefault(HostPattern.Kind.ANY, List.of())));
  }

  /** This index after a change; shares with this one what has not changed. */
  HostIndex changed(RuleChange<Rule> change) {
    Map<HostPattern.Kind, RuleChange<Rule>> parts = change.by(rule -> rule.host().kind());
    RuleChange<Rule> any = parts.get(HostPattern.Kind.ANY);
    return new HostIndex(
        flavor,
        changed(plain, parts.get(HostPattern.Kind.PLAIN)),
        changed(leadingStar, parts.get(HostPattern.Kind.LEADING_STAR)),
        changed(trailingStar, parts.get(HostPattern.Kind.TRAILING_STAR)),
        any == null ? anyHost : anyHost.changed(any));
  }

  private static RegionMap<PortIndex> changed(RegionMap<PortIndex> hosts, RuleChange<Rule> change) {
    if (change == null) {
      return hosts;
    }
    Map<String, PortIndex> put = new HashMap<>();
    Set<String> removed = new HashSet<>();
    change
        .by(rule -> rule.host().key())
        .forEach(
            (host, part) -> {
              PortIndex known = hosts.get(host);
              PortIndex next = (known == null ? PortIndex.EMPTY : known).changed(part);
              if (next.isEmpty()) {
                removed.add(host);
              } else {
                put.put(host, next);
              }
            });
    return hosts.changed(put, removed);
  }

  /** The best rule that matches, or {@link Rule#NONE}. */
  Rule find(RouteQuery query) {
    String host = query.host();
    Rule found = Rule.NONE;
    if (!host.isEmpty()) {
      int from = HostText.nameStart(host);
      int to = HostText.nameEnd(host);
      int port = HostText.port(host);
      boolean given = port != HostText.NO_PORT;
      PortIndex exact = plain.get(host, from, to);
      if (exact != null) {
        found = exact.find(query, given ? port : flavor.portOfPlainHost(query), found);
      }
      if (wildcards) {
        found = findWildcards(query, from, to, given ? port : flavor.portOfWildcardHost(query), found);
      }
    }
    return anyHost.find(query, found);
  }

  private Rule findWildcards(RouteQuery query, int from, int to, int port, Rule best) {
    String host = query.host();
    Rule found = best;
    for (int dot = host.indexOf('.', from); dot >= 0 && dot < to; dot = host.indexOf('.', dot + 1)) {
      PortIndex ending = dot == from ? null : leadingStar.get(host, dot, to);
      if (ending != null) {
        found = ending.find(query, port, found);
      }
      PortIndex starting = dot + 1 == to ? null : trailingStar.get(host, from, dot + 1);
      if (starting != null) {
        found = starting.find(query, port, found);
      }
    }
    return found;
  }

  private static RegionMap<PortIndex> byPort(List<Rule> rules) {
    Map<String, PortIndex> made = new HashMap<>();
    RuleChange.split(rules, rule -> rule.host().key()).forEach((key, same) -> made.put(key, PortIndex.of(same)));
    return new RegionMap<>(made);
  }
}
