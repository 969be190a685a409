package dev.sluice.plugins.routing;

/**
 * The path to send upstream: that of the service, followed by what the route leaves of the request's.
 *
 * <p>All paths are in normal form and not escaped. The request's path begins with a slash, and so does the service's.
 */
public final class UpstreamPath {

  /** In place of a length: the route has no paths, so none of them matched. */
  public static final int NO_PATH = -1;

  private UpstreamPath() {}

  /**
   * Joins as {@code path_handling: v0} does: there is always one slash between the two parts.
   *
   * @param base the path of the service, {@code /} when it has none
   * @param path the path of the request
   * @param matched how much of it the route's path matched, or {@link #NO_PATH}
   * @param strip whether the matched part is left out
   */
  public static String v0(String base, String path, int matched, boolean strip) {
    boolean slash = base.endsWith("/");
    if (!strip) {
      if (slash) {
        return join(base, base.length() - 1, path, 0);
      }
      return path.equals("/") ? base : join(base, base.length(), path, 0);
    }
    int rest = restOf(path, matched);
    if (rest == path.length()) {
      return alone(base, slash, path);
    }
    if (path.charAt(rest) == '/') {
      return join(base, slash ? base.length() - 1 : base.length(), path, rest);
    }
    return slash ? join(base, base.length(), path, rest) : base + "/" + path.substring(rest);
  }

  /**
   * Joins as {@code path_handling: v1} does: the two parts are put together as they are, without the request's first
   * slash, and without one of two slashes that meet.
   *
   * @param base the path of the service, {@code /} when it has none
   * @param path the path of the request
   * @param matched how much of it the route's path matched, or {@link #NO_PATH}
   * @param strip whether the matched part is left out
   */
  public static String v1(String base, String path, int matched, boolean strip) {
    int rest = strip ? restOf(path, matched) : Math.min(1, path.length());
    boolean meet = base.endsWith("/") && path.startsWith("/", rest);
    return join(base, meet ? base.length() - 1 : base.length(), path, rest);
  }

  /** The service's path when nothing of the request's is left: it ends with a slash if the request's does. */
  private static String alone(String base, boolean slash, String path) {
    if (base.length() == 1 || slash == path.endsWith("/")) {
      return base;
    }
    if (slash) {
      return base.substring(0, base.length() - 1);
    }
    return path.length() > 1 ? base + "/" : base;
  }

  /**
   * Where the rest begins. A rest that begins with a dot segment is cut behind it: the match may end within a segment,
   * as {@code /route} does in {@code /route../x}, and what is left must not lead out of the service's path.
   */
  private static int restOf(String path, int matched) {
    int rest = Math.min(matched == NO_PATH ? 1 : matched, path.length());
    if (!path.startsWith(".", rest)) {
      return rest;
    }
    int dots = path.startsWith("..", rest) ? 2 : 1;
    int end = rest + dots;
    if (end == path.length()) {
      return end;
    }
    return path.charAt(end) == '/' ? end + 1 : rest;
  }

  private static String join(String base, int length, String path, int from) {
    String rest = path.substring(from);
    if (length == 0 && !rest.isEmpty()) {
      return rest;
    }
    return rest.isEmpty() && length == base.length() ? base : base.substring(0, length) + rest;
  }
}
