package dev.sluice.plugins.authentication;

import dev.sluice.api.request.Headers;
import java.util.List;

/** The cookies that a client sends. */
public final class Cookies {

  private Cookies() {}

  /** The value of the first cookie of a name; empty when there is none. */
  public static String first(Headers headers, String name) {
    return first(headers.getAll("Cookie"), name);
  }

  /** The value of the first cookie of a name in the values of {@code Cookie} headers; empty when there is none. */
  public static String first(List<String> lines, String name) {
    for (String line : lines) {
      for (int from = 0; from < line.length(); ) {
        int semicolon = line.indexOf(';', from);
        int end = semicolon < 0 ? line.length() : semicolon;
        int equals = line.indexOf('=', from);
        if (equals >= 0 && equals < end && line.substring(from, equals).strip().equals(name)) {
          return line.substring(equals + 1, end).strip();
        }
        from = end + 1;
      }
    }
    return "";
  }
}
