package dev.sluice.plugins.prometheus;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * The text form of metrics, version 0.0.4, as Kong writes it. Client libraries write other names, labels in another order
 * and other numbers (see decision 87). For one thread.
 */
final class Exposition {

  private static final String PREFIX = "kong_";

  private final Map<String, Family> families = new TreeMap<>();

  /** One metric. */
  static final class Family {
    private final String name;
    private final String head;
    private final Map<String, String> lines = new TreeMap<>();

    private Family(String name, String type, String help) {
      this.name = name;
      this.head = "# HELP " + name + " " + help + "\n# TYPE " + name + " " + type + "\n";
    }

    /** Adds a value. */
    Family line(List<String> names, List<String> values, long value) {
      String labels = labels(names, values);
      lines.put(labels, name + braced(labels) + " " + value + "\n");
      return this;
    }

    private void histogram(List<String> names, List<String> values, Histogram histogram) {
      String labels = labels(names, values);
      String comma = labels.isEmpty() ? "" : ",";
      StringBuilder text = new StringBuilder();
      long[] counts = histogram.cumulated();
      for (int i = 0; i < counts.length; i++) {
        String bound = i == counts.length - 1 ? "+Inf" : Long.toString(histogram.bound(i));
        text.append(name).append("_bucket{").append(labels).append(comma).append("le=\"").append(bound).append("\"} ");
        text.append(counts[i]).append('\n');
      }
      text.append(name).append("_count").append(braced(labels)).append(' ').append(counts[counts.length - 1]).append('\n');
      text.append(name).append("_sum").append(braced(labels)).append(' ').append(histogram.sum()).append('\n');
      lines.put(labels, text.toString());
    }

    private static String braced(String labels) {
      return labels.isEmpty() ? "" : "{" + labels + "}";
    }

    private static String labels(List<String> names, List<String> values) {
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < names.size(); i++) {
        text.append(i == 0 ? "" : ",").append(names.get(i)).append("=\"");
        escape(values.get(i), text);
        text.append('"');
      }
      return text.toString();
    }

    private static void escape(String value, StringBuilder to) {
      for (int i = 0; i < value.length(); i++) {
        char c = value.charAt(i);
        switch (c) {
          case '\\' -> to.append("\\\\");
          case '"' -> to.append("\\\"");
          case '\n' -> to.append("\\n");
          default -> to.append(c);
        }
      }
    }
  }

  /** Begins a metric. */
  Family family(String name, String type, String help) {
    return families.computeIfAbsent(name, each -> new Family(PREFIX + name, type, help));
  }

  /** Adds a metric that only grows. */
  void counters(String name, String help, List<String> labels, Series<LongAdder> series) {
    series.all().forEach((values, sum) -> family(name, "counter", help).line(labels, values, sum.sum()));
  }

  /** Adds a metric that counts by size. */
  void histograms(String name, String help, List<String> labels, Series<Histogram> series) {
    series.all().forEach((values, times) -> family(name, "histogram", help).histogram(labels, values, times));
  }

  /** All of it. */
  String text() {
    StringBuilder text = new StringBuilder();
    for (Family family : families.values()) {
      text.append(family.head);
      family.lines.values().forEach(text::append);
    }
    return text.toString();
  }
}
