package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouteQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The rules for one host, or one host with a wildcard: those for any port, and those for a certain one. */
final class PortIndex {

  private static final int[] NO_PORTS = {};

  private final PathIndex anyPort;
  private final int[] ports;
  private final PathIndex[] byPort;

  /** Indexes rules that are sorted, the best first. */
  PortIndex(List<Rule> rules) {
    Map<Integer, List<Rule>> split = new TreeMap<>();
    for (Rule rule : rules) {
      split.computeIfAbsent(rule.host().port(), absent -> new ArrayList<>()).add(rule);
    }
    List<Rule> any = split.remove(HostText.NO_PORT);
    anyPort = any == null ? PathIndex.EMPTY : new PathIndex(any);
    ports = split.isEmpty() ? NO_PORTS : split.keySet().stream().mapToInt(Integer::intValue).toArray();
    byPort = split.values().stream().map(PathIndex::new).toArray(PathIndex[]::new);
  }

  int find(RouteQuery query, int port, int best) {
    int found = anyPort.find(query, best);
    for (int i = 0; i < ports.length; i++) {
      if (ports[i] == port) {
        found = byPort[i].find(query, found);
      }
    }
    return found;
  }
}
