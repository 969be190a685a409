package dev.sluice.plugins.loadbalancing;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

class WheelTest {

  @Property(tries = 500)
  void aTurnGivesEachWeightAsManySlots(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 200) Integer> generated) {
    int[] weights = array(generated);
    int[] counts = new int[weights.length];
    for (int index : Wheel.order(weights)) {
      counts[index]++;
    }
    assertThat(counts).isEqualTo(weights);
  }

  /** The strongest smoothness there is: never a whole slot ahead of the share nor behind it. */
  @Property(tries = 500)
  void noPrefixIsOffByAWholeSlot(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = 1, max = 200) Integer> generated) {
    int[] weights = array(generated);
    int[] order = Wheel.order(weights);
    long turn = order.length;
    long[] counts = new long[weights.length];
    for (int slot = 0; slot < order.length; slot++) {
      counts[order[slot]]++;
      for (int i = 0; i < weights.length; i++) {
        long off = counts[i] * turn - (slot + 1) * (long) weights[i];
        assertThat(Math.abs(off)).as("weight %s after %s slots, in %sths", i, slot + 1, turn).isLessThan(turn);
      }
    }
  }

  @Property(tries = 500)
  void gapsAndRunsAreShort(@ForAll @Size(min = 2, max = 40) List<@IntRange(min = 1, max = 100) Integer> generated) {
    int[] weights = array(generated);
    int[] order = Wheel.order(weights);
    int turn = order.length;
    int[] last = new int[weights.length];
    int[] run = new int[weights.length];
    Arrays.fill(last, Integer.MIN_VALUE / 2);
    for (int place = 0; place < 2 * turn; place++) {
      int index = order[place % turn];
      double period = (double) turn / weights[index];
      if (last[index] >= 0) {
        assertThat((double) (place - last[index])).isLessThan(2 * period);
      }
      run[index] = last[index] == place - 1 ? run[index] + 1 : 1;
      assertThat((double) run[index]).isLessThan(2 / (1 - 1 / period));
      last[index] = place;
    }
  }

  @Property(tries = 50)
  void equalWeightsGoRoundInOrder(@ForAll @IntRange(min = 1, max = 50) int peers) {
    int[] weights = new int[peers];
    Arrays.fill(weights, 1);
    assertThat(Wheel.order(weights)).isSorted().doesNotHaveDuplicates();
  }

  private static int[] array(List<Integer> weights) {
    return weights.stream().mapToInt(Integer::intValue).toArray();
  }
}
