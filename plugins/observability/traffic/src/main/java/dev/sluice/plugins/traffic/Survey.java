package dev.sluice.plugins.traffic;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Adds up what was counted, for one question. Takes a while with many places: not on an event loop.
 *
 * @param wanted which requests
 * @param by the id of a place that requests are told apart by
 * @param from the first second
 * @param until the second after the last one
 * @param step how many seconds make up one point
 */
record Survey(Wanted wanted, Function<Place, String> by, long from, long until, int step) {

  /** One of the busiest places. */
  static final class Row {
    private final Tally tally = new Tally();
    private final long[] series;

    private Row(int points) {
      series = new long[points];
    }

    JsonObject json() {
      return tally.json().put("series", array(series));
    }
  }

  /**
   * What was found.
   *
   * @param total the sum of all, with its series
   * @param rows the busiest ones, by id, busiest first
   * @param more how many others there are
   * @param apartFrom the first second since when places are told apart
   */
  record Found(JsonObject total, Map<String, Row> rows, int more, long apartFrom) {}

  private static JsonArray array(long[] numbers) {
    JsonArray array = new JsonArray();
    for (long each : numbers) {
      array.add(each);
    }
    return array;
  }

  private int points() {
    return (int) ((until - from + step - 1) / step);
  }

  private int point(Window window) {
    return (int) ((window.second() - from) / step);
  }

  Found read(Counts counts, int size) {
    Map<String, long[]> requests = new HashMap<>();
    long[] apartFrom = {from};
    counts.read(from, until, (window, record) -> {
      Place place = window.place(record);
      if (!window.apart()) {
        apartFrom[0] = Math.max(apartFrom[0], window.second() + 1);
      } else if (wanted.place(place)) {
        requests.computeIfAbsent(by.apply(place), each -> new long[1])[0] += window.requests(record);
      }
    });
    List<String> busiest = requests.entrySet().stream()
        .sorted(Comparator.<Map.Entry<String, long[]>>comparingLong(each -> -each.getValue()[0]).thenComparing(Map.Entry::getKey))
        .limit(size)
        .map(Map.Entry::getKey)
        .toList();
    Map<String, Row> rows = busiest.stream().collect(Collectors.toMap(each -> each, each -> new Row(points())));
    Tally total = new Tally();
    Map<Integer, Tally> series = new TreeMap<>();
    counts.read(from, until, (window, record) -> {
      Place place = window.place(record);
      if (!wanted.place(place)) {
        return;
      }
      window.addTo(total, record);
      window.addTo(series.computeIfAbsent(point(window), each -> new Tally()), record);
      Row row = rows.get(by.apply(place));
      if (row != null && window.apart()) {
        window.addTo(row.tally, record);
        row.series[point(window)] += window.requests(record);
      }
    });
    Map<String, Row> sorted = new java.util.LinkedHashMap<>();
    busiest.forEach(each -> sorted.put(each, rows.get(each)));
    return new Found(total.json().put("series", series(series)), sorted, requests.size() - busiest.size(), apartFrom[0]);
  }

  private JsonObject series(Map<Integer, Tally> tallies) {
    JsonObject series = new JsonObject();
    series.put("requests", points(tallies, Tally::requests));
    for (int first = 0; first < Cell.CLASSES; first++) {
      int of = first;
      series.put(Tally.nameOfClass(first), points(tallies, tally -> tally.ofClass(of)));
    }
    return series
        .put("p50", points(tallies, tally -> tally.percentile(0.5)))
        .put("p95", points(tallies, tally -> tally.percentile(0.95)))
        .put("p99", points(tallies, tally -> tally.percentile(0.99)))
        .put("gateway", points(tallies, Tally::gateway));
  }

  private JsonArray points(Map<Integer, Tally> tallies, Function<Tally, Number> value) {
    Tally nothing = new Tally();
    JsonArray array = new JsonArray();
    for (int point = 0; point < points(); point++) {
      array.add(value.apply(tallies.getOrDefault(point, nothing)));
    }
    return array;
  }
}
