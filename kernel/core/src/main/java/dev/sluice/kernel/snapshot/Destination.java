package dev.sluice.kernel.snapshot;

import dev.sluice.api.entity.Service;
import dev.sluice.kernel.trust.UpstreamTls;
import dev.sluice.kernel.upstream.AddressBook.Name;
import dev.sluice.kernel.upstream.Seat;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import java.util.Optional;

/**
 * Where requests go: to a balancer, or to a machine that no service names.
 *
 * @param seat that of the balancer; empty when there is none
 * @param tls how it is met over TLS; empty when it is not
 * @param machine the machine, when there is no balancer
 */
public record Destination(Optional<Seat> seat, Optional<UpstreamTls> tls, Optional<Name> machine) {

  static Destination of(Optional<UpstreamRuntime> upstream, Optional<UpstreamTls> tls) {
    return new Destination(upstream.map(UpstreamRuntime::seat), tls, Optional.empty());
  }

  static Destination machine(Service service, String host, Optional<Integer> port, Optional<UpstreamTls> tls) {
    return new Destination(Optional.empty(), tls, Optional.of(new Name(host, port.orElse(service.port()))));
  }

  /** The balancer for those who serve by a snapshot; empty when there is none. */
  public Optional<UpstreamRuntime> upstream(GatewaySnapshot snapshot) {
    return seat.isEmpty() ? Optional.empty() : Optional.ofNullable(snapshot.upstream(seat.get()));
  }

  /** Whether somebody can take a request now. */
  boolean available() {
    return seat.isEmpty() ? machine.isPresent() : seat.get().available();
  }
}
