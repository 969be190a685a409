package dev.sluice.api.routing;

import java.util.List;
import java.util.Optional;

/** An immutable, compiled set of routes of the protocols tcp, tls and tls_passthrough. Used by all event loops at once. */
@FunctionalInterface
public interface StreamRouter {

  /** The protocols of routes that are about connections instead of requests. */
  List<String> PROTOCOLS = List.of("tcp", "tls", "tls_passthrough", "udp");

  /** Finds the route of a connection. Must not block. */
  Optional<RouteDefinition> select(StreamQuery query);

  /** Whether a route is about connections. */
  static boolean concerns(RouteDefinition definition) {
    return definition.route().protocols().stream().anyMatch(PROTOCOLS::contains);
  }
}
