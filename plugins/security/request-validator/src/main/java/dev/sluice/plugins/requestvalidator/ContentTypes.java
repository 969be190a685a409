package dev.sluice.plugins.requestvalidator;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The contents that may come in bodies.
 *
 * @param allowed any of these
 * @param withParameters whether what follows the type must be the same, too
 */
record ContentTypes(List<MediaType> allowed, boolean withParameters) {

  /**
   * A type of content, in lower case.
   *
   * @param name such as {@code application/json}
   * @param parameters that follow it
   */
  record MediaType(String name, Map<String, String> parameters) {

    /** Reads one; empty when it is none. */
    static Optional<MediaType> parse(String text) {
      String[] parts = text.split(";", -1);
      String name = parts[0].strip().toLowerCase(Locale.ROOT);
      int slash = name.indexOf('/');
      if (slash <= 0 || slash == name.length() - 1 || name.indexOf(' ') >= 0 || name.indexOf(',') >= 0) {
        return Optional.empty();
      }
      Map<String, String> parameters = new TreeMap<>();
      for (int i = 1; i < parts.length; i++) {
        int equals = parts[i].indexOf('=');
        if (equals < 0) {
          if (parts[i].isBlank()) {
            continue;
          }
          return Optional.empty();
        }
        String value = parts[i].substring(equals + 1).strip().toLowerCase(Locale.ROOT);
        boolean quoted = value.length() >= 2 && value.startsWith("\"") && value.endsWith("\"");
        parameters.put(
            parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT),
            quoted ? value.substring(1, value.length() - 1) : value);
      }
      return Optional.of(new MediaType(name, parameters));
    }

    /** Whether bodies of this type are looked at. */
    boolean isJson() {
      return name.equals("application/json") || name.endsWith("+json");
    }
  }

  static ContentTypes of(List<String> texts, boolean withParameters) {
    return new ContentTypes(
        texts.stream().flatMap(text -> MediaType.parse(text).stream()).toList(), withParameters);
  }

  boolean allow(MediaType type) {
    return allowed.stream()
        .anyMatch(
            each ->
                each.name().equals(type.name())
                    && (!withParameters || each.parameters().equals(type.parameters())));
  }
}
