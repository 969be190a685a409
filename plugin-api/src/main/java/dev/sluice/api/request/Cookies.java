package dev.sluice.api.request;

import java.util.Optional;

/** The cookies that a client sends. */
public final class Cookies {

  private Cookies() {}

  /** The value of the first cookie of a name. */
  public static Optional<String> first(Headers headers, String name) {
    for (String line : headers.getAll("Cookie")) {
      for (int from = 0; from < line.length(); ) {
        int semicolon = line.indexOf(';', from);
        int end = semicolon < 0 ? line.length() : semicolon;
        int equals = line.indexOf('=', from);
        if (equals >= 0 && equals < end && line.substring(from, equals).strip().equals(name)) {
          return Optional.of(line.substring(equals + 1, end).strip());
        }
        from = end + 1;
      }
    }
    return Optional.empty();
  }
}
