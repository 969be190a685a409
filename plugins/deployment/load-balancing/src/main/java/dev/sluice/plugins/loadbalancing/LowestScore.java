package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.upstream.LoadBalancer;
import dev.sluice.api.upstream.Outcome;
import dev.sluice.api.upstream.PickContext;
import dev.sluice.api.upstream.Picker;
import dev.sluice.api.upstream.TargetState;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * A balancer that picks the peer with the lowest score; equals take turns on each event loop. Who is new in service
 * competes only when it is its turn, and goes before its equals then.
 */
abstract class LowestScore implements LoadBalancer {

  /** In place of an index: everybody competes. */
  private static final int EVERYBODY = -2;

  private final List<Peer> peers;
  private final SlowStart slowStart;
  private final Coalesced judging;
  private volatile boolean open;

  LowestScore(Peers peers) {
    this.peers = peers.all();
    slowStart = peers.slowStart();
    judging =
        new Coalesced(
            () -> {
              slowStart.look();
              open = !peers.available().isEmpty();
            });
    judging.run();
  }

  /** The score of the peer at that index; read for every peer in every pick. */
  abstract double score(int index);

  /** Takes note of how an attempt ended. */
  void observe(TargetState target, Outcome outcome) {}

  @Override
  public final void healthChanged() {
    judging.run();
  }

  @Override
  public final Picker newPicker() {
    return new LoopPicker();
  }

  private final class LoopPicker implements Picker {

    private int picks;
    private int start = peers.isEmpty() ? 0 : new SplittableRandom().nextInt(peers.size());

    @Override
    public Optional<TargetState> pick(PickContext context) {
      if (!open) {
        return Optional.empty();
      }
      start = start + 1 < peers.size() ? start + 1 : 0;
      int best = slowStart.on() ? lowest(context, false, slowStart.turn(picks++)) : -1;
      if (best < 0) {
        best = lowest(context, false, EVERYBODY);
      }
      if (best < 0) {
        best = lowest(context, true, EVERYBODY);
      }
      return best < 0 ? Optional.empty() : peers.get(best).answer();
    }

    /** Those with the lowest score at this moment, one as likely as the other; of slow start nothing is said. */
    @Override
    public Optional<Map<TargetState, Double>> chances(PickContext context) {
      Map<TargetState, Double> chances = new HashMap<>();
      double lowest = Double.POSITIVE_INFINITY;
      for (int i = 0; i < peers.size(); i++) {
        double score = score(i);
        if (open && peers.get(i).healthy() && score <= lowest) {
          if (score < lowest) {
            chances.clear();
          }
          lowest = score;
          chances.put(peers.get(i).state(), 1.0);
        }
      }
      chances.replaceAll((target, one) -> 1.0 / chances.size());
      return Optional.of(chances);
    }

    /** The best of all, or of those who are not new and the one who is and has its turn. */
    private int lowest(PickContext context, boolean failedToo, int turn) {
      int best = -1;
      double lowest = Double.POSITIVE_INFINITY;
      int index = turn < 0 ? start : turn;
      for (int i = 0; i < peers.size(); i++) {
        Peer peer = peers.get(index);
        double score = score(index);
        if ((best < 0 || score < lowest)
            && peer.healthy()
            && (failedToo || !peer.failed(context))
            && (turn == EVERYBODY || index == turn || slowStart.part(peer) >= 1)) {
          best = index;
          lowest = score;
        }
        index = index + 1 < peers.size() ? index + 1 : 0;
      }
      return best;
    }

    @Override
    public void onOutcome(TargetState target, Outcome outcome) {
      observe(target, outcome);
    }
  }
}
