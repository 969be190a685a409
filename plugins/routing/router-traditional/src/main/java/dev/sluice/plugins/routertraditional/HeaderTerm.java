package dev.sluice.plugins.routertraditional;

import dev.sluice.api.request.Headers;
import dev.sluice.plugins.routing.Regex;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * One entry of a route's {@code headers}: the request must have the header, and one of its values must be right.
 *
 * @param name of the header
 * @param exact right values, in lower case
 * @param patterns what right values, in lower case, hold
 */
record HeaderTerm(String name, Set<String> exact, List<Regex> patterns) {

  private static final String REGEX = "~*";

  /**
   * Compiles an entry. In the traditional flavor a value is a regular expression only if it is the sole one, and is
   * taken literally as well; in the compatible flavor the expression itself is put in lower case.
   */
  static HeaderTerm parse(String name, List<String> values, Flavor flavor) {
    Set<String> exact = new HashSet<>();
    List<Regex> patterns = new ArrayList<>();
    for (String value : values) {
      boolean regex = value.startsWith(REGEX);
      if (flavor == Flavor.COMPATIBLE) {
        if (regex) {
          patterns.add(flavor.regex(AsciiText.lower(value.substring(REGEX.length()))));
        } else {
          exact.add(AsciiText.lower(value));
        }
      } else {
        exact.add(AsciiText.lower(value));
        if (regex && values.size() == 1) {
          patterns.add(flavor.regex(value.substring(REGEX.length())));
        }
      }
    }
    return new HeaderTerm(name, Set.copyOf(exact), List.copyOf(patterns));
  }

  boolean matches(Headers headers) {
    List<String> values = headers.getAll(name);
    for (int i = 0; i < values.size(); i++) {
      String value = AsciiText.lower(values.get(i));
      if (exact.contains(value) || anyFoundIn(value)) {
        return true;
      }
    }
    return false;
  }

  private boolean anyFoundIn(String value) {
    for (int i = 0; i < patterns.size(); i++) {
      if (patterns.get(i).found(value)) {
        return true;
      }
    }
    return false;
  }
}
