package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.upstream.LoadBalancerFactory;
import dev.sluice.api.upstream.Picker;
import dev.sluice.testkit.contract.LoadBalancerContract;
import dev.sluice.testkit.fake.FakePickContext;
import dev.sluice.testkit.fake.FakeTargetState;
import dev.sluice.testkit.fake.FakeUpstreams;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LeastConnectionsTest extends LoadBalancerContract {

  @Override
  protected LoadBalancerFactory factory() {
    return new ByPriority(new LeastConnections(), System::currentTimeMillis);
  }

  @Override
  protected Set<Trait> traits() {
    return Set.of(Trait.SHARES);
  }

  @Override
  protected double tolerance() {
    return 0.002;
  }

  @Test
  void picksTheAddressWithTheFewestRequestsForItsWeight() {
    List<FakeTargetState> addresses = addresses(10, 30);
    Picker picker = picker(addresses);
    addresses.get(1).begin();
    addresses.get(1).begin();
    assertThat(picker.pick(FakePickContext.first())).as("1/10 and 3/30: whoever is first").isPresent();

    addresses.get(1).begin();
    assertThat(picker.pick(FakePickContext.first())).as("1/10, 4/30").contains(addresses.get(0));
    addresses.get(0).begin();
    assertThat(picker.pick(FakePickContext.first())).as("2/10, 4/30").contains(addresses.get(1));
    addresses.get(0).end();
    assertThat(picker.pick(FakePickContext.first())).contains(addresses.get(0));
  }

  @Test
  void idleAddressesOfEqualWeightTakeTurns() {
    List<FakeTargetState> addresses = addresses(5, 5, 5);
    Picker picker = picker(addresses);
    for (int round = 0; round < 3; round++) {
      Set<Object> seen = new HashSet<>();
      for (int i = 0; i < 3; i++) {
        seen.add(picker.pick(FakePickContext.first()).orElseThrow());
      }
      assertThat(seen).containsExactlyInAnyOrderElementsOf(addresses);
    }
  }

  private Picker picker(List<FakeTargetState> addresses) {
    return factory().build(FakeUpstreams.view(new JsonObject(), addresses)).newPicker();
  }
}
