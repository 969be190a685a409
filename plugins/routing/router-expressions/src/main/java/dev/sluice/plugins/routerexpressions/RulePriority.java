package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.entity.Endpoint;
import dev.sluice.api.entity.Route;
import java.util.List;

/** The number by which rules are ordered, the highest first, compared without sign. It is put together as Kong's is. */
final class RulePriority {

  private static final long EXPRESSION = 0xFFL << 56;
  private static final long PLAIN_HOSTS = 1L << 60;
  private static final long REGEX = 1L << 51;
  private static final int COUNT_SHIFT = 61;
  private static final int HEADERS_SHIFT = 52;
  private static final int MOST_HEADERS = 255;
  private static final int REGEX_PRIORITY_SHIFT = 19;
  private static final int SOURCE_SHIFT = 4;
  private static final int LENGTHS = 0x7FFFF;

  private RulePriority() {}

  /** Any expression comes before all classic fields. */
  static long ofExpression(Route route) {
    return EXPRESSION | route.priority();
  }

  /**
   * The priority of a route by its classic fields.
   *
   * @param paths those of its paths that this is about: prefixes of one length, or regular expressions
   */
  static long ofClassic(Route route, List<String> paths) {
    boolean regex = !paths.isEmpty() && paths.get(0).startsWith("~");
    boolean plain = !route.hosts().isEmpty() && route.hosts().stream().noneMatch(host -> host.contains("*"));
    return (long) attributes(route) << COUNT_SHIFT
        | (plain ? PLAIN_HOSTS : 0)
        | (long) Math.min(route.headers().size(), MOST_HEADERS) << HEADERS_SHIFT
        | (regex ? REGEX | ordered(route.regexPriority()) << REGEX_PRIORITY_SHIFT : 0)
        | (paths.isEmpty() || regex ? 0 : paths.get(0).length() & LENGTHS);
  }

  /** The priority of a route for connections by its classic fields. */
  static long ofClassicStream(Route route) {
    boolean first = !route.snis().isEmpty() || !route.sources().isEmpty() && !route.destinations().isEmpty();
    return (first ? 1L << COUNT_SHIFT : 0) | weight(route.sources()) << SOURCE_SHIFT | weight(route.destinations());
  }

  /** An address weighs more than a port, and a port more than a network. */
  private static long weight(List<Endpoint> endpoints) {
    long weight = 0;
    for (Endpoint endpoint : endpoints) {
      weight |= endpoint.ip().map(ip -> ip.contains("/") ? 1 : 8).orElse(0) | (endpoint.port().isPresent() ? 4 : 0);
    }
    return weight;
  }

  private static int attributes(Route route) {
    return one(route.sources())
        + one(route.destinations())
        + one(route.methods())
        + one(route.hosts())
        + (route.headers().isEmpty() ? 0 : 1)
        + one(route.snis())
        + one(route.paths());
  }

  /** Negative ones come below the others, without reaching into other bits. */
  private static long ordered(int regexPriority) {
    return regexPriority - (long) Integer.MIN_VALUE;
  }

  private static int one(List<?> values) {
    return values.isEmpty() ? 0 : 1;
  }
}
