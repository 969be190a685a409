package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.upstream.LoadBalancer;
import dev.sluice.api.upstream.PickContext;
import dev.sluice.api.upstream.Picker;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.api.upstream.UpstreamView;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;

/** The algorithm {@code round-robin}: addresses take turns by weight. */
final class RoundRobin implements Algorithm {

  @Override
  public String name() {
    return "round-robin";
  }

  @Override
  public LoadBalancer build(UpstreamView view, Peers peers) {
    return new Balancer(peers);
  }

  /**
   * All event loops draw from one counter, hence 2:1 stays 2:1 however the connections are spread over them. Whoever
   * draws a place that cannot serve draws the next, so that the others keep their proportions among each other.
   */
  private static final class Balancer implements LoadBalancer, Picker {

    /** How many places are drawn before the peers are searched one by one: a few, or a heavy one would cost dear. */
    private static final int DRAWS = 8;

    /** The same while somebody is new, who stands aside most of the time however heavy. */
    private static final int SLOW_DRAWS = 64;

    private final Peers peers;
    private final SlowStart slowStart;
    /** Begins anywhere, lest all nodes turn to the same address after each change. */
    private final AtomicLong places = new AtomicLong(new SplittableRandom().nextInt(Integer.MAX_VALUE));
    private final Coalesced arranging = new Coalesced(this::arrange);
    private final Optional<Sequence> everybody;
    private volatile Optional<Sequence> sequence = Optional.empty();

    Balancer(Peers peers) {
      this.peers = peers;
      slowStart = peers.slowStart();
      everybody = peers.all().isEmpty() ? Optional.empty() : Optional.of(Sequence.of(peers.all()));
      arrange();
    }

    @Override
    public Picker newPicker() {
      return this;
    }

    @Override
    public void healthChanged() {
      arranging.run();
    }

    @Override
    public Optional<TargetState> pick(PickContext context) {
      Optional<Sequence> now = sequence;
      if (now.isEmpty()) {
        return Optional.empty();
      }
      Sequence order = now.get();
      boolean slow = slowStart.on();
      int draws = slow ? SLOW_DRAWS : DRAWS;
      long place = 0;
      for (int draw = 0; draw < draws; draw++) {
        place = places.getAndIncrement();
        Peer peer = order.at(place);
        if (peer.healthy() && !peer.failed(context) && (!slow || slowStart.admits(peer))) {
          return peer.answer();
        }
      }
      return peers.any(context, (int) (place % peers.all().size()));
    }

    @Override
    public Optional<Map<TargetState, Double>> chances(PickContext context) {
      return Optional.of(peers.chances());
    }

    private void arrange() {
      slowStart.look();
      List<Peer> available = peers.available();
      if (available.isEmpty()) {
        sequence = Optional.empty();
      } else {
        sequence = available.size() == peers.all().size() ? everybody : Optional.of(Sequence.of(available));
      }
    }
  }
}
