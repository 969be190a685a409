package dev.sluice.plugins.loadbalancing;

import java.util.Arrays;
import java.util.List;

/**
 * An order that is computed place by place, for weights whose wheel would be too long. The places are multiples of the
 * golden section modulo one, which of all sequences fall most evenly; a peer owns a part of the circle as wide as its
 * share. Needs memory for the peers alone.
 */
final class Spread implements Sequence {

  /** The golden section in units of 2^-64. */
  private static final long STEP = 0x9E37_79B9_7F4A_7C15L;

  private final Peer[] peers;
  private final long[] ends;

  private Spread(Peer[] peers, long[] ends) {
    this.peers = peers;
    this.ends = ends;
  }

  static Spread of(List<Peer> peers, int[] weights) {
    long[] ends = new long[weights.length];
    long end = 0;
    for (int i = 0; i < weights.length; i++) {
      end += weights[i];
      ends[i] = end;
    }
    return new Spread(peers.toArray(Peer[]::new), ends);
  }

  @Override
  public Peer at(long place) {
    long onCircle = place * STEP;
    long point = Math.multiplyHigh(onCircle >>> 1, ends[ends.length - 1] << 1);
    int found = Arrays.binarySearch(ends, point);
    return peers[found >= 0 ? found + 1 : -found - 1];
  }
}
