package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouteQuery;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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

  /** Indexes rules that are sorted, the best first. */
  HostIndex(List<Rule> rules, Flavor flavor) {
    Map<HostPattern.Kind, Map<String, List<Rule>>> split = new EnumMap<>(HostPattern.Kind.class);
    for (HostPattern.Kind kind : HostPattern.Kind.values()) {
      split.put(kind, new LinkedHashMap<>());
    }
    for (Rule rule : rules) {
      split.get(rule.host().kind())
          .computeIfAbsent(rule.host().key(), absent -> new ArrayList<>())
          .add(rule);
    }
    this.flavor = flavor;
    plain = byPort(split.get(HostPattern.Kind.PLAIN));
    leadingStar = byPort(split.get(HostPattern.Kind.LEADING_STAR));
    trailingStar = byPort(split.get(HostPattern.Kind.TRAILING_STAR));
    anyHost = new PathIndex(split.get(HostPattern.Kind.ANY).getOrDefault("", List.of()));
    wildcards = !leadingStar.isEmpty() || !trailingStar.isEmpty();
  }

  /** The rank of the best rule that matches, or {@link Rule#NONE}. */
  int find(RouteQuery query) {
    String host = query.host();
    int found = Rule.NONE;
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

  private int findWildcards(RouteQuery query, int from, int to, int port, int best) {
    String host = query.host();
    int found = best;
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

  private static RegionMap<PortIndex> byPort(Map<String, List<Rule>> rules) {
    Map<String, PortIndex> made = new LinkedHashMap<>();
    rules.forEach((key, same) -> made.put(key, new PortIndex(same)));
    return new RegionMap<>(made);
  }
}
