package dev.sluice.plugins.loadbalancing;

import java.util.List;
import java.util.PriorityQueue;

/**
 * One turn, laid out beforehand: each peer has exactly as many slots as its weight, spread so that at no point of the
 * turn it is a whole slot ahead of its share or behind it.
 */
final class Wheel implements Sequence {

  private final Peer[] slots;

  Wheel(Peer[] slots) {
    this.slots = slots;
  }

  @Override
  public Peer at(long place) {
    return slots[(int) (place % slots.length)];
  }

  static Wheel of(List<Peer> peers, int[] weights) {
    int[] order = order(weights);
    Peer[] slots = new Peer[order.length];
    for (int i = 0; i < slots.length; i++) {
      slots[i] = peers.get(order[i]);
    }
    return new Wheel(slots);
  }

  /**
   * Lays out a turn. The n-th slot of a weight w should lie within turn × (n-1)/w and turn × n/w; serving whoever may
   * begin by the earliest deadline meets all of these windows, since the shares add up to one.
   *
   * @param weights at least 1 each
   * @return an index into the weights for each slot
   */
  static int[] order(int[] weights) {
    int turn = Math.toIntExact(Weights.sum(weights));
    PriorityQueue<Window> later = new PriorityQueue<>(Window.BY_BEGIN);
    PriorityQueue<Window> open = new PriorityQueue<>(Window.BY_END);
    for (int i = 0; i < weights.length; i++) {
      open.add(Window.of(i, 0, weights[i], turn));
    }
    int[] order = new int[turn];
    for (int slot = 0; slot < turn; slot++) {
      while (!later.isEmpty() && later.peek().begin() <= slot) {
        open.add(later.remove());
      }
      Window next = open.remove();
      order[slot] = next.index();
      if (next.number() + 1 < weights[next.index()]) {
        later.add(Window.of(next.index(), next.number() + 1, weights[next.index()], turn));
      }
    }
    return order;
  }
}
