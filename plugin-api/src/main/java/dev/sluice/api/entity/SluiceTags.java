package dev.sluice.api.entity;

import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.ListField;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/**
 * Tags by which an entity says what Kong's fields cannot, such as {@code sluice:slow_start=30}. One that is unknown, or
 * whose value is not good, is refused: it must not pass for a label that does nothing. Immutable.
 */
public final class SluiceTags {

  private static final String PREFIX = "sluice:";
  private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}(\\.[0-9]{1,3})?");
  private static final Pattern WHOLE = Pattern.compile("[0-9]{1,9}");
  private static final int DAY = 86_400;

  /** Those of upstreams. */
  public static final SluiceTags UPSTREAMS =
      new SluiceTags(
          new Known("panic", "off or all", value -> value.equals("off") || value.equals("all")),
          new Known("retry_after", "whole seconds, at most " + DAY, value -> within(WHOLE, value, DAY)),
          new Known(
              "retry_budget", "per cent, at most 1000, or off", value -> value.equals("off") || within(NUMBER, value, 1000)),
          new Known("retry_floor", "retries per second, at most 1000000", value -> within(NUMBER, value, 1_000_000)),
          new Known("slow_start", "seconds, at most " + DAY, value -> within(NUMBER, value, DAY)));

  /** Those of targets. */
  public static final SluiceTags TARGETS =
      new SluiceTags(new Known("priority", "a whole number, at most 100", value -> within(WHOLE, value, 100)));

  private final Map<String, Known> known = new TreeMap<>();

  private record Known(String name, String expected, Predicate<String> good) {}

  private SluiceTags(Known... all) {
    for (Known each : all) {
      known.put(each.name(), each);
    }
  }

  private static boolean within(Pattern form, String value, double most) {
    return form.matcher(value).matches() && Double.parseDouble(value) <= most;
  }

  /** The field {@code tags} of the entity. */
  ListField field() {
    return Fields.set(Types.tag().required().check(this::tagViolation))
        .describe("Labels for grouping and filtering.")
        .check(SluiceTags::repetition);
  }

  private Optional<String> tagViolation(String tag) {
    if (!tag.startsWith(PREFIX)) {
      return Optional.empty();
    }
    String name = name(tag);
    if (!known.containsKey(name)) {
      return Optional.of("invalid tag '" + tag + "': expected one of " + PREFIX + String.join(", " + PREFIX, known.keySet()));
    }
    return violation(name, value(tag)).map(expected -> "invalid tag '" + tag + "': expected " + expected);
  }

  /** Two tags of one name: nobody could say which one counts. */
  private static Optional<String> repetition(JsonArray tags) {
    Set<String> seen = new HashSet<>();
    for (Object each : tags) {
      if (each instanceof String tag && tag.startsWith(PREFIX) && !seen.add(name(tag))) {
        return Optional.of("invalid tag '" + tag + "': " + PREFIX + name(tag) + " is given twice");
      }
    }
    return Optional.empty();
  }

  private static String name(String tag) {
    int equals = tag.indexOf('=');
    return tag.substring(PREFIX.length(), equals < 0 ? tag.length() : equals);
  }

  private static String value(String tag) {
    int equals = tag.indexOf('=');
    return equals < 0 ? "" : tag.substring(equals + 1);
  }

  /**
   * What is expected instead of a value.
   *
   * @param name a name without its prefix, such as {@code slow_start}
   */
  public Optional<String> violation(String name, String value) {
    Known rule = known.get(name);
    return rule.good().test(value) ? Optional.empty() : Optional.of(rule.expected());
  }

  /** The names, without their prefix. */
  public List<String> names() {
    return List.copyOf(known.keySet());
  }

  /** The good values in the tags of a document, by name; what an older version stored and this one refuses is left out. */
  public Map<String, String> read(JsonObject document) {
    Map<String, String> values = new HashMap<>();
    for (String tag : Documents.strings(document, "tags")) {
      if (tag.startsWith(PREFIX) && tagViolation(tag).isEmpty()) {
        values.put(name(tag), value(tag));
      }
    }
    return values;
  }
}
