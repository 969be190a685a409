package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.upstream.PickContext;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.api.upstream.UpstreamView;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * The addresses of one view that have a weight, in the view's order, and the rule by which a group of which too little
 * is left takes no traffic at all. Immutable, but for what slow start knows.
 */
final class Peers {

  private final List<Peer> all;
  private final long totalWeight;
  private final double threshold;
  private final SlowStart slowStart;

  /**
   * Takes them from a view.
   *
   * @param trusted whether they are taken for healthy whatever is known of them
   * @param clock milliseconds, those of the node
   */
  Peers(UpstreamView view, boolean trusted, LongSupplier clock) {
    all =
        view.addresses().stream().filter(state -> state.weight() > 0).map(state -> Peer.of(state, trusted)).toList();
    slowStart = new SlowStart(all, trusted ? Duration.ZERO : view.policy().slowStart(), clock);
    totalWeight = weight(all);
    Number percent = view.upstream().healthchecks().getNumber("threshold");
    threshold = percent == null ? 0 : percent.doubleValue();
  }

  List<Peer> all() {
    return all;
  }

  SlowStart slowStart() {
    return slowStart;
  }

  /** Those that are healthy now; none when their share of the weight is not above the threshold. */
  List<Peer> available() {
    List<Peer> healthy = all.stream().filter(Peer::healthy).toList();
    return weight(healthy) * 100.0 > threshold * totalWeight ? healthy : List.of();
  }

  /** What chance each of those that are healthy has, by weight and by how new it is. */
  Map<TargetState, Double> chances() {
    List<Peer> able = available();
    double sum = able.stream().mapToDouble(this::share).sum();
    Map<TargetState, Double> chances = new HashMap<>();
    able.forEach(peer -> chances.put(peer.state(), share(peer) / sum));
    return chances;
  }

  private double share(Peer peer) {
    return peer.weight() * slowStart.part(peer);
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
