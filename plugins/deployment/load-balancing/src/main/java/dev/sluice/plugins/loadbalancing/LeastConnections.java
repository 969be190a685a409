package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.upstream.LoadBalancer;
import dev.sluice.api.upstream.UpstreamView;

/** The algorithm {@code least-connections}: the address with the fewest requests under way for its weight. */
final class LeastConnections implements Algorithm {

  @Override
  public String name() {
    return "least-connections";
  }

  @Override
  public LoadBalancer build(UpstreamView view, Peers peers) {
    return new Balancer(peers);
  }

  private static final class Balancer extends LowestScore {

    private final Peer[] peers;

    Balancer(Peers peers) {
      super(peers);
      this.peers = peers.all().toArray(Peer[]::new);
    }

    @Override
    double score(int index) {
      Peer peer = peers[index];
      return (peer.state().inFlight() + 1.0) / peer.weight();
    }
  }
}
