package dev.sluice.plugins.loadbalancing;

import dev.sluice.testkit.fake.FakeTargetState;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

class SequenceTest {

  @Property(tries = 300)
  void aTurnHasAsManySlotsAsTheReducedWeights(
      @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 1, max = 40) Integer> weights,
      @ForAll @IntRange(min = 1, max = 1000) int factor,
      @ForAll @LongRange(min = 0, max = 1L << 60) long start) {
    List<Peer> peers = peers(weights.stream().map(weight -> weight * factor).toList());
    int[] reduced = Weights.reduced(peers);
    Map<Peer, Integer> counts = count(Sequence.of(peers), start, (int) Weights.sum(reduced));
    for (int i = 0; i < peers.size(); i++) {
      assertThat(counts).containsEntry(peers.get(i), reduced[i]);
    }
  }

  /** The error that the README states for weights too large for a wheel. */
  @Property(tries = 60)
  void sharesOfHugeWeightsAreOffByAFewRequests(
      @ForAll @Size(min = 2, max = 30) List<@IntRange(min = 1, max = 65_535) Integer> weights,
      @ForAll @LongRange(min = 0, max = 1L << 60) long start) {
    List<Peer> peers = peers(weights);
    int[] reduced = Weights.reduced(peers);
    Sequence sequence = Spread.of(peers, reduced);
    double total = Weights.sum(reduced);
    Map<Peer, Integer> counts = new HashMap<>();
    for (int picks = 1; picks <= 20_000; picks++) {
      counts.merge(sequence.at(start + picks - 1), 1, Integer::sum);
      if (Integer.bitCount(picks) == 1 || picks % 1000 == 0) {
        for (int i = 0; i < reduced.length; i++) {
          double ideal = picks * reduced[i] / total;
          assertThat(Math.abs(counts.getOrDefault(peers.get(i), 0) - ideal))
              .as("share of weight %s in %s after %s picks", reduced[i], weights, picks)
              .isLessThan(2 + Math.log(picks) / 2);
        }
      }
    }
  }

  @Example
  void longTurnsDoNotTakeLongWheels() {
    assertThat(Sequence.of(peers(List.of(16_383, 1)))).isInstanceOf(Wheel.class);
    assertThat(Sequence.of(peers(List.of(16_384, 1)))).isInstanceOf(Spread.class);
    assertThat(Sequence.of(peers(List.of(65_000, 65_000)))).isInstanceOf(Wheel.class);
  }

  @Example
  void placesBeyondAllCountsStillServe() {
    for (List<Integer> weights : List.of(List.of(1, 2, 3), List.of(65_535, 65_534))) {
      Sequence sequence = Sequence.of(peers(weights));
      for (long place = Long.MAX_VALUE - 1000; place > 0 && place <= Long.MAX_VALUE - 1; place++) {
        assertThat(sequence.at(place)).isNotNull();
      }
    }
  }

  private static List<Peer> peers(List<Integer> weights) {
    List<Peer> peers = new ArrayList<>();
    for (int weight : weights) {
      peers.add(Peer.of(FakeTargetState.of("10.0.0." + (peers.size() + 1), 80, weight)));
    }
    return peers;
  }

  private static Map<Peer, Integer> count(Sequence sequence, long start, int picks) {
    Map<Peer, Integer> counts = new HashMap<>();
    for (int i = 0; i < picks; i++) {
      counts.merge(sequence.at(start + i), 1, Integer::sum);
    }
    return counts;
  }
}
