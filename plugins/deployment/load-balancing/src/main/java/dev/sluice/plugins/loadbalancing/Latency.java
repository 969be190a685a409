package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.upstream.LoadBalancer;
import dev.sluice.api.upstream.Outcome;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.api.upstream.UpstreamView;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.WeakHashMap;
import java.util.function.LongSupplier;

/** The algorithm {@code latency}: the address that has answered fastest of late, for its weight. */
final class Latency implements Algorithm {

  /** The least time that a broken attempt counts for; refusing at once must not look like answering fast. */
  private static final long ERROR_MILLIS = 1000;

  private final LongSupplier clock;
  private final long origin;
  /** Survives changes of the upstream, as the addresses do. Of the control thread alone. */
  private final Map<TargetState, Ewma> averages = new WeakHashMap<>();

  Latency(LongSupplier clock) {
    this.clock = clock;
    origin = clock.getAsLong();
  }

  @Override
  public String name() {
    return "latency";
  }

  @Override
  public LoadBalancer build(UpstreamView view, Peers peers) {
    double now = now();
    OptionalDouble mean = peers.all().stream()
        .map(peer -> averages.get(peer.state()))
        .filter(average -> average != null && average.known())
        .mapToDouble(average -> average.value(now))
        .average();
    Ewma[] own = new Ewma[peers.all().size()];
    for (int i = 0; i < own.length; i++) {
      own[i] = averages.computeIfAbsent(
          peers.all().get(i).state(),
          state -> mean.isPresent() ? Ewma.of(mean.getAsDouble(), now) : Ewma.unknown());
    }
    return new Balancer(peers, own);
  }

  private double now() {
    return clock.getAsLong() - origin;
  }

  private final class Balancer extends LowestScore {

    private final Ewma[] averages;
    private final double[] advantages;
    private final IdentityHashMap<TargetState, Ewma> byTarget = new IdentityHashMap<>();

    Balancer(Peers peers, Ewma[] averages) {
      super(peers);
      this.averages = averages;
      List<Peer> all = peers.all();
      advantages = all.stream().mapToDouble(peer -> Math.log(peer.weight())).toArray();
      for (int i = 0; i < averages.length; i++) {
        byTarget.put(all.get(i).state(), averages[i]);
      }
    }

    /** The logarithm of average / weight, but for what is common to all. */
    @Override
    double score(int index) {
      return averages[index].rank() - advantages[index];
    }

    @Override
    void observe(TargetState target, Outcome outcome) {
      Ewma average = byTarget.get(target);
      if (average != null) {
        long least = outcome.kind() == Outcome.Kind.ERROR ? ERROR_MILLIS : 0;
        average.observe((double) Math.max(least, outcome.millis()), now());
      }
    }
  }
}
