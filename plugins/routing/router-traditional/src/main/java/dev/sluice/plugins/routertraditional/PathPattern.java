package dev.sluice.plugins.routertraditional;

import dev.sluice.api.routing.RouteMatch.Captures;
import dev.sluice.plugins.routing.Regex;
import dev.sluice.plugins.routing.Regex.Hit;
import dev.sluice.plugins.routing.UpstreamPath;
import java.util.Optional;

/**
 * One entry of a route's {@code paths}.
 *
 * @param literal what every matching path begins with; for a prefix, all of it
 * @param regex the regular expression, if it is one
 * @param length of the prefix; 0 for a regular expression, {@link UpstreamPath#NO_PATH} for a route without paths
 * @param position among the paths of the route
 */
record PathPattern(String literal, Optional<Regex> regex, int length, int position) {

  /** A route without paths. */
  static final PathPattern ANY = new PathPattern("", Optional.empty(), UpstreamPath.NO_PATH, 0);

  static PathPattern parse(String text, int position, Flavor flavor) {
    if (!text.startsWith("~")) {
      return new PathPattern(text, Optional.empty(), text.length(), position);
    }
    Regex regex = flavor.regex(text.substring(1));
    return new PathPattern(regex.literalPrefix(), Optional.of(regex), 0, position);
  }

  boolean isRegex() {
    return regex.isPresent();
  }

  /** Whether a path matches that begins with the literal. */
  boolean matches(String path) {
    return regex.isEmpty() || regex.get().matchesStart(path);
  }

  /** Whether it has groups that capture. */
  boolean capturing() {
    return regex.isPresent() && regex.get().capturing();
  }

  /** What of a matching path is matched. */
  Hit hit(String path) {
    return regex.flatMap(compiled -> compiled.hit(path)).orElseGet(() -> new Hit(length, Captures.NONE));
  }
}
