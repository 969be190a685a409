package dev.sluice.plugins.routertraditional;

import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.RouteMatch;
import dev.sluice.api.routing.RouteMatch.Captures;
import dev.sluice.api.routing.RouteQuery;
import dev.sluice.api.routing.Router;
import dev.sluice.plugins.routing.UpstreamPath;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules once more, as plainly as can be: every request is tried against every path of every route, and the matches
 * are sorted. Shares no code with the router but the building of upstream paths, which has tests of its own.
 */
final class ReferenceRouter implements Router {

  private static final Pattern HOST = Pattern.compile("(.*?)(?::(\\d+))?");

  private final boolean traditional;
  private final List<RouteDefinition> routes;
  private final Map<String, Pattern> patterns = new HashMap<>();

  ReferenceRouter(boolean traditional, List<RouteDefinition> routes) {
    this.traditional = traditional;
    this.routes = routes;
  }

  @Override
  public Optional<RouteMatch> select(RouteQuery query) {
    List<Candidate> candidates = new ArrayList<>();
    for (RouteDefinition definition : routes) {
      Route route = definition.route();
      if (!definition.service().map(Service::enabled).orElse(true)
          || !route.protocols().stream().allMatch(List.of("http", "https", "grpc", "grpcs")::contains)
          || attributes(route) == 0
          || !matchesMethod(route, query)
          || !matchesSni(route, query)
          || !matchesHeaders(route, query)) {
        continue;
      }
      int host = matchHost(route, query);
      if (host < 0) {
        continue;
      }
      int count = Math.max(route.paths().size(), 1);
      for (int i = 0; i < count; i++) {
        String path = route.paths().isEmpty() ? "" : route.paths().get(i);
        if (path.startsWith("~")) {
          Matcher matcher = pattern(path.substring(1)).matcher(query.path());
          if (matcher.lookingAt()) {
            candidates.add(new Candidate(definition, path, i, host == 2, matcher.end(), captures(path, matcher)));
          }
        } else if (query.path().startsWith(path)) {
          candidates.add(new Candidate(definition, path, i, host == 2, path.length(), Captures.NONE));
        }
      }
    }
    Comparator<Candidate> order =
        Comparator.comparing(traditional ? ReferenceRouter::traditionalKey : ReferenceRouter::compatibleKey);
    return candidates.stream()
        .min(
            order
                .reversed()
                .thenComparing(candidate -> candidate.withPort ? 0 : 1)
                .thenComparing(candidate -> candidate.route().createdAt())
                .thenComparing(candidate -> candidate.route().id())
                .thenComparing(candidate -> candidate.position))
        .map(candidate -> answer(candidate, query.path()));
  }

  private record Candidate(
      RouteDefinition definition, String path, int position, boolean withPort, int matched, Captures captures) {

    Route route() {
      return definition.route();
    }

    boolean regex() {
      return path.startsWith("~");
    }
  }

  private RouteMatch answer(Candidate candidate, String path) {
    Route route = candidate.route();
    String base = candidate.definition.service().flatMap(Service::path).orElse("/");
    int matched = route.paths().isEmpty() ? UpstreamPath.NO_PATH : candidate.matched;
    String upstream =
        traditional && route.pathHandling().equals("v1")
            ? UpstreamPath.v1(base, path, matched, route.stripPath())
            : UpstreamPath.v0(base, path, matched, route.stripPath());
    String prefix = route.stripPath() ? path.substring(0, candidate.matched) : "";
    return new RouteMatch(candidate.definition, upstream, prefix.equals("/") ? "" : prefix, candidate.captures);
  }

  private static int attributes(Route route) {
    return (int)
        List.of(
                !route.hosts().isEmpty(),
                !route.headers().isEmpty(),
                !route.paths().isEmpty(),
                !route.methods().isEmpty(),
                !route.snis().isEmpty())
            .stream()
            .filter(set -> set)
            .count();
  }

  /** Digits in a number base that is larger than any of them, the first one counting most. */
  private static BigInteger traditionalKey(Candidate candidate) {
    Route route = candidate.route();
    int set = 0;
    set += route.hosts().isEmpty() ? 0 : 64;
    set += route.headers().isEmpty() ? 0 : 32;
    set += route.paths().isEmpty() ? 0 : 16;
    set += route.methods().isEmpty() ? 0 : 8;
    set += route.snis().isEmpty() ? 0 : 4;
    int kind = 0;
    kind += route.hosts().stream().anyMatch(host -> host.contains("*") && host.contains(":")) ? 4 : 0;
    kind += !route.hosts().isEmpty() && route.hosts().stream().noneMatch(host -> host.contains("*")) ? 2 : 0;
    kind += candidate.regex() ? 1 : 0;
    BigInteger key = BigInteger.ZERO;
    for (int digit :
        List.of(
            attributes(route),
            set,
            kind,
            route.headers().size(),
            candidate.regex() ? route.regexPriority() : 0,
            candidate.regex() ? 0 : candidate.path.length())) {
      key = key.multiply(BigInteger.valueOf(1_000_000)).add(BigInteger.valueOf(digit));
    }
    return key;
  }

  /** The number of 64 bits. */
  private static BigInteger compatibleKey(Candidate candidate) {
    Route route = candidate.route();
    boolean plain = !route.hosts().isEmpty() && route.hosts().stream().noneMatch(host -> host.contains("*"));
    long key = (long) attributes(route) << 61;
    key |= plain ? 1L << 60 : 0;
    key |= (long) route.headers().size() << 52;
    key |= candidate.regex() ? 1L << 51 : 0;
    key |= candidate.regex() ? (long) route.regexPriority() << 19 : 0;
    key |= candidate.regex() ? 0 : candidate.path.length();
    return new BigInteger(Long.toUnsignedString(key));
  }

  private static boolean matchesMethod(Route route, RouteQuery query) {
    return route.methods().isEmpty() || route.methods().contains(query.method());
  }

  private boolean matchesSni(Route route, RouteQuery query) {
    if (route.snis().isEmpty() || query.scheme().equals("http")) {
      return true;
    }
    String name = query.sni().orElse("");
    return route.snis().stream()
        .anyMatch(
            sni ->
                (!traditional && sni.contains("*") && !name.isEmpty())
                    ? whole(name, sni.replace(".", "\\.").replace("*", ".*"))
                    : sni.equals(name));
  }

  private boolean matchesHeaders(Route route, RouteQuery query) {
    return route.headers().entrySet().stream()
        .allMatch(
            entry ->
                query.headers().getAll(entry.getKey()).stream()
                    .anyMatch(value -> matchesValue(entry.getValue(), value.toLowerCase(Locale.ROOT))));
  }

  private boolean matchesValue(List<String> wanted, String value) {
    return wanted.stream()
        .anyMatch(
            want -> {
              String text = want.toLowerCase(Locale.ROOT);
              boolean regex = want.startsWith("~*");
              if (traditional) {
                return text.equals(value)
                    || (regex && wanted.size() == 1 && pattern(want.substring(2)).matcher(value).find());
              }
              return regex ? pattern(text.substring(2)).matcher(value).find() : text.equals(value);
            });
  }

  /** Whether the hosts do not match (-1), are not set (0), or match without (1) or with a port (2). */
  private int matchHost(Route route, RouteQuery query) {
    if (route.hosts().isEmpty()) {
      return 0;
    }
    Matcher asked = split(query.host());
    int best = -1;
    for (String host : route.hosts()) {
      Matcher wanted = split(host);
      boolean star = host.contains("*");
      boolean name = whole(asked.group(1), wanted.group(1).replace(".", "\\.").replace("*", ".+"));
      if (!name || asked.group(1).isEmpty()) {
        continue;
      }
      if (wanted.group(2) == null) {
        best = Math.max(best, 1);
        continue;
      }
      String port = asked.group(2);
      if (port == null && !traditional) {
        port = String.valueOf(query.localPort());
      } else if (port == null && star) {
        port = query.scheme().equals("https") ? "443" : "80";
      }
      best = wanted.group(2).equals(port) ? 2 : best;
    }
    return best;
  }

  private boolean whole(String text, String regex) {
    return pattern(regex).matcher(text).matches();
  }

  private Pattern pattern(String regex) {
    return patterns.computeIfAbsent(regex, Pattern::compile);
  }

  private static Matcher split(String host) {
    Matcher matcher = HOST.matcher(host);
    if (!matcher.matches()) {
      throw new IllegalArgumentException(host);
    }
    return matcher;
  }

  private static Captures captures(String path, Matcher matcher) {
    if (matcher.groupCount() == 0) {
      return Captures.NONE;
    }
    String[] numbered = new String[matcher.groupCount()];
    Arrays.setAll(numbered, i -> matcher.group(i + 1) == null ? "" : matcher.group(i + 1));
    Map<String, String> named = new HashMap<>();
    Matcher names = Pattern.compile("\\(\\?<(\\w+)>").matcher(path);
    while (names.find()) {
      String text = matcher.group(names.group(1));
      named.put(names.group(1), text == null ? "" : text);
    }
    return new Captures(List.of(numbered), named);
  }
}
