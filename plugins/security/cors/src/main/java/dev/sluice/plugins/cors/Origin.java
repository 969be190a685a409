package dev.sluice.plugins.cors;

import java.util.Locale;

/**
 * An origin, or what stands for one.
 *
 * @param text scheme, host and port, without the port that goes with the scheme; as given when it has no host
 * @param host the host alone
 */
record Origin(String text, String host) {

  /** Takes an origin apart. Letters keep their case: browsers send lower case. */
  static Origin of(String given) {
    int colon = given.indexOf("://");
    if (colon < 0 && !given.startsWith("//")) {
      return new Origin(given, given);
    }
    String scheme = colon < 0 ? "" : given.substring(0, colon);
    int start = colon < 0 ? 2 : colon + 3;
    int end = start;
    while (end < given.length() && "/?#".indexOf(given.charAt(end)) < 0) {
      end++;
    }
    String authority = given.substring(given.lastIndexOf('@', end - 1) >= start
        ? given.lastIndexOf('@', end - 1) + 1
        : start, end);
    int port = authority.lastIndexOf(':');
    if (port >= 0 && authority.indexOf(']', port) >= 0) {
      port = -1;
    }
    String host = port < 0 ? authority : authority.substring(0, port);
    if (host.isEmpty()) {
      return new Origin(given, given);
    }
    String number = port < 0 ? "" : authority.substring(port + 1);
    String kept = number.isEmpty() || number.equals(usual(scheme)) ? "" : ":" + number;
    return new Origin((scheme.isEmpty() ? "" : scheme + "://") + host + kept, host);
  }

  private static String usual(String scheme) {
    return switch (scheme.toLowerCase(Locale.ROOT)) {
      case "http" -> "80";
      case "https" -> "443";
      default -> "";
    };
  }
}
