package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.upstream.LoadBalancer;
import dev.sluice.api.upstream.Picker;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.testkit.fake.FakeTargetState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Who comes into service beside others grows into its share. */
class SlowStartTest {

  private static final int PICKS = 5000;
  private static final String THIRTY_SECONDS = "sluice:slow_start=30";

  private static List<FakeTargetState> addresses(int... weights) {
    List<FakeTargetState> addresses = new ArrayList<>();
    for (int weight : weights) {
      addresses.add(FakeTargetState.of("10.0.0." + (addresses.size() + 1), 80, weight));
    }
    return addresses;
  }

  private static double share(Picker picker, TargetState of) {
    return Every.count(picker, PICKS).getOrDefault(of, 0) / (double) PICKS;
  }

  /** By turns: thinned by its part, the others keep their proportions. */
  @Property(tries = 100)
  void inTurnsTheShareGrowsEvenly(
      @ForAll @Size(min = 2, max = 8) List<@IntRange(min = 1, max = 500) Integer> weights,
      @ForAll @IntRange(min = 0, max = 35) int seconds) {
    Every every = Every.ROUND_ROBIN;
    List<FakeTargetState> addresses = addresses(weights.stream().mapToInt(Integer::intValue).toArray());
    addresses.get(0).servingSince(Every.CLOCK.get() - seconds * 1000L);
    Picker picker = every.build(addresses, THIRTY_SECONDS).newPicker();
    double part = seconds >= 30 ? 1 : Math.max(0.1, seconds / 30.0);
    double total = weights.stream().skip(1).mapToInt(Integer::intValue).sum() + part * weights.get(0);
    Map<TargetState, Integer> counts = Every.count(picker, PICKS);
    for (int i = 0; i < weights.size(); i++) {
      double share = (i == 0 ? part : 1) * weights.get(i) / total;
      assertThat(counts.getOrDefault(addresses.get(i), 0) / (double) PICKS)
          .as("weight %s of %s after %s s", weights.get(i), weights, seconds)
          .isCloseTo(share, within(0.03));
    }
  }

  /** Idle addresses of equal weight take turns: of these the new one has its part. */
  @Property(tries = 60)
  void byConnectionsAndLatencyItGrowsToo(@ForAll @IntRange(min = 2, max = 20) int size, @ForAll @IntRange(min = 0, max = 30) int seconds) {
    for (Every every : List.of(Every.LEAST_CONNECTIONS, Every.LATENCY)) {
      int[] weights = new int[size];
      java.util.Arrays.fill(weights, 100);
      List<FakeTargetState> addresses = addresses(weights);
      addresses.get(1).servingSince(Every.CLOCK.get() - seconds * 1000L);
      double part = Math.max(0.1, seconds / 30.0);
      assertThat(share(every.build(addresses, THIRTY_SECONDS).newPicker(), addresses.get(1)))
          .as("%s after %s s, of %s", every, seconds, size)
          .isCloseTo(part / size, within(0.01));
    }
  }

  @Example
  void underLoadItHasNoMoreThanItsPart() {
    Every every = Every.LEAST_CONNECTIONS;
    List<FakeTargetState> addresses = addresses(100, 100, 100, 100);
    addresses.subList(0, 3).forEach(each -> times(50, each::begin));
    addresses.get(3).servingSince(Every.CLOCK.get() - 6_000);
    assertThat(share(every.build(addresses, THIRTY_SECONDS).newPicker(), addresses.get(3)))
        .isCloseTo(0.2 / 4, within(0.005));
  }

  private static void times(int count, Runnable task) {
    for (int i = 0; i < count; i++) {
      task.run();
    }
  }

  @Property
  void whoIsBackBeginsAnew(@ForAll Every every) {
    List<FakeTargetState> addresses = addresses(100, 100);
    LoadBalancer balancer = every.build(addresses, THIRTY_SECONDS);
    Picker picker = balancer.newPicker();
    double whole = share(picker, addresses.get(1));
    addresses.get(1).healthy(false);
    balancer.healthChanged();
    assertThat(share(picker, addresses.get(1))).isZero();

    addresses.get(1).servingSince(Every.CLOCK.get()).healthy(true);
    balancer.healthChanged();
    double first = share(picker, addresses.get(1));
    Every.CLOCK.addAndGet(30_000);

    assertThat(share(picker, addresses.get(1))).as("after its time").isCloseTo(whole, within(0.01));
    if (every == Every.CONSISTENT_HASHING) {
      assertThat(first).as("keys do not move twice").isEqualTo(whole);
    } else {
      assertThat(first).isBetween(0.04, 0.1);
    }
  }

  @Property
  void whoIsNewServesWhenNobodyElseDoes(@ForAll Every every) {
    List<FakeTargetState> addresses = addresses(100, 65_535);
    addresses.get(1).servingSince(Every.CLOCK.get());
    LoadBalancer balancer = every.build(addresses, THIRTY_SECONDS);
    addresses.get(0).healthy(false);
    balancer.healthChanged();
    assertThat(Every.count(balancer.newPicker(), 200)).containsOnlyKeys(addresses.get(1));
    assertThat(balancer.newPicker().pick(Every.request(1).afterFailuresAt(addresses.subList(1, 2)))).isPresent();
  }

  @Property
  void withoutAWordNobodyIsNew(@ForAll Every every) {
    List<FakeTargetState> addresses = addresses(100, 100);
    double whole = share(every.build(addresses).newPicker(), addresses.get(1));
    addresses.get(1).servingSince(Every.CLOCK.get());
    assertThat(share(every.build(addresses).newPicker(), addresses.get(1))).isCloseTo(whole, within(0.01));
  }

  @Example
  void aClockThatIsSetBackDoesNotHoldAnybodyBack() {
    Every every = Every.ROUND_ROBIN;
    List<FakeTargetState> addresses = addresses(1, 1);
    addresses.get(1).servingSince(Every.CLOCK.get());
    Picker picker = every.build(addresses, THIRTY_SECONDS).newPicker();
    Every.CLOCK.addAndGet(-3_600_000);
    assertThat(share(picker, addresses.get(1))).isCloseTo(0.5, within(0.01));
  }
}
