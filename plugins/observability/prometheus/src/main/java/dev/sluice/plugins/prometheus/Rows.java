package dev.sluice.plugins.prometheus;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A metric of Micrometer's whose rows come and go: at each scrape it is told all that there are. For one thread. */
final class Rows {

  private final List<String> labels;
  private final Maker maker;
  private final MeterRegistry registry;
  private final Map<List<String>, Row> rows = new HashMap<>();
  private final Map<List<String>, Double> fresh = new HashMap<>();

  /** A value that Micrometer asks for when it writes. */
  private static final class Row {
    private double value;
    private Meter meter;

    private double value() {
      return value;
    }
  }

  /** Registers a row. */
  @FunctionalInterface
  private interface Maker {
    Meter make(Tags tags, Row row);
  }

  private Rows(MeterRegistry registry, List<String> labels, Maker maker) {
    this.registry = registry;
    this.labels = labels;
    this.maker = maker;
  }

  /** One of values that go up and down. */
  static Rows gauges(MeterRegistry registry, String name, String help, List<String> labels) {
    return new Rows(registry, labels, (tags, row) ->
        Gauge.builder(name, row, Row::value).description(help).tags(tags).register(registry));
  }

  /** One of sums that only grow. */
  static Rows counters(MeterRegistry registry, String name, String help, List<String> labels) {
    return new Rows(registry, labels, (tags, row) ->
        FunctionCounter.builder(name, row, Row::value).description(help).tags(tags).register(registry));
  }

  /** Adds to a row of the next scrape. */
  Rows add(double value, String... values) {
    return add(List.of(values), value);
  }

  /** The same. */
  Rows add(List<String> values, double value) {
    fresh.merge(values, value, Double::sum);
    return this;
  }

  /** Shows what was added since it was called last, and nothing else. */
  void show() {
    rows.entrySet().removeIf(each -> {
      boolean gone = !fresh.containsKey(each.getKey());
      if (gone) {
        registry.remove(each.getValue().meter);
      }
      return gone;
    });
    fresh.forEach((values, value) -> rows.computeIfAbsent(values, this::made).value = value);
    fresh.clear();
  }

  private Row made(List<String> values) {
    Tags tags = Tags.empty();
    for (int i = 0; i < labels.size(); i++) {
      tags = tags.and(labels.get(i), values.get(i));
    }
    Row row = new Row();
    row.meter = maker.make(tags, row);
    return row;
  }
}
