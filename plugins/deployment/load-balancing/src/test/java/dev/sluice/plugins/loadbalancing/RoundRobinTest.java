package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.upstream.LoadBalancer;
import dev.sluice.api.upstream.LoadBalancerFactory;
import dev.sluice.api.upstream.Picker;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.testkit.contract.LoadBalancerContract;
import dev.sluice.testkit.fake.FakePickContext;
import dev.sluice.testkit.fake.FakeTargetState;
import dev.sluice.testkit.fake.FakeUpstreams;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RoundRobinTest extends LoadBalancerContract {

  @Override
  protected LoadBalancerFactory factory() {
    return new ByPriority(new RoundRobin(), System::currentTimeMillis);
  }

  @Override
  protected Set<Trait> traits() {
    return Set.of(Trait.EXACT_TURNS, Trait.SHARES);
  }

  @Override
  protected double tolerance() {
    return 1e-9;
  }

  @Test
  void isKongsDefaultAlgorithm() {
    assertThat(factory().algorithm()).isEqualTo("round-robin");
  }

  @Test
  void aDownAddressLeavesItsPlacesToAllOthersAlikeBeforeTheBalancerIsTold() {
    List<FakeTargetState> addresses = addresses(1, 1, 1);
    Picker picker = build(addresses);
    addresses.get(1).healthy(false);

    int[] counts = counts(picker, addresses, 600);

    assertThat(counts).containsExactly(300, 0, 300);
  }

  @Test
  void nearlyEqualHugeWeightsKeepTheirSharesWithoutALongWheel() {
    List<FakeTargetState> addresses = addresses(65_535, 65_534, 65_533);
    int[] counts = counts(build(addresses), addresses, 30_000);
    assertThat(IntStream.of(counts).min().orElseThrow()).isGreaterThanOrEqualTo(9_995);
    assertThat(IntStream.of(counts).max().orElseThrow()).isLessThanOrEqualTo(10_005);
  }

  @Test
  void balancersBeginAtDifferentPlaces() {
    Set<TargetState> first = new HashSet<>();
    List<FakeTargetState> addresses = addresses(1, 1, 1, 1);
    for (int i = 0; i < 200; i++) {
      first.add(build(addresses).pick(FakePickContext.first()).orElseThrow());
    }
    assertThat(first).containsExactlyInAnyOrderElementsOf(addresses);
  }

  @Test
  void healthThatComesBackRestoresTheFullTurn() {
    List<FakeTargetState> addresses = addresses(5, 3, 1);
    LoadBalancer balancer = factory().build(FakeUpstreams.view(new JsonObject(), addresses));
    for (boolean healthy : new boolean[] {false, true}) {
      addresses.get(0).healthy(healthy);
      balancer.healthChanged();
    }
    assertThat(counts(balancer.newPicker(), addresses, 900)).containsExactly(500, 300, 100);
  }

  private Picker build(List<FakeTargetState> addresses) {
    return factory().build(FakeUpstreams.view(new JsonObject(), addresses)).newPicker();
  }

  private static int[] counts(Picker picker, List<FakeTargetState> addresses, int picks) {
    int[] counts = new int[addresses.size()];
    for (int i = 0; i < picks; i++) {
      counts[addresses.indexOf(picker.pick(FakePickContext.first()).orElseThrow())]++;
    }
    return counts;
  }
}
