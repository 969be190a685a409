package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.upstream.LoadBalancer;
import dev.sluice.api.upstream.LoadBalancerFactory;
import dev.sluice.api.upstream.Outcome;
import dev.sluice.api.upstream.PickContext;
import dev.sluice.api.upstream.Picker;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.api.upstream.UpstreamView;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * An algorithm over groups of targets: a group serves while all groups before it are down. Where a policy says so, the
 * first group serves although all are down. With one group and no such policy this is the algorithm itself.
 */
final class ByPriority implements LoadBalancerFactory {

  private static final Logger log = LoggerFactory.getLogger(ByPriority.class);

  private final Algorithm algorithm;
  private final LongSupplier clock;

  /**
   * Makes one.
   *
   * @param clock milliseconds, those of the node
   */
  ByPriority(Algorithm algorithm, LongSupplier clock) {
    this.algorithm = algorithm;
    this.clock = clock;
  }

  @Override
  public String algorithm() {
    return algorithm.name();
  }

  @Override
  public LoadBalancer build(UpstreamView view) {
    TreeMap<Integer, List<TargetState>> groups = new TreeMap<>();
    view.addresses()
        .forEach(each -> groups.computeIfAbsent(each.target().priority(), none -> new ArrayList<>()).add(each));
    if (groups.size() < 2 && !view.policy().panicToAll()) {
      return algorithm.build(view, new Peers(view, false, clock));
    }
    List<Peers> peers = new ArrayList<>();
    List<LoadBalancer> balancers = new ArrayList<>();
    for (List<TargetState> addresses : groups.values()) {
      UpstreamView group = with(view, addresses);
      peers.add(new Peers(group, false, clock));
      balancers.add(algorithm.build(group, peers.get(peers.size() - 1)));
    }
    Optional<LoadBalancer> panic = Optional.empty();
    if (view.policy().panicToAll() && !groups.isEmpty()) {
      UpstreamView first = with(view, groups.firstEntry().getValue());
      panic = Optional.of(algorithm.build(first, new Peers(first, true, clock)));
    }
    return new Groups(view.upstream().name(), List.copyOf(groups.keySet()), peers, balancers, panic);
  }

  private static UpstreamView with(UpstreamView view, List<TargetState> addresses) {
    return new UpstreamView(view.upstream(), addresses, view.clientCertificate(), view.policy());
  }

  private static final class Groups implements LoadBalancer {

    private final String upstream;
    private final List<Integer> priorities;
    private final List<Peers> peers;
    private final List<LoadBalancer> balancers;
    private final Optional<LoadBalancer> panic;
    private final Coalesced telling = new Coalesced(this::tell);
    private int told;

    Groups(
        String upstream,
        List<Integer> priorities,
        List<Peers> peers,
        List<LoadBalancer> balancers,
        Optional<LoadBalancer> panic) {
      this.upstream = upstream;
      this.priorities = priorities;
      this.peers = peers;
      this.balancers = balancers;
      this.panic = panic;
      told = serving();
    }

    @Override
    public Picker newPicker() {
      return new GroupsPicker(
          balancers.stream().map(LoadBalancer::newPicker).toArray(Picker[]::new), panic.map(LoadBalancer::newPicker));
    }

    @Override
    public void healthChanged() {
      balancers.forEach(LoadBalancer::healthChanged);
      telling.run();
    }

    /** The index of the group that serves; beyond the last one when all are down. */
    private int serving() {
      int group = 0;
      while (group < peers.size() && peers.get(group).available().isEmpty()) {
        group++;
      }
      return group;
    }

    /** One at a time, by way of {@link Coalesced}. */
    private void tell() {
      int now = serving();
      if (now == told) {
        return;
      }
      told = now;
      if (now < peers.size()) {
        log.warn("upstream {}: targets of priority {} serve", upstream, priorities.get(now));
      } else {
        log.warn("upstream {}: no target is healthy{}", upstream, panic.isPresent() ? ", they are used nevertheless" : "");
      }
    }
  }

  /**
   * The pickers of the groups on one event loop. A request that has failed everywhere in a group goes on to the next:
   * for this request the group is down.
   */
  private static final class GroupsPicker implements Picker {

    private final Picker[] groups;
    private final Optional<Picker> panic;

    GroupsPicker(Picker[] groups, Optional<Picker> panic) {
      this.groups = groups;
      this.panic = panic;
    }

    @Override
    public Optional<TargetState> pick(PickContext context) {
      Optional<TargetState> failed = Optional.empty();
      for (Picker group : groups) {
        Optional<TargetState> picked = group.pick(context);
        if (picked.isPresent()) {
          if (context.attempt() == 1 || !context.failedAt(picked.get())) {
            return picked;
          }
          failed = failed.isEmpty() ? picked : failed;
        }
      }
      return failed.isEmpty() && panic.isPresent() ? panic.get().pick(context) : failed;
    }

    /** The first group that serves. One that does not tell leaves it unknown. */
    @Override
    public Optional<Map<TargetState, Double>> chances(PickContext context) {
      for (Picker group : groups) {
        Optional<Map<TargetState, Double>> chances = group.chances(context);
        if (chances.isEmpty() || !chances.get().isEmpty()) {
          return chances;
        }
      }
      return panic.map(picker -> picker.chances(context)).orElseGet(() -> Optional.of(Map.of()));
    }

    /** Who serves in panic belongs to a group, too, and what is learnt of it is kept there. */
    @Override
    public void onOutcome(TargetState target, Outcome outcome) {
      for (Picker group : groups) {
        group.onOutcome(target, outcome);
      }
    }
  }
}
