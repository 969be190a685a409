package dev.sluice.plugins.mirror;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A path into JSON, and all that is below it: {@code $.items[*].id}, {@code $['odd key']}, {@code $.*.at}, and
 * {@code $..at} for that key at any depth.
 */
record JsonPath(String text, Pattern pattern) {

  private static final Pattern PLAIN_KEY = Pattern.compile("[A-Za-z0-9_$@-]+");
  private static final Pattern STEP =
      Pattern.compile("(\\.\\.?)(\\*|[A-Za-z0-9_$@-]+)|\\[(\\d{1,9}|\\*)\\]|\\['([^']+)'\\]");
  private static final String ANY_KEY = "(?:\\.[A-Za-z0-9_$@-]+|\\['[^']*'\\])";
  private static final String ANY_STEP = "(?:\\.[A-Za-z0-9_$@-]+|\\['[^']*'\\]|\\[\\d+\\])";

  /** What is wrong with a path as it was written. */
  static Optional<String> violation(String text) {
    return compiled(text).isPresent()
        ? Optional.empty()
        : Optional.of("not a JSON path such as $.items[*].id");
  }

  /**
   * Compiles a path.
   *
   * @throws IllegalArgumentException when it is none
   */
  static JsonPath of(String text) {
    return new JsonPath(
        text, compiled(text).orElseThrow(() -> new IllegalArgumentException("'" + text + "' is no JSON path")));
  }

  private static Optional<Pattern> compiled(String text) {
    if (!text.startsWith("$")) {
      return Optional.empty();
    }
    StringBuilder regex = new StringBuilder("\\$");
    Matcher step = STEP.matcher(text);
    int at = 1;
    while (at < text.length()) {
      if (!step.find(at) || step.start() != at) {
        return Optional.empty();
      }
      regex.append(regex(step));
      at = step.end();
    }
    return Optional.of(Pattern.compile(regex.append(ANY_STEP).append('*').toString()));
  }

  private static String regex(Matcher step) {
    if (step.group(1) != null) {
      String deep = step.group(1).length() > 1 ? ANY_STEP + "*" : "";
      return deep + (step.group(2).equals("*") ? ANY_KEY : Pattern.quote(key(step.group(2))));
    }
    if (step.group(3) != null) {
      return step.group(3).equals("*") ? "\\[\\d+\\]" : "\\[" + step.group(3) + "\\]";
    }
    return Pattern.quote(key(step.group(4)));
  }

  /** How a key stands in a path. */
  static String key(String name) {
    return PLAIN_KEY.matcher(name).matches() ? "." + name : "['" + name.replace('\'', '"') + "']";
  }

  /** Whether a place is there or below. */
  boolean holds(String place) {
    return pattern.matcher(place).matches();
  }
}
