package dev.sluice.plugins.mirror;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.regex.Pattern;

/** How values are shown to operators: in short, and what may be a secret not at all. */
final class Shown {

  static final String ABSENT = "(absent)";
  private static final String MASKED = "(masked)";
  private static final int MOST = 80;
  private static final Pattern SECRET =
      Pattern.compile(
          ".*(pass(word|wd|phrase)?|secret|token|api[-_]?key|authori[sz]ation|cookie|credential|session|private).*",
          Pattern.CASE_INSENSITIVE);

  private Shown() {}

  /** Whether what bears this name, or is in it, may be a secret. */
  static boolean secret(String name) {
    return SECRET.matcher(name).matches();
  }

  /** A text, such as the value of a header. */
  static String text(String text, boolean secret) {
    if (secret) {
      return MASKED;
    }
    return text.length() <= MOST ? text : text.substring(0, MOST) + "… (" + text.length() + " characters)";
  }

  /** A value of JSON; of objects and arrays only the size, since anything may be in them. */
  static String value(Object value, boolean secret) {
    if (value instanceof JsonObject object) {
      return "(an object of " + object.size() + ")";
    }
    if (value instanceof JsonArray array) {
      return "(an array of " + array.size() + ")";
    }
    return text(value instanceof CharSequence text ? "\"" + text + "\"" : String.valueOf(value), secret);
  }
}
