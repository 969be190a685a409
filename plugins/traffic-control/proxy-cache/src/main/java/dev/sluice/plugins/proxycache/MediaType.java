package dev.sluice.plugins.proxycache;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A content type, or a pattern of one: a star stands for any type or subtype.
 *
 * @param type lower case
 * @param subtype lower case
 * @param parameters by their names, lower case
 */
record MediaType(String type, String subtype, Map<String, String> parameters) {

  /** Reads one; empty when it is none. */
  static Optional<MediaType> parse(String text) {
    String[] parts = text.split(";", -1);
    int slash = parts[0].indexOf('/');
    if (slash < 0) {
      return Optional.empty();
    }
    Map<String, String> parameters = new TreeMap<>();
    for (int i = 1; i < parts.length; i++) {
      int equals = parts[i].indexOf('=');
      if (equals > 0) {
        String value = parts[i].substring(equals + 1).strip().toLowerCase(Locale.ROOT);
        boolean quoted = value.length() > 1 && value.startsWith("\"") && value.endsWith("\"");
        parameters.put(
            parts[i].substring(0, equals).strip().toLowerCase(Locale.ROOT),
            quoted ? value.substring(1, value.length() - 1) : value);
      }
    }
    return Optional.of(new MediaType(
        parts[0].substring(0, slash).strip().toLowerCase(Locale.ROOT),
        parts[0].substring(slash + 1).strip().toLowerCase(Locale.ROOT),
        parameters));
  }

  /** Whether another one is of this kind, with the same parameters. */
  boolean covers(MediaType other) {
    return (type.equals("*") || type.equals(other.type))
        && (subtype.equals("*") || subtype.equals(other.subtype))
        && parameters.equals(other.parameters);
  }
}
