package dev.sluice.kernel.upstream;

import dev.sluice.api.entity.Target;
import dev.sluice.api.entity.Upstream;
import dev.sluice.api.upstream.BalancingPolicy;
import dev.sluice.api.upstream.HealthChecker;
import dev.sluice.api.upstream.HealthCheckerFactory;
import dev.sluice.api.upstream.HealthSink;
import dev.sluice.api.upstream.HealthSink.Observation;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.api.upstream.UpstreamView;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Since when an address serves beside others: that decides who starts slowly. */
class ServingSinceTest {

  private static final Upstream UPSTREAM =
      Upstream.decode(new JsonObject().put("id", "u").put("name", "u").put("algorithm", "none"));
  private static final Target ONE = new Target("1", "u", "127.0.0.1:1", 100);
  private static final Target TWO = new Target("2", "u", "127.0.0.1:2", 100);

  private final Time clock = new Time();
  private final Checker checker = new Checker();
  private final UpstreamBuilder builder =
      new UpstreamBuilder(
          new AddressBook(clock, Runnable::run),
          new DeniedAddresses(List.of(), port -> false),
          new Environment(1, clock, BalancingPolicy.DEFAULT, (runtime, target) -> {}));
  private Optional<UpstreamRuntime> running = Optional.empty();

  private static final class Time extends Clock {
    private long millis = 1000;

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }

    @Override
    public Instant instant() {
      return Instant.ofEpochMilli(millis);
    }
  }

  /** Reports what a test says. */
  private static final class Checker implements HealthCheckerFactory {
    private HealthSink sink = (target, observation, limit) -> {};

    @Override
    public String name() {
      return "by hand";
    }

    @Override
    public Optional<HealthChecker> create(UpstreamView view, HealthSink to) {
      sink = to;
      return Optional.of(new HealthChecker() {});
    }
  }

  private void run(Target... targets) {
    clock.millis += 1000;
    running =
        Optional.of(
            builder.upstream(
                1, running, UPSTREAM, List.of(targets), Optional.empty(), name -> Optional.empty(), List.of(checker)));
    running.get().start();
  }

  private TargetState at(Target target) {
    return running.get().addresses().stream()
        .filter(each -> each.port() == target.port())
        .findFirst()
        .orElseThrow();
  }

  private long since(Target target) {
    return at(target).servingSince();
  }

  private void report(Target target, Observation observation) {
    clock.millis += 1000;
    checker.sink.report(at(target), observation, 1);
  }

  @Test
  void thoseOfTheBeginningAreNotNew() {
    run(ONE, TWO);
    assertThat(since(ONE)).isZero();
    assertThat(since(TWO)).isZero();
  }

  @Test
  void whoIsAddedToOthersIsNew() {
    run(ONE);
    run(ONE, TWO);
    assertThat(since(ONE)).isZero();
    assertThat(since(TWO)).isEqualTo(3000);
    run(new Target("1", "u", ONE.target(), 50), new Target("2", "u", TWO.target(), 50));
    assertThat(since(TWO)).as("another weight makes nobody new").isEqualTo(3000);
    assertThat(since(ONE)).isZero();
  }

  @Test
  void whoIsAddedToNobodyIsNot() {
    run();
    run(ONE);
    assertThat(since(ONE)).isZero();
    report(ONE, Observation.TCP_FAILURE);
    run(ONE, TWO);
    assertThat(since(TWO)).as("the other one is down").isZero();
  }

  @Test
  void aBackupIsNobodyToThoseBeforeIt() {
    run(new Target("1", "u", ONE.target(), 100, 1));
    run(new Target("1", "u", ONE.target(), 100, 1), TWO);
    assertThat(since(TWO)).isZero();
  }

  @Test
  void whoHasItsWeightBackIsNew() {
    Target drained = new Target("2", "u", TWO.target(), 0);
    run(ONE, TWO);
    run(ONE, drained);
    run(ONE, TWO);
    assertThat(since(TWO)).isEqualTo(4000);
  }

  @Test
  void whoWasAwayIsNew() {
    run(ONE, TWO);
    KernelTarget gone = (KernelTarget) at(TWO);
    gone.begin();
    run(ONE);
    run(ONE, TWO);
    assertThat(since(TWO)).isEqualTo(4000);
    assertThat(at(TWO).inFlight()).as("and is still the same").isEqualTo(1);
  }

  @Test
  void whoIsHealthyAgainBesideOthersIsNew() {
    run(ONE, TWO);
    report(TWO, Observation.TCP_FAILURE);
    report(TWO, Observation.SUCCESS);
    assertThat(since(TWO)).isEqualTo(4000);
    report(ONE, Observation.TCP_FAILURE);
    report(TWO, Observation.TCP_FAILURE);
    report(TWO, Observation.SUCCESS);
    assertThat(since(TWO)).as("nobody else serves").isZero();
    report(ONE, Observation.SUCCESS);
    assertThat(since(ONE)).isEqualTo(8000);
  }
}
