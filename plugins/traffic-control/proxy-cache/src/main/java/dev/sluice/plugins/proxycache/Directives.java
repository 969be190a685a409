package dev.sluice.plugins.proxycache;

import dev.sluice.api.request.Headers;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/** What a {@code Cache-Control} header says. */
record Directives(Map<String, String> values) {

  private static final Directives NONE = new Directives(Map.of());

  static Directives of(Headers headers) {
    if (!headers.contains("Cache-Control")) {
      return NONE;
    }
    Map<String, String> values = new HashMap<>();
    for (String line : headers.getAll("Cache-Control")) {
      for (String part : line.split(",", -1)) {
        int equals = part.indexOf('=');
        String name = (equals < 0 ? part : part.substring(0, equals)).strip().toLowerCase(Locale.ROOT);
        if (!name.isEmpty()) {
          values.put(name, equals < 0 ? "" : part.substring(equals + 1).strip());
        }
      }
    }
    return new Directives(values);
  }

  boolean has(String... names) {
    for (String name : names) {
      if (values.containsKey(name)) {
        return true;
      }
    }
    return false;
  }

  /** The number of a directive; none when it has none. */
  OptionalLong number(String name) {
    String value = values.getOrDefault(name, "");
    if (value.isEmpty() || value.length() > 15 || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Long.parseLong(value));
  }
}
