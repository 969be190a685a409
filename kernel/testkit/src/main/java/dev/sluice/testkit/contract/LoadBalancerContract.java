package dev.sluice.testkit.contract;

import dev.sluice.api.entity.Upstream;
import dev.sluice.api.upstream.LoadBalancer;
import dev.sluice.api.upstream.Picker;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.api.upstream.UpstreamView;
import dev.sluice.testkit.fake.FakePickContext;
import dev.sluice.testkit.fake.FakeTargetState;
import dev.sluice.testkit.fake.FakeUpstreams;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** What every load balancer must do, and what it must do if it says so. Extend it, and name the factory. */
@Timeout(60)
public abstract class LoadBalancerContract extends LoadBalancerFixture {

  @Test
  void anUpstreamWithoutAddressesHasNobodyToPick() {
    assertThat(pick(build(List.of()).newPicker(), 1)).isEmpty();
  }

  @Test
  void anUpstreamWithoutWeightHasNobodyToPick() {
    LoadBalancer balancer = build(addresses(0, 0, 0));

    assertThat(pick(balancer.newPicker(), 1)).isEmpty();
    balancer.healthChanged();
    assertThat(pick(balancer.newPicker(), 1)).isEmpty();
  }

  @Test
  void anAddressOfWeightZeroIsNeverPicked() {
    List<FakeTargetState> addresses = addresses(3, 0, 1);

    Map<TargetState, Integer> counts = count(build(addresses).newPicker(), 400);

    assertThat(counts).doesNotContainKey(addresses.get(1)).containsKey(addresses.get(0));
  }

  @Test
  void anUnhealthyAddressIsNotPickedEvenBeforeTheBalancerIsTold() {
    List<FakeTargetState> addresses = addresses(5, 1, 1);
    LoadBalancer balancer = build(addresses);
    Picker picker = balancer.newPicker();
    count(picker, 3);

    addresses.get(0).healthy(false);

    assertThat(count(picker, 400)).containsOnlyKeys(addresses.get(1), addresses.get(2));
    balancer.healthChanged();
    assertThat(count(picker, 400)).containsOnlyKeys(addresses.get(1), addresses.get(2));
  }

  @Test
  void theLightestAddressServesWhileAHeavyOneIsDown() {
    List<FakeTargetState> addresses = addresses(65_535, 1);
    LoadBalancer balancer = build(addresses);
    Picker picker = balancer.newPicker();

    addresses.get(0).healthy(false);

    assertThat(count(picker, 100)).containsOnly(Map.entry(addresses.get(1), 100));
    balancer.healthChanged();
    assertThat(count(picker, 100)).containsOnly(Map.entry(addresses.get(1), 100));
  }

  @Test
  void anAddressThatRecoversIsPickedAgain() {
    List<FakeTargetState> addresses = addresses(1, 1, 1);
    LoadBalancer balancer = build(addresses);
    Picker picker = balancer.newPicker();
    addresses.get(1).healthy(false);
    balancer.healthChanged();
    count(picker, 10);

    addresses.get(1).healthy(true);
    balancer.healthChanged();

    assertThat(count(picker, 400)).containsOnlyKeys(addresses);
  }

  @Test
  void nobodyIsPickedWhileEverybodyIsDown() {
    List<FakeTargetState> addresses = addresses(1, 2);
    LoadBalancer balancer = build(addresses);
    Picker picker = balancer.newPicker();
    addresses.forEach(address -> address.healthy(false));

    assertThat(pick(picker, 1)).isEmpty();
    balancer.healthChanged();
    assertThat(pick(picker, 1)).isEmpty();
    addresses.get(1).healthy(true);
    balancer.healthChanged();
    assertThat(pick(picker, 1)).contains(addresses.get(1));
  }

  @Test
  void theAvailableShareMustBeAboveTheThreshold() {
    List<FakeTargetState> addresses = addresses(100, 300);
    JsonObject threshold = new JsonObject().put("healthchecks", FakeUpstreams.healthchecks().put("threshold", 75));
    LoadBalancer balancer = build(addresses, threshold);
    Picker picker = balancer.newPicker();
    assertThat(pick(picker, 1)).isPresent();

    addresses.get(0).healthy(false);
    balancer.healthChanged();
    assertThat(pick(picker, 1)).as("75 %% available, more than 75 %% wanted").isEmpty();

    addresses.get(0).healthy(true);
    balancer.healthChanged();
    assertThat(pick(picker, 1)).isPresent();
  }

  @Test
  void addressesWithoutWeightPlayNoPartInTheThreshold() {
    List<FakeTargetState> addresses = addresses(0, 1);
    addresses.get(0).healthy(false);
    JsonObject threshold = new JsonObject().put("healthchecks", FakeUpstreams.healthchecks().put("threshold", 99.9));

    assertThat(pick(build(addresses, threshold).newPicker(), 1)).contains(addresses.get(1));
  }

  @Test
  void settingsThatAreAbsentTakeTheirDefaults() {
    JsonObject none = new JsonObject();
    Upstream upstream =
        new Upstream("id", "name", factory().algorithm(), Optional.empty(), false, new JsonObject(), none);

    LoadBalancer balancer = factory().build(new UpstreamView(upstream, List.copyOf(addresses(1))));

    assertThat(pick(balancer.newPicker(), 1)).isPresent();
  }

  @Test
  void aRequestAvoidsAddressesWhereItHasFailed() {
    List<FakeTargetState> addresses = addresses(1000, 10, 1);
    Picker picker = build(addresses).newPicker();
    for (int number = 0; number < 50; number++) {
      FakePickContext first = context(number);

      assertThat(picker.pick(first.afterFailuresAt(addresses.subList(0, 1))))
          .isNotEmpty().isNotEqualTo(Optional.of(addresses.get(0)));
      assertThat(picker.pick(first.afterFailuresAt(addresses.subList(0, 2)))).contains(addresses.get(2));
      assertThat(picker.pick(first.afterFailuresAt(addresses.subList(1, 3)))).contains(addresses.get(0));
      assertThat(picker.pick(first.afterFailuresAt(addresses))).as("failed everywhere").isNotEmpty();
    }
  }

  @Test
  void aRequestThatHasFailedAtAllHealthyAddressesDoesNotGetAnUnhealthyOne() {
    List<FakeTargetState> addresses = addresses(1, 1, 1);
    addresses.get(0).healthy(false);
    Picker picker = build(addresses).newPicker();
    for (int number = 0; number < 50; number++) {
      assertThat(picker.pick(context(number).afterFailuresAt(addresses.subList(1, 3))))
          .isNotEmpty().isNotEqualTo(Optional.of(addresses.get(0)));
    }
  }

  @Test
  void everyTurnGivesEachAddressItsExactShare() {
    assumeTrue(traits().contains(Trait.EXACT_TURNS));
    for (int[] weights : new int[][] {
      {1}, {1, 1}, {2, 1}, {100, 100, 100}, {75, 25}, {90, 10}, {200, 300}, {1000, 500}, {5, 1, 1}, {7, 0, 13, 3, 1}
    }) {
      List<FakeTargetState> addresses = addresses(weights);
      Picker picker = build(addresses).newPicker();
      int turn = turn(weights);
      for (int round = 0; round < 3; round++) {
        assertThat(count(picker, turn)).isEqualTo(shares(addresses, turn));
      }
    }
  }

  @Test
  void exactSharesHoldHoweverRequestsSpreadOverEventLoops() throws Exception {
    assumeTrue(traits().contains(Trait.EXACT_TURNS));
    List<FakeTargetState> addresses = addresses(2, 1);
    LoadBalancer balancer = build(addresses);
    List<Callable<Map<TargetState, Integer>>> loops = new ArrayList<>();
    for (int picks : new int[] {30_000, 1, 9_998, 20_001}) {
      loops.add(() -> count(balancer.newPicker(), picks));
    }

    Map<TargetState, Integer> total = new HashMap<>();
    for (Map<TargetState, Integer> counts : onLoops(loops)) {
      counts.forEach((address, picks) -> total.merge(address, picks, Integer::sum));
    }

    assertThat(total).isEqualTo(shares(addresses, 60_000));
  }

  @Test
  void exactSharesHoldAmongThoseThatAreLeft() {
    assumeTrue(traits().contains(Trait.EXACT_TURNS));
    List<FakeTargetState> addresses = addresses(1, 4, 2, 1);
    LoadBalancer balancer = build(addresses);
    addresses.get(1).healthy(false);
    balancer.healthChanged();

    assertThat(count(balancer.newPicker(), 400))
        .isEqualTo(Map.of(addresses.get(0), 100, addresses.get(2), 200, addresses.get(3), 100));
  }

  @Test
  void requestsSpreadByWeight() {
    assumeTrue(traits().contains(Trait.SHARES));
    List<FakeTargetState> addresses = addresses(100, 300, 50, 250, 300);
    Picker picker = build(addresses).newPicker();
    int picks = 20_000;
    for (int number = 0; number < picks; number++) {
      ((FakeTargetState) pick(picker, number).orElseThrow()).begin();
    }
    for (FakeTargetState address : addresses) {
      double share = picks * address.weight() / 1000.0;
      assertThat((double) address.inFlight()).as("%s", address).isCloseTo(share, within(share * tolerance()));
    }
  }

  @Test
  void theSameRequestGoesToTheSameAddress() {
    assumeTrue(traits().contains(Trait.SAME_REQUEST_SAME_ADDRESS));
    Picker one = build(addresses(10, 20, 30)).newPicker();
    Picker other = build(addresses(10, 20, 30)).newPicker();
    for (int number = 0; number < 300; number++) {
      Optional<String> first = pick(one, number).map(TargetState::address);
      assertThat(pick(one, number).map(TargetState::address)).isPresent().isEqualTo(first);
      assertThat(pick(other, number).map(TargetState::address)).isEqualTo(first);
    }
  }

  @Test
  void pickersOfAllLoopsNeitherBlockNorErrWhileHealthFlaps() throws Exception {
    List<FakeTargetState> addresses = addresses(3, 1, 7, 1, 5);
    addresses.get(0).healthy(false);
    LoadBalancer balancer = build(addresses);
    AtomicBoolean over = new AtomicBoolean();
    ExecutorService control = Executors.newSingleThreadExecutor();
    Future<?> flapping = control.submit(() -> {
      for (int i = 0; !over.get(); i++) {
        addresses.get(2 + i % 3).healthy(i / 3 % 2 == 0);
        balancer.healthChanged();
      }
    });
    try {
      Callable<Map<TargetState, Integer>> loop = () -> {
        Picker picker = balancer.newPicker();
        count(picker, 1000); // Loads what classes there are, which may wait.
        ThreadInfo before = ManagementFactory.getThreadMXBean().getThreadInfo(Thread.currentThread().getId());
        Map<TargetState, Integer> counts = count(picker, 50_000);
        ThreadInfo after = ManagementFactory.getThreadMXBean().getThreadInfo(Thread.currentThread().getId());
        assertThat(after.getBlockedCount()).as("monitors waited for").isEqualTo(before.getBlockedCount());
        assertThat(after.getWaitedCount()).as("times parked").isEqualTo(before.getWaitedCount());
        return counts;
      };
      for (Map<TargetState, Integer> counts : onLoops(List.of(loop, loop, loop, loop))) {
        assertThat(counts).doesNotContainKey(addresses.get(0));
        assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(50_000);
      }
    } finally {
      over.set(true);
      flapping.get(10, TimeUnit.SECONDS);
      control.shutdownNow();
    }
  }

  @Test
  void thousandsOfAddressesWithUnlikeWeightsAreQuicklyBuilt() {
    Random random = new Random(42);
    List<FakeTargetState> addresses = IntStream.range(0, 5000)
        .mapToObj(i -> FakeTargetState.of("10.1." + i / 250 + "." + (i % 250 + 1), 80, 1 + random.nextInt(65_535)))
        .toList();

    // The thread's own time, since the machine may have other work.
    long begin = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    LoadBalancer balancer = build(addresses);
    for (int i = 0; i < 20; i++) {
      addresses.get(i).healthy(false);
      balancer.healthChanged();
    }
    Map<TargetState, Integer> counts = count(balancer.newPicker(), 2000);
    long millis = TimeUnit.NANOSECONDS.toMillis(
        ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - begin);

    assertThat(counts.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(2000);
    assertThat(counts).doesNotContainKeys(addresses.subList(0, 20).toArray(TargetState[]::new));
    assertThat(millis).as("milliseconds to build, to hear of 20 changes and to pick 2000 times").isLessThan(5000);
  }
}
