package dev.sluice.plugins.routertraditional;

import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.routing.RouteDefinition;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Takes a route apart into rules: one for each pair of a host and a path. */
final class RouteCompiler {

  private static final Set<String> STREAM_PROTOCOLS = Set.of("tcp", "tls", "tls_passthrough", "udp");

  private final Flavor flavor;

  RouteCompiler(Flavor flavor) {
    this.flavor = flavor;
  }

  /**
   * The rules of a route; none when it does not serve requests.
   *
   * @throws IllegalArgumentException when the route cannot be compiled; the message names it
   */
  List<Rule> compile(RouteDefinition definition) {
    Route route = definition.route();
    if (!serves(definition)) {
      return List.of();
    }
    try {
      List<HostPattern> hosts = route.hosts().stream().map(HostPattern::parse).toList();
      RouteTerms terms = RouteTerms.of(definition, hosts, flavor);
      List<Rule> rules = new ArrayList<>();
      for (HostPattern host : hosts.isEmpty() ? List.of(HostPattern.ANY) : hosts) {
        for (PathPattern path : paths(route)) {
          rules.add(new Rule(terms, host, path, Rule.UNRANKED));
        }
      }
      return rules;
    } catch (IllegalArgumentException wrong) {
      throw new IllegalArgumentException(
          "route " + route.name().orElse(route.id()) + ": " + wrong.getMessage(), wrong);
    }
  }

  private List<PathPattern> paths(Route route) {
    if (route.paths().isEmpty()) {
      return List.of(PathPattern.ANY);
    }
    return IntStream.range(0, route.paths().size())
        .mapToObj(position -> PathPattern.parse(route.paths().get(position), position, flavor))
        .toList();
  }

  private static boolean serves(RouteDefinition definition) {
    Route route = definition.route();
    boolean asks =
        !(route.hosts().isEmpty()
            && route.paths().isEmpty()
            && route.methods().isEmpty()
            && route.headers().isEmpty()
            && route.snis().isEmpty());
    return asks
        && route.protocols().stream().noneMatch(STREAM_PROTOCOLS::contains)
        && definition.service().map(Service::enabled).orElse(true);
  }
}
