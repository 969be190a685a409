package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.upstream.LoadBalancer;
import dev.sluice.api.upstream.PickContext;
import dev.sluice.api.upstream.Picker;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.api.upstream.UpstreamView;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/** The algorithm {@code consistent-hashing}: the same input goes to the same address, on all nodes. */
final class ConsistentHashing implements Algorithm {

  private static final int FEWEST_SLOTS = 1000;

  @Override
  public String name() {
    return "consistent-hashing";
  }

  @Override
  public LoadBalancer build(UpstreamView view, Peers peers) {
    JsonObject settings = view.upstream().settings();
    int targets = (int) view.addresses().stream().map(state -> state.target().id()).distinct().count();
    Ring ring = Ring.of(peers.all(), targets, Math.max(FEWEST_SLOTS, settings.getInteger("slots", FEWEST_SLOTS)));
    return new Balancer(peers, ring, HashInput.of(settings));
  }

  private static final class Balancer implements LoadBalancer, Picker {

    private final Peers peers;
    private final Ring ring;
    private final HashInput input;
    private final Coalesced judging;
    private volatile boolean open;

    Balancer(Peers peers, Ring ring, HashInput input) {
      this.peers = peers;
      this.ring = ring;
      this.input = input;
      judging = new Coalesced(() -> open = !peers.available().isEmpty());
      judging.run();
    }

    @Override
    public Picker newPicker() {
      return this;
    }

    @Override
    public void healthChanged() {
      judging.run();
    }

    /**
     * One address, for certain; but who is about to be given a cookie goes anywhere. Where nobody serves the request is
     * not even read, since that would give it the cookie.
     */
    @Override
    public Optional<Map<TargetState, Double>> chances(PickContext context) {
      if (!open) {
        return Optional.of(Map.of());
      }
      return Optional.of(
          !context.stream() && input.deals(context.request())
              ? peers.chances()
              : pick(context).map(only -> Map.of(only, 1.0)).orElse(Map.of()));
    }

    @Override
    public Optional<TargetState> pick(PickContext context) {
      byte[] key =
          context.stream()
              ? context.clientAddress().getBytes(StandardCharsets.UTF_8)
              : input.of(context.request());
      return open ? ring.pick(key, context) : Optional.empty();
    }
  }
}
