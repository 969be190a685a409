package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.upstream.LoadBalancerFactory;
import dev.sluice.api.upstream.Outcome;
import dev.sluice.api.upstream.Outcome.Kind;
import dev.sluice.api.upstream.Picker;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.testkit.contract.LoadBalancerContract;
import dev.sluice.testkit.fake.FakePickContext;
import dev.sluice.testkit.fake.FakeTargetState;
import dev.sluice.testkit.fake.FakeUpstreams;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class LatencyTest extends LoadBalancerContract {

  private final AtomicLong clock = new AtomicLong(1_700_000_000_000L);
  private final LoadBalancerFactory factory = new ByPriority(new Latency(clock::get), clock::get);

  @Override
  protected LoadBalancerFactory factory() {
    return factory;
  }

  @Override
  protected Set<Trait> traits() {
    return Set.of();
  }

  @Test
  void averagesFadeByTimeAsKongDescribesIt() {
    Ewma average = Ewma.unknown();
    average.observe(100, 0);
    assertThat(average.value(0)).isEqualTo(100);
    average.observe(200, 5_000);
    double kept = Math.exp(-0.5);
    assertThat(average.value(5_000)).isCloseTo(100 * kept + 200 * (1 - kept), within(1e-9));
    assertThat(average.value(15_000)).isCloseTo((100 * kept + 200 * (1 - kept)) / Math.E, within(1e-9));
  }

  @Test
  void ranksCompareAsTheAveragesDo() {
    Ewma slowButOld = Ewma.of(100, 0);
    Ewma fastButNew = Ewma.of(60, 4_000);
    assertThat(slowButOld.value(9_000)).isGreaterThan(fastButNew.value(9_000));
    assertThat(slowButOld.rank()).isGreaterThan(fastButNew.rank());
    Ewma fastAndLate = Ewma.of(70, 4_000);
    assertThat(slowButOld.value(9_000)).isLessThan(fastAndLate.value(9_000));
    assertThat(slowButOld.rank()).isLessThan(fastAndLate.rank());
    assertThat(Ewma.unknown().rank()).isLessThan(fastButNew.rank());
  }

  @Test
  void picksTheFastestForItsWeight() {
    List<FakeTargetState> addresses = addresses(100, 100, 300);
    Picker picker = picker(addresses);
    observe(picker, addresses.get(0), Kind.ANSWER, 50);
    observe(picker, addresses.get(1), Kind.ANSWER, 20);
    observe(picker, addresses.get(2), Kind.ANSWER, 90);
    assertThat(picker.pick(FakePickContext.first())).contains(addresses.get(1));

    clock.addAndGet(20_000);
    observe(picker, addresses.get(1), Kind.TIMEOUT, 60_000);
    assertThat(picker.pick(FakePickContext.first())).contains(addresses.get(2));
  }

  @Test
  void aSlowAddressIsTriedAgainOnceItsAverageHasFaded() {
    List<FakeTargetState> addresses = addresses(1, 1);
    Picker picker = picker(addresses);
    observe(picker, addresses.get(0), Kind.ANSWER, 2_000);
    for (int second = 0; second < 50; second++) {
      observe(picker, addresses.get(1), Kind.ANSWER, 100);
      clock.addAndGet(1_000);
      if (picker.pick(FakePickContext.first()).orElseThrow() == addresses.get(0)) {
        assertThat(second).isGreaterThan(20);
        return;
      }
    }
    throw new AssertionError("the slow address was never tried again");
  }

  @Test
  void refusingAtOnceIsNotFast() {
    List<FakeTargetState> addresses = addresses(1, 1);
    Picker picker = picker(addresses);
    observe(picker, addresses.get(0), Kind.ERROR, 0);
    observe(picker, addresses.get(1), Kind.ANSWER, 300);

    assertThat(picker.pick(FakePickContext.first())).contains(addresses.get(1));
  }

  @Test
  void whatWasLearntOutlivesAChangeOfTheUpstreamAndANewAddressBeginsAtTheMean() {
    List<FakeTargetState> addresses = addresses(1, 1, 1);
    Picker before = picker(addresses.subList(0, 2));
    observe(before, addresses.get(0), Kind.ANSWER, 10);
    observe(before, addresses.get(1), Kind.ANSWER, 30);

    Picker after = picker(addresses);

    FakePickContext request = FakePickContext.first();
    assertThat(after.pick(request)).contains(addresses.get(0));
    assertThat(after.pick(request.afterFailuresAt(addresses.subList(0, 1)))).contains(addresses.get(2));
  }

  @Test
  void outcomesOfAddressesThatHaveGoneAreIgnored() {
    Picker picker = picker(addresses(1));
    observe(picker, FakeTargetState.of("10.9.9.9", 80, 1), Kind.ANSWER, 10);
    assertThat(picker.pick(FakePickContext.first())).isPresent();
  }

  private Picker picker(List<FakeTargetState> addresses) {
    return factory.build(FakeUpstreams.view(new JsonObject(), addresses)).newPicker();
  }

  private static void observe(Picker picker, TargetState target, Kind kind, long millis) {
    picker.onOutcome(target, new Outcome(kind, kind == Kind.ANSWER ? 200 : 502, false, millis));
  }
}
