package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.upstream.PickContext;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.api.upstream.UpstreamView;
import java.util.List;
import java.util.Optional;

/**
 * The addresses of one view that have a weight, in the view's order, and the rule by which an upstream of which too
 * little is left takes no traffic at all. Immutable.
 */
final class Peers {

  private final List<Peer> all;
  private final long totalWeight;
  private final double threshold;

  Peers(UpstreamView view) {
    all = view.addresses().stream().filter(state -> state.weight() > 0).map(Peer::of).toList();
    totalWeight = weight(all);
    Number percent = view.upstream().healthchecks().getNumber("threshold");
    threshold = percent == null ? 0 : percent.doubleValue();
  }

  List<Peer> all() {
    return all;
  }

  /** Those that are healthy now; none when their share of the weight is not above the threshold. */
  List<Peer> available() {
    List<Peer> healthy = all.stream().filter(Peer::healthy).toList();
    return weight(healthy) * 100.0 > threshold * totalWeight ? healthy : List.of();
  }

  /** Looks at every peer in turn: one that is healthy and at which the request has not failed, else one that is. */
  Optional<TargetState> any(PickContext context, int start) {
    Optional<TargetState> failed = Optional.empty();
    for (int i = 0; i < all.size(); i++) {
      Peer peer = all.get((start + i) % all.size());
      if (peer.healthy()) {
        if (!peer.failed(context)) {
          return peer.answer();
        }
        failed = failed.isEmpty() ? peer.answer() : failed;
      }
    }
    return failed;
  }

  private static long weight(List<Peer> peers) {
    return peers.stream().mapToLong(Peer::weight).sum();
  }
}
