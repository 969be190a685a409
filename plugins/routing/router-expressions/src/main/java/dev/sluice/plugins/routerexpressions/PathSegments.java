package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.routing.RouteQuery;
import java.util.function.Function;

/** The parts of a path between its slashes. What follows the last slash counts, even when it is empty. */
final class PathSegments {

  private PathSegments() {}

  /** Reads one segment, such as {@code 0}, or several with the slashes between them, such as {@code 1_3}. */
  static Function<RouteQuery, String> of(String range) {
    int line = range.indexOf('_');
    int first = Integer.parseInt(line < 0 ? range : range.substring(0, line));
    int last = line < 0 ? first : Integer.parseInt(range.substring(line + 1));
    return query -> part(query.path(), first, last);
  }

  /** How many segments a path has. The root has none. */
  static int count(String path) {
    if (path.length() < 2) {
      return 0;
    }
    int count = 1;
    for (int slash = path.indexOf('/', 1); slash >= 0; slash = path.indexOf('/', slash + 1)) {
      count++;
    }
    return count;
  }

  private static String part(String path, int first, int last) {
    if (path.length() < 2) {
      return null;
    }
    int from = 1;
    for (int i = 0; i < first; i++) {
      int slash = path.indexOf('/', from);
      if (slash < 0) {
        return null;
      }
      from = slash + 1;
    }
    int to = from - 1;
    for (int i = first; i <= last; i++) {
      if (to == path.length()) {
        return null;
      }
      int slash = path.indexOf('/', to + 1);
      to = slash < 0 ? path.length() : slash;
    }
    return path.substring(from, to);
  }
}
