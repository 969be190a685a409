package dev.sluice.plugins.logging;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a metric is on the wire.
 *
 * @param type as StatsD spells it, such as {@code c} or {@code ms}
 * @param rate the end of a line that tells the sample rate; empty when that is 1
 */
public record StatLine(String type, String rate) {

  private static final Map<String, String> TYPES = Map.of(
      "gauge", "g", "counter", "c", "timer", "ms", "histogram", "h", "meter", "m", "set", "s", "distribution", "d");

  /** That of a setting. */
  public static StatLine of(String type, Optional<Double> sampleRate) {
    return new StatLine(TYPES.get(type), sampleRate.filter(rate -> rate != 1).map(rate -> "|@" + text(rate)).orElse(""));
  }

  private static String text(double rate) {
    long whole = (long) rate;
    return whole == rate ? Long.toString(whole) : Double.toString(rate);
  }

  /** A line without tags. */
  public String plain(String name, Object value) {
    return name + ":" + value + "|" + type + rate;
  }

  /** A line with tags at its end. */
  public String tagged(String name, Object value, List<String> tags) {
    return tags.isEmpty() ? plain(name, value) : plain(name, value) + "|#" + String.join(",", tags);
  }
}
