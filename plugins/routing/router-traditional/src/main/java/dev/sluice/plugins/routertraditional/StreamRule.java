package dev.sluice.plugins.routertraditional;

import dev.sluice.api.entity.Route;
import dev.sluice.api.routing.RouteDefinition;
import dev.sluice.api.routing.StreamQuery;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * A route of connections.
 *
 * @param definition the route
 * @param protocols as which a connection may come
 * @param snis if the route has any
 * @param sources any when empty
 * @param destinations any when empty
 */
record StreamRule(
    RouteDefinition definition,
    Set<String> protocols,
    Optional<SniTerm> snis,
    List<EndpointTerm> sources,
    List<EndpointTerm> destinations) {

  private static final int SNIS = 4;
  private static final int SOURCES = 2;
  private static final int DESTINATIONS = 1;
  private static final int SOURCE_SHIFT = 4;
  private static final int CLASS = 1 << 16;

  /** By how much a route asks for, then by what. */
  static final Comparator<StreamRule> TRADITIONAL =
      descending(rule -> Integer.bitCount(rule.attributes()))
          .thenComparing(descending(StreamRule::attributes))
          .thenComparing(descending(StreamRule::whole))
          .thenComparing(tie());

  /** Kong packs these into one number. */
  static final Comparator<StreamRule> COMPATIBLE = descending(StreamRule::packed).thenComparing(tie());

  static StreamRule of(RouteDefinition definition, Flavor flavor) {
    Route route = definition.route();
    return new StreamRule(
        definition,
        Set.copyOf(route.protocols()),
        route.snis().isEmpty() ? Optional.empty() : Optional.of(SniTerm.parse(route.snis(), flavor)),
        EndpointTerm.parse(route.sources()),
        EndpointTerm.parse(route.destinations()));
  }

  private int attributes() {
    return (snis.isPresent() ? SNIS : 0)
        | (sources.isEmpty() ? 0 : SOURCES)
        | (destinations.isEmpty() ? 0 : DESTINATIONS);
  }

  private int whole() {
    return (sources.stream().anyMatch(EndpointTerm::both) ? 1 : 0)
        + (destinations.stream().anyMatch(EndpointTerm::both) ? 1 : 0);
  }

  private int packed() {
    boolean first = snis.isPresent() || !sources.isEmpty() && !destinations.isEmpty();
    return (first ? CLASS : 0)
        + (EndpointTerm.weight(sources) << SOURCE_SHIFT)
        + EndpointTerm.weight(destinations);
  }

  /** A route of plain TCP takes what comes out of TLS as well. */
  boolean matches(StreamQuery query, byte[] client, byte[] local) {
    boolean protocol =
        protocols.contains(query.protocol()) || query.protocol().equals("tls") && protocols.contains("tcp");
    return protocol
        && snis.map(term -> term.matches(query.sni())).orElse(true)
        && EndpointTerm.matches(sources, client, query.clientPort())
        && EndpointTerm.matches(destinations, local, query.localPort());
  }

  private static Comparator<StreamRule> tie() {
    return Comparator.<StreamRule, Long>comparing(rule -> rule.definition().route().createdAt())
        .thenComparing(rule -> rule.definition().route().id());
  }

  private static Comparator<StreamRule> descending(ToIntFunction<StreamRule> key) {
    return Comparator.comparingInt(key).reversed();
  }
}
