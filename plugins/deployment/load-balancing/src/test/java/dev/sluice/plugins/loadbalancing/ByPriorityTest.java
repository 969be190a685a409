package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.upstream.LoadBalancer;
import dev.sluice.api.upstream.Picker;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.testkit.fake.FakeTargetState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import static org.assertj.core.api.Assertions.assertThat;

/** Groups of targets, and what happens when all are down; with every algorithm. */
class ByPriorityTest {

  /** Each number says of one address: its group, whether it has a weight, and its health at three moments. */
  @Property(tries = 300)
  void theFirstGroupThatIsNotDownServesAlone(
      @ForAll Every every, @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 0, max = 63) Integer> kinds) {
    List<FakeTargetState> addresses = new ArrayList<>();
    for (int kind : kinds) {
      int weight = (kind >> 2 & 1) == 0 ? 0 : 1 + kind;
      addresses.add(FakeTargetState.of("10.0.0." + (addresses.size() + 1), 80, weight).priority(kind & 3));
    }
    LoadBalancer balancer = every.build(addresses);
    Picker picker = balancer.newPicker();
    for (int moment = 0; moment < 3; moment++) {
      for (int i = 0; i < addresses.size(); i++) {
        addresses.get(i).healthy((kinds.get(i) >> 3 + moment & 1) == 1);
      }
      balancer.healthChanged();
      OptionalInt serving = addresses.stream()
          .filter(each -> each.healthy() && each.weight() > 0)
          .mapToInt(each -> each.target().priority())
          .min();
      for (int number = 0; number < 20; number++) {
        Optional<TargetState> picked = picker.pick(Every.request(number));
        assertThat(picked.isPresent()).isEqualTo(serving.isPresent());
        picked.ifPresent(
            target -> {
              assertThat(target.target().priority()).isEqualTo(serving.getAsInt());
              assertThat(target.healthy() && target.weight() > 0).isTrue();
            });
      }
    }
  }

  private static List<FakeTargetState> twoAndABackup() {
    return List.of(
        FakeTargetState.of("10.0.0.1", 80, 100),
        FakeTargetState.of("10.0.0.2", 80, 100),
        FakeTargetState.of("10.0.0.3", 80, 100).priority(1));
  }

  @Property
  void aRequestThatHasFailedInAWholeGroupGoesOnToTheNext(@ForAll Every every) {
    List<FakeTargetState> addresses = twoAndABackup();
    Picker picker = every.build(addresses).newPicker();
    for (int number = 0; number < 20; number++) {
      assertThat(picker.pick(Every.request(number).afterFailuresAt(addresses.subList(0, 1)))).contains(addresses.get(1));
      assertThat(picker.pick(Every.request(number).afterFailuresAt(addresses.subList(0, 2)))).contains(addresses.get(2));
      assertThat(picker.pick(Every.request(number).afterFailuresAt(addresses))).isPresent();
    }
  }

  @Property
  void withoutAWordNobodyIsPickedWhenAllAreDown(@ForAll Every every) {
    List<FakeTargetState> addresses = twoAndABackup();
    addresses.forEach(each -> each.healthy(false));
    assertThat(every.build(addresses).newPicker().pick(Every.request(1))).isEmpty();
  }

  @Property
  void inPanicTheFirstGroupServesAsIfItWereHealthy(@ForAll Every every) {
    List<FakeTargetState> addresses = twoAndABackup();
    LoadBalancer balancer = every.build(addresses, "sluice:panic=all");
    Picker picker = balancer.newPicker();
    assertThat(Every.count(picker, 400)).containsOnlyKeys(addresses.get(0), addresses.get(1));

    addresses.forEach(each -> each.healthy(false));
    balancer.healthChanged();
    assertThat(Every.count(picker, 400)).containsOnlyKeys(addresses.get(0), addresses.get(1));
    assertThat(picker.pick(Every.request(1).afterFailuresAt(addresses.subList(0, 1)))).contains(addresses.get(1));

    addresses.get(2).healthy(true);
    balancer.healthChanged();
    assertThat(Every.count(picker, 400)).containsOnlyKeys(addresses.get(2));
    addresses.get(1).healthy(true);
    balancer.healthChanged();
    assertThat(Every.count(picker, 400)).containsOnlyKeys(addresses.get(1));
  }

  @Property
  void panicFindsNobodyWhereThereIsNobody(@ForAll Every every) {
    assertThat(every.build(List.of(), "sluice:panic=all").newPicker().pick(Every.request(1))).isEmpty();
    List<FakeTargetState> drained = List.of(FakeTargetState.of("10.0.0.1", 80, 0));
    assertThat(every.build(drained, "sluice:panic=all").newPicker().pick(Every.request(1))).isEmpty();
  }

  @Example
  void keysKeepTheirTargetsWhenABackupIsAdded() {
    List<FakeTargetState> addresses = twoAndABackup();
    Picker with = Every.CONSISTENT_HASHING.build(addresses).newPicker();
    Picker without = Every.CONSISTENT_HASHING.build(addresses.subList(0, 2)).newPicker();
    for (int number = 0; number < 200; number++) {
      assertThat(with.pick(Every.request(number))).isEqualTo(without.pick(Every.request(number)));
    }
  }
}
