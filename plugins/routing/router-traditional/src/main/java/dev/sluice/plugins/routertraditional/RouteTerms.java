package dev.sluice.plugins.routertraditional;

import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.RouteQuery;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What all rules of one route share: all but its hosts and paths.
 *
 * @param definition the route
 * @param attributes what it asks for, as a set of the bits of {@link RuleOrder}
 * @param methods any when empty
 * @param headers all of them have to match
 * @param snis if the route has any
 * @param base path of the service
 * @param strip whether the matched part of the path is left out
 * @param v1 whether the upstream path is joined in the older way
 * @param plainHosts whether there are hosts, none with a wildcard
 * @param wildcardPort whether a host with a wildcard has a port
 */
record RouteTerms(
    RouteDefinition definition,
    int attributes,
    Set<String> methods,
    List<HeaderTerm> headers,
    Optional<SniTerm> snis,
    String base,
    boolean strip,
    boolean v1,
    boolean plainHosts,
    boolean wildcardPort) {

  /** What is no route's: every request matches. */
  static RouteTerms nothing(RouteDefinition definition) {
    return new RouteTerms(definition, 0, Set.of(), List.of(), Optional.empty(), "/", false, false, false, false);
  }

  static RouteTerms of(RouteDefinition definition, List<HostPattern> hosts, Flavor flavor) {
    Route route = definition.route();
    return new RouteTerms(
        definition,
        RuleOrder.attributes(route),
        Set.copyOf(route.methods()),
        route.headers().entrySet().stream()
            .map(entry -> HeaderTerm.parse(entry.getKey(), entry.getValue(), flavor))
            .toList(),
        route.snis().isEmpty() ? Optional.empty() : Optional.of(SniTerm.parse(route.snis(), flavor)),
        definition.service().flatMap(Service::path).filter(path -> !path.isEmpty()).orElse("/"),
        route.stripPath(),
        flavor.handlesPathsAsV1() && route.pathHandling().equals("v1"),
        !route.hosts().isEmpty() && hosts.stream().noneMatch(HostPattern::wildcard),
        hosts.stream().anyMatch(host -> host.wildcard() && host.hasPort()));
  }

  /** Whether every request matches. */
  boolean asksNothing() {
    return methods.isEmpty() && snis.isEmpty() && headers.isEmpty();
  }

  boolean matches(RouteQuery query) {
    if (!methods.isEmpty() && !methods.contains(query.method())) {
      return false;
    }
    if (snis.isPresent() && !snis.get().matches(query)) {
      return false;
    }
    for (int i = 0; i < headers.size(); i++) {
      if (!headers.get(i).matches(query.headers())) {
        return false;
      }
    }
    return true;
  }
}
