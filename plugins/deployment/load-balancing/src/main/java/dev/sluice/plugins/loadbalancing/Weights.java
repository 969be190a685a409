package dev.sluice.plugins.loadbalancing;

import java.util.List;

/** Arithmetic on weights. */
final class Weights {

  private Weights() {}

  /** The weights divided by what they have in common. */
  static int[] reduced(List<Peer> peers) {
    int[] weights = peers.stream().mapToInt(Peer::weight).toArray();
    int common = 0;
    for (int weight : weights) {
      common = gcd(weight, common);
    }
    for (int i = 0; i < weights.length; i++) {
      weights[i] /= common;
    }
    return weights;
  }

  static long sum(int[] weights) {
    long sum = 0;
    for (int weight : weights) {
      sum += weight;
    }
    return sum;
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }
}
