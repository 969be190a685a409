package dev.sluice.plugins.routing;

/**
 * Takes a host apart that may have a port: {@code a.test:80}, {@code [::1]:80}, {@code ::1}. What follows the colon is
 * a port only if it is digits to the end. Works with offsets, so that nothing is copied.
 */
public final class HostText {

  /** In place of a port: there is none. */
  public static final int NO_PORT = -1;

  private static final int BEYOND_PORTS = 65_536;

  private HostText() {}

  /** Where the name begins: behind a bracket. */
  public static int nameStart(String host) {
    return closingBracket(host) > 0 ? 1 : 0;
  }

  /** Where the name ends. */
  public static int nameEnd(String host) {
    int bracket = closingBracket(host);
    if (bracket > 0) {
      return bracket;
    }
    int colon = host.indexOf(':');
    return colon >= 0 && digitsFrom(host, colon + 1) ? colon : host.length();
  }

  /** The port, or {@link #NO_PORT}. */
  public static int port(String host) {
    int colon = nameEnd(host) + nameStart(host);
    if (colon + 1 >= host.length()) {
      return NO_PORT;
    }
    int port = 0;
    for (int i = colon + 1; i < host.length(); i++) {
      port = Math.min(port * 10 + host.charAt(i) - '0', BEYOND_PORTS);
    }
    return port;
  }

  private static int closingBracket(String host) {
    if (!host.startsWith("[")) {
      return -1;
    }
    int bracket = host.lastIndexOf(']');
    if (bracket == host.length() - 1) {
      return bracket;
    }
    return host.startsWith(":", bracket + 1) && digitsFrom(host, bracket + 2) ? bracket : -1;
  }

  private static boolean digitsFrom(String host, int from) {
    for (int i = from; i < host.length(); i++) {
      if (host.charAt(i) < '0' || host.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }
}
