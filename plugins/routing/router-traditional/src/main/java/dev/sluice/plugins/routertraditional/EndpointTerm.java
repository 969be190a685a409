package dev.sluice.plugins.routertraditional;

import dev.sluice.api.entity.Endpoint;
import dev.sluice.api.request.AddressRange;
import java.util.List;
import java.util.Optional;

/**
 * One of a route's {@code sources} or {@code destinations}.
 *
 * @param range any address when empty
 * @param port any when empty
 * @param weight how exact it is: 8 for one address, 1 for a block of them, 4 for a port
 */
record EndpointTerm(Optional<AddressRange> range, Optional<Integer> port, int weight) {

  static List<EndpointTerm> parse(List<Endpoint> endpoints) {
    return endpoints.stream().map(EndpointTerm::parse).toList();
  }

  private static EndpointTerm parse(Endpoint endpoint) {
    int address = endpoint.ip().map(ip -> ip.indexOf('/') < 0 ? 8 : 1).orElse(0);
    return new EndpointTerm(
        endpoint.ip().map(AddressRange::of), endpoint.port(), address + (endpoint.port().isPresent() ? 4 : 0));
  }

  boolean both() {
    return range.isPresent() && port.isPresent();
  }

  static boolean matches(List<EndpointTerm> terms, byte[] address, int port) {
    return terms.isEmpty() || terms.stream().anyMatch(term -> term.matches(address, port));
  }

  private boolean matches(byte[] address, int asked) {
    return port.map(own -> own == asked).orElse(true) && range.map(own -> own.contains(address)).orElse(true);
  }

  /** How exact the most exact ones of them are, as bits. */
  static int weight(List<EndpointTerm> terms) {
    return terms.stream().mapToInt(EndpointTerm::weight).reduce(0, (one, other) -> one | other);
  }
}
