package dev.sluice.bench.pipe;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What a proxy has to know of header fields: which of them end with the connection, and the body's length. */
final class Headers {
  private static final int SHORTEST = 2;
  private static final int LONGEST = 19;
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private Headers() {}

  static void copyEndToEnd(MultiMap from, MultiMap to) {
    for (Map.Entry<String, String> field : from) {
      if (!hopByHop(field.getKey())) {
        to.add(field.getKey(), field.getValue());
      }
    }
  }

  /** The value of Content-Length, or −1 where the field is missing. */
  static long length(MultiMap headers) {
    String value = headers.get(HttpHeaders.CONTENT_LENGTH);
    return value == null ? -1 : Long.parseLong(value);
  }

  /** Looks the name up only where its first letter and length allow a match. */
  private static boolean hopByHop(String name) {
    if (name.length() < SHORTEST || name.length() > LONGEST) {
      return false;
    }
    char first = name.charAt(0);
    return switch (first) {
      case 'c', 'C', 'k', 'K', 'p', 'P', 't', 'T', 'u', 'U' ->
          HOP_BY_HOP.contains(name.toLowerCase(Locale.ROOT));
      default -> false;
    };
  }
}
