package dev.sluice.plugins.mirror;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** How values are shown to operators: in short, and what may be a secret not at all. */
final class Shown {

  static final String ABSENT = "(absent)";
  private static final String MASKED = "(masked)";
  private static final int MOST = 80;
  private static final int MOST_PLACE = 256;

  /** In a name of whatever kind. */
  private static final Pattern SECRET =
      Pattern.compile(
          "pass(word|wd|phrase)?|secret|token|(api|access|signing)[-_]?key|auth(?!or(?!i))|cookie|credential|session|private"
              + "|signature|jwt",
          Pattern.CASE_INSENSITIVE);

  /** A word of a name. */
  private static final Pattern SECRET_WORD =
      Pattern.compile("(^|[^A-Za-z]|(?<=[a-z])(?=[A-Z]))(?i:keys?|t?otp|pin|sig|cvv|cvc|ssn)(?![a-z])");

  /** In the query of what may be a URL. */
  private static final Pattern PARAMETER = Pattern.compile("([?&#])([^=&#\\s]+)=([^&#\\s\"]*)");

  private Shown() {}

  /** Whether what bears this name, or is in it, may be a secret. */
  static boolean secret(String name) {
    return SECRET.matcher(name).find() || SECRET_WORD.matcher(name).find();
  }

  /** A text, such as the value of a header. */
  static String text(String text, boolean secret) {
    if (secret) {
      return MASKED;
    }
    return text.length() <= MOST
        ? parameters(text)
        : parameters(text.substring(0, MOST)) + "… (" + text.length() + " characters)";
  }

  /** Masks codes and tokens that are handed over in URLs, as in a redirect. */
  private static String parameters(String text) {
    return PARAMETER
        .matcher(text)
        .replaceAll(
            each -> {
              String name = each.group(2);
              boolean secret = secret(name) || name.equalsIgnoreCase("code") || name.equalsIgnoreCase("state");
              return Matcher.quoteReplacement(each.group(1) + name + "=" + (secret ? MASKED : each.group(3)));
            });
  }

  /** A path into JSON, whose keys may be of any length. */
  static String place(String place) {
    return place.length() <= MOST_PLACE ? place : place.substring(0, MOST_PLACE) + "…";
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
