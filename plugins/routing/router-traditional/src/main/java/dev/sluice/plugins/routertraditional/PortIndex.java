package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouteQuery;
import dev.sluice.plugins.routing.HostText;
import dev.sluice.plugins.routing.RuleChange;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The rules for one host, or one host with a wildcard: those for any port, and those for a certain one. */
final class PortIndex {

  static final PortIndex EMPTY = new PortIndex(new TreeMap<>());

  private final PathIndex anyPort;
  private final int[] ports;
  private final PathIndex[] byPort;

  private PortIndex(SortedMap<Integer, PathIndex> indexes) {
    anyPort = indexes.getOrDefault(HostText.NO_PORT, PathIndex.EMPTY);
    indexes.remove(HostText.NO_PORT);
    ports = indexes.keySet().stream().mapToInt(Integer::intValue).toArray();
    byPort = indexes.values().toArray(PathIndex[]::new);
  }

  /** Indexes rules that are sorted, the best first. */
  static PortIndex of(List<Rule> rules) {
    SortedMap<Integer, PathIndex> indexes = new TreeMap<>();
    RuleChange.split(rules, rule -> rule.host().port())
        .forEach((port, same) -> indexes.put(port, PathIndex.of(same)));
    return new PortIndex(indexes);
  }

  /** This index after a change; shares with this one what has not changed. */
  PortIndex changed(RuleChange<Rule> change) {
    SortedMap<Integer, PathIndex> indexes = new TreeMap<>();
    indexes.put(HostText.NO_PORT, anyPort);
    for (int i = 0; i < ports.length; i++) {
      indexes.put(ports[i], byPort[i]);
    }
    change
        .by(rule -> rule.host().port())
        .forEach((port, part) -> indexes.put(port, indexes.getOrDefault(port, PathIndex.EMPTY).changed(part)));
    indexes.values().removeIf(PathIndex::isEmpty);
    return new PortIndex(indexes);
  }

  boolean isEmpty() {
    return anyPort.isEmpty() && ports.length == 0;
  }

  Rule find(RouteQuery query, int port, Rule best) {
    Rule found = anyPort.find(query, best);
    for (int i = 0; i < ports.length; i++) {
      if (ports[i] == port) {
        found = byPort[i].find(query, found);
      }
    }
    return found;
  }
}
