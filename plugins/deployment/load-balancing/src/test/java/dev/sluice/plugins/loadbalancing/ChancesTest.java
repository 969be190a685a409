package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.upstream.LoadBalancer;
import dev.sluice.api.upstream.Picker;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.testkit.fake.FakePickContext;
import dev.sluice.testkit.fake.FakeRequest;
import dev.sluice.testkit.fake.FakeTargetState;
import dev.sluice.testkit.fake.FakeUpstreams;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What is told of chances is what picks come to, and to tell it changes nothing. */
class ChancesTest {

  private static final int PICKS = 4000;

  private static List<FakeTargetState> addresses() {
    return List.of(
        FakeTargetState.of("10.0.0.1", 80, 10),
        FakeTargetState.of("10.0.0.2", 80, 30),
        FakeTargetState.of("10.0.0.3", 80, 60).healthy(false),
        FakeTargetState.of("10.0.0.4", 80, 0),
        FakeTargetState.of("10.0.0.5", 80, 100).priority(1));
  }

  private static Map<TargetState, Double> chances(Picker picker, int number) {
    return picker.chances(Every.request(number)).orElseThrow();
  }

  @ParameterizedTest
  @EnumSource
  void whoIsPickedHadAChance(Every every) {
    Picker picker = every.build(addresses()).newPicker();
    for (int number = 0; number < PICKS; number++) {
      Map<TargetState, Double> chances = chances(picker, number);
      assertThat(chances.values().stream().mapToDouble(Double::doubleValue).sum()).isCloseTo(1, within(1e-9));
      assertThat(chances(picker, number)).as("asked again").isEqualTo(chances);
      FakePickContext request = Every.request(number);
      assertThat(chances.get(picker.pick(request).orElseThrow())).isPositive();
    }
  }

  @Test
  void turnsComeAsOftenAsTold() {
    Picker picker = Every.ROUND_ROBIN.build(addresses()).newPicker();
    Map<TargetState, Double> chances = chances(picker, 0);
    assertThat(chances).hasSize(2);
    Every.count(picker, PICKS)
        .forEach((target, count) -> assertThat(count / (double) PICKS).isCloseTo(chances.get(target), within(0.01)));
  }

  @Test
  void aKeyHasOneAddress() {
    Picker picker = Every.CONSISTENT_HASHING.build(addresses()).newPicker();
    for (int number = 0; number < 100; number++) {
      assertThat(chances(picker, number)).isEqualTo(Map.of(picker.pick(Every.request(number)).orElseThrow(), 1.0));
    }
  }

  @Test
  void toAskAClosedGroupGivesNoCookie() {
    JsonObject settings = new JsonObject().put("hash_on", "cookie").put("hash_on_cookie", "stick");
    List<FakeTargetState> addresses = List.of(
        FakeTargetState.of("10.0.0.1", 80, 10).healthy(false),
        FakeTargetState.of("10.0.0.2", 80, 10).priority(1),
        FakeTargetState.of("10.0.0.3", 80, 10).priority(1));
    Picker picker = new ByPriority(new ConsistentHashing(), Every.CLOCK::get)
        .build(FakeUpstreams.view(settings, addresses))
        .newPicker();
    FakePickContext stranger = FakePickContext.first(FakeRequest.of(1).answering());
    assertThat(picker.chances(stranger)).contains(Map.of(addresses.get(1), 0.5, addresses.get(2), 0.5));
    assertThat(stranger.request().response().headers().get("Set-Cookie")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void backupsAndNobody(Every every) {
    List<FakeTargetState> addresses = addresses();
    LoadBalancer balancer = every.build(addresses);
    addresses.forEach(each -> each.healthy(false));
    addresses.get(4).healthy(true);
    balancer.healthChanged();
    assertThat(chances(balancer.newPicker(), 1)).isEqualTo(Map.of(addresses.get(4), 1.0));
    addresses.get(4).healthy(false);
    balancer.healthChanged();
    assertThat(chances(balancer.newPicker(), 1)).isEmpty();
    Picker panic = every.build(addresses, "sluice:panic=all").newPicker();
    assertThat(chances(panic, 1)).isNotEmpty().doesNotContainKey(addresses.get(4));
  }
}
