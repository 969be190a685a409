package dev.sluice.plugins.loadbalancing;

import java.util.List;

/** An endless order of peers by weight. Immutable. */
@FunctionalInterface
interface Sequence {

  /** The longest wheel, in slots; beyond it memory and the time to build one are no longer worth the exactness. */
  int LONGEST_WHEEL = 1 << 14;

  /** The peer at a place, from 0. */
  Peer at(long place);

  /** The smoothest order there is for these peers, of which there is at least one. */
  static Sequence of(List<Peer> peers) {
    int[] weights = Weights.reduced(peers);
    long turn = Weights.sum(weights);
    if (turn == peers.size()) {
      return new Wheel(peers.toArray(Peer[]::new));
    }
    return turn <= LONGEST_WHEEL ? Wheel.of(peers, weights) : Spread.of(peers, weights);
  }
}
