package dev.sluice.plugins.traffic;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** How much there is in each of some periods, shortest first. Immutable. */
public final class Limits {

  private final List<Period> periods;
  private final double[] values;
  private final List<String> texts;

  private Limits(List<Period> periods, double[] values, List<String> texts) {
    this.periods = periods;
    this.values = values;
    this.texts = texts;
  }

  /** Reads those fields of a valid object that bear the names of periods. */
  public static Limits of(JsonObject fields) {
    List<Period> periods = new ArrayList<>();
    List<String> texts = new ArrayList<>();
    double[] values = new double[Period.values().length];
    for (Period period : Period.values()) {
      Number limit = fields.getNumber(period.field());
      if (limit != null) {
        values[periods.size()] = limit.doubleValue();
        texts.add(text(limit.doubleValue()));
        periods.add(period);
      }
    }
    return new Limits(List.copyOf(periods), values, List.copyOf(texts));
  }

  /** No more than the period: what is asked for by it is counted in that alone. */
  static Limits only(Period period) {
    return new Limits(List.of(period), new double[] {Double.MAX_VALUE}, List.of(""));
  }

  /** What is wrong with limits of which a longer period allows less than a shorter one. */
  public static Optional<String> disorder(JsonObject fields) {
    List<Period> given =
        Stream.of(Period.values()).filter(period -> fields.getValue(period.field()) instanceof Number).toList();
    for (int i = 0; i < given.size(); i++) {
      for (Period longer : given.subList(i + 1, given.size())) {
        double least = fields.getDouble(given.get(i).field());
        double limit = fields.getDouble(longer.field());
        if (limit < least) {
          return Optional.of(String.format(
              Locale.ROOT,
              "The limit for %s(%.1f) cannot be lower than the limit for %s(%.1f)",
              longer.field(), limit, given.get(i).field(), least));
        }
      }
    }
    return Optional.empty();
  }

  /** A number as headers show it: whole ones without a point. */
  public static String text(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : BigDecimal.valueOf(number).stripTrailingZeros().toPlainString();
  }

  /** How many periods have a limit. */
  public int size() {
    return periods.size();
  }

  /** The period at an index. */
  public Period period(int index) {
    return periods.get(index);
  }

  /** The limit at an index. */
  public double value(int index) {
    return values[index];
  }

  /** The limit at an index, as headers show it. */
  public String shown(int index) {
    return texts.get(index);
  }
}
