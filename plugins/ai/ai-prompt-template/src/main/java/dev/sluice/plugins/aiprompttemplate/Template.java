package dev.sluice.plugins.aiprompttemplate;

import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The body of a request with places that clients fill. Immutable.
 *
 * @param parts text and names of places by turns, beginning and ending with text
 */
record Template(List<String> parts) {

  private static final Pattern PLACE = Pattern.compile("\\{\\{([0-9A-Za-z_]+)\\}\\}");

  /** Takes a template apart. */
  static Template parse(String text) {
    List<String> parts = new ArrayList<>();
    Matcher places = PLACE.matcher(text);
    int from = 0;
    while (places.find()) {
      parts.add(text.substring(from, places.start()));
      parts.add(places.group(1));
      from = places.end();
    }
    parts.add(text.substring(from));
    return new Template(List.copyOf(parts));
  }

  /** The places for which nothing is given, in order. */
  Set<String> missing(JsonObject given) {
    Set<String> missing = new LinkedHashSet<>();
    for (int i = 1; i < parts.size(); i += 2) {
      if (given.getValue(parts.get(i)) == null) {
        missing.add(parts.get(i));
      }
    }
    return missing;
  }

  /** The text with all places filled; what is given cannot end the JSON text that it is put into. */
  String fill(JsonObject given) {
    StringBuilder filled = new StringBuilder(parts.get(0));
    for (int i = 1; i < parts.size(); i += 2) {
      filled.append(escaped(given.getValue(parts.get(i)))).append(parts.get(i + 1));
    }
    return filled.toString();
  }

  private static String escaped(Object value) {
    String text = value instanceof String given ? given : Json.encode(value);
    String quoted = Json.encode(text);
    return quoted.substring(1, quoted.length() - 1);
  }
}
