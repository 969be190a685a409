package dev.sluice.plugins.prometheus;

import dev.sluice.api.deployment.Decision;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.LongAdder;

/**
 * Requests by what strategies of deployment have said of them. To count one more of a kind that is known allocates
 * nothing. Safe for all threads.
 */
final class Decisions {

  private static final int MOST = 10_000;
  private static final String REST = "rest";
  private static final List<String> CLASSES = List.of("other", "1xx", "2xx", "3xx", "4xx", "5xx");
  private static final int HUNDRED = 100;

  private final Limit limit = new Limit(MOST);
  /** By workspace and service: few of each, and few cells in each of those. */
  private final Map<String, Map<String, List<Cell>>> cells = new ConcurrentHashMap<>();

  /** What one strategy has said of requests to one service. */
  private record Cell(String strategy, String group, List<LongAdder> byClass) {

    static Cell of(Decision decision) {
      return new Cell(
          decision.strategy(), decision.selection().group(), CLASSES.stream().map(each -> new LongAdder()).toList());
    }

    boolean holds(Decision decision) {
      return strategy.equals(decision.strategy()) && group.equals(decision.selection().group());
    }

    void count(int status) {
      int of = status / HUNDRED;
      byClass.get(of < CLASSES.size() ? of : 0).increment();
    }
  }

  /** Who is shown what was counted. */
  @FunctionalInterface
  interface Reader {
    void read(List<String> labels, long requests);
  }

  /** The labels of what is shown. */
  static List<String> labels() {
    return List.of("service", "workspace", "strategy", "group", "status");
  }

  /** Counts a request that has ended with a status. */
  void count(Traffic.Place place, Decision decision, int status) {
    List<Cell> ofService = cells(place);
    for (int i = 0; i < ofService.size(); i++) {
      Cell cell = ofService.get(i);
      if (cell.holds(decision)) {
        cell.count(status);
        return;
      }
    }
    add(ofService, decision, status);
  }

  private List<Cell> cells(Traffic.Place place) {
    Map<String, List<Cell>> services = cells.get(place.workspace());
    if (services == null) {
      services = cells.computeIfAbsent(place.workspace(), name -> new ConcurrentHashMap<>());
    }
    List<Cell> ofService = services.get(place.service());
    return ofService == null ? services.computeIfAbsent(place.service(), name -> new CopyOnWriteArrayList<>()) : ofService;
  }

  private void add(List<Cell> ofService, Decision decision, int status) {
    synchronized (ofService) {
      for (Cell cell : ofService) {
        if (cell.holds(decision)) {
          cell.count(status);
          return;
        }
      }
      if (limit.admit()) {
        Cell fresh = Cell.of(decision);
        fresh.count(status);
        ofService.add(fresh);
      }
    }
  }

  /** Shows each kind that has been seen. */
  void read(Reader reader) {
    cells.forEach((workspace, services) -> services.forEach((service, ofService) -> {
      for (Cell cell : ofService) {
        String group = cell.group().isEmpty() ? REST : cell.group();
        for (int i = 0; i < CLASSES.size(); i++) {
          long requests = cell.byClass().get(i).sum();
          if (requests > 0) {
            reader.read(List.of(service, workspace, cell.strategy(), group, CLASSES.get(i)), requests);
          }
        }
      }
    }));
  }
}
