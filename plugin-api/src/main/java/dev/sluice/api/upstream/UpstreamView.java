package dev.sluice.api.upstream;

import dev.sluice.api.entity.Certificate;
import dev.sluice.api.entity.Upstream;
import java.util.List;
import java.util.Optional;

/**
 * An upstream with the addresses of its targets, in one immutable version. A change of either makes a new view.
 *
 * @param upstream the upstream; for a service whose host is no upstream, one made up for that host
 * @param addresses sorted by host, address and port, so that all nodes see the same order
 * @param clientCertificate what the addresses are shown over TLS; empty for what the node shows
 * @param policy how it is balanced beyond what its fields say
 */
public record UpstreamView(
    Upstream upstream,
    List<TargetState> addresses,
    Optional<Certificate> clientCertificate,
    BalancingPolicy policy) {

  /** Copies the list. */
  public UpstreamView {
    addresses = List.copyOf(addresses);
  }

  /** A view of an upstream at a node that has no policy of its own. */
  public UpstreamView(Upstream upstream, List<TargetState> addresses, Optional<Certificate> clientCertificate) {
    this(upstream, addresses, clientCertificate, BalancingPolicy.DEFAULT.with(upstream));
  }

  /** A view of an upstream that has no certificate to show. */
  public UpstreamView(Upstream upstream, List<TargetState> addresses) {
    this(upstream, addresses, Optional.empty());
  }
}
