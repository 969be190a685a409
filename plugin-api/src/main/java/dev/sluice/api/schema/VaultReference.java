package dev.sluice.api.schema;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * A text that stands for a secret: <code>{vault://name/resource}</code>, <code>{vault://name/resource/key}</code> when
 * the resource is a JSON object, each perhaps with options behind a question mark.
 *
 * @param vault the prefix of an entity that configures one, or the name of a kind of vault
 * @param resource what to ask the vault for
 * @param key the member of the resource
 * @param options that win over the configuration of the vault
 */
public record VaultReference(String vault, String resource, Optional<String> key, Map<String, String> options) {

  private static final String BEGIN = "{vault://";
  private static final String END = "}";

  /** Copies the options. */
  public VaultReference {
    options = Map.copyOf(options);
  }

  /** Whether a value has the form of a reference; what it refers to may still be nonsense. */
  public static boolean is(Object value) {
    return value instanceof String text && text.startsWith(BEGIN) && text.endsWith(END);
  }

  /** Takes a reference apart; empty when it names no vault or no resource. */
  public static Optional<VaultReference> parse(String text) {
    if (!is(text)) {
      return Optional.empty();
    }
    String inner = text.substring(BEGIN.length(), text.length() - END.length());
    int mark = inner.indexOf('#');
    String url = mark < 0 ? inner : inner.substring(0, mark);
    int query = url.indexOf('?');
    String place = query < 0 ? url : url.substring(0, query);
    int slash = place.indexOf('/');
    String path = slash <= 0 ? "" : trim(place.substring(slash));
    if (path.isEmpty()) {
      return Optional.empty();
    }
    int last = path.lastIndexOf('/');
    try {
      return Optional.of(
          new VaultReference(
              place.substring(0, slash),
              decode(last < 0 ? path : path.substring(0, last)),
              last < 0 ? Optional.empty() : Optional.of(decode(path.substring(last + 1))),
              query < 0 ? Map.of() : options(url.substring(query + 1))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private static String trim(String path) {
    int begin = 0;
    int end = path.length();
    while (begin < end && path.charAt(begin) == '/') {
      begin++;
    }
    while (end > begin && path.charAt(end - 1) == '/') {
      end--;
    }
    return path.substring(begin, end);
  }

  private static Map<String, String> options(String query) {
    Map<String, String> options = new LinkedHashMap<>();
    for (String option : query.split("&", -1)) {
      int equals = option.indexOf('=');
      if (equals > 0) {
        options.put(decode(option.substring(0, equals)), decode(option.substring(equals + 1)));
      }
    }
    return options;
  }

  private static String decode(String text) {
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }
}
