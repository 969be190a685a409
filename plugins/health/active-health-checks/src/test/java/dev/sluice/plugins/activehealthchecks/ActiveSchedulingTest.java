package dev.sluice.plugins.activehealthchecks;

import dev.sluice.api.upstream.HealthChecker;
import dev.sluice.api.upstream.HealthSink.Observation;
import dev.sluice.plugins.activehealthchecks.ScriptedServer.Script;
import dev.sluice.testkit.fake.FakeTargetState;
import java.time.Duration;
import java.util.HashSet;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Who is probed, when, and when no more. */
class ActiveSchedulingTest extends ActiveFixture {

  private static final Script OK = Script.answer("HTTP/1.0 200 OK\r\n\r\n");

  @Test
  void probesAgainAndAgainAtSubSecondIntervals() throws Exception {
    FakeTargetState target = target(server(OK));
    long begin = System.nanoTime();
    create(target);
    for (int i = 0; i < 6; i++) {
      assertThat(nextReport()).isEqualTo(report(target, Observation.SUCCESS));
    }
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(400));
  }

  @Test
  void withoutIntervalsThereIsNoChecker() {
    active.getJsonObject("healthy").put("interval", 0);
    active.getJsonObject("unhealthy").put("interval", 0);

    assertThat(create(FakeTargetState.of("127.0.0.1", 80, 1))).isEmpty();
  }

  @Test
  void theIntervalOfTheUnhealthyProbesThemAlone() throws Exception {
    active.getJsonObject("healthy").put("interval", 0);
    ScriptedServer up = server(OK);
    ScriptedServer down = server(OK);
    FakeTargetState downTarget = target(down).healthy(false);

    create(target(up), downTarget);

    for (int i = 0; i < 3; i++) {
      assertThat(nextReport()).isEqualTo(report(downTarget, Observation.SUCCESS));
    }
    assertThat(up.requestsWaiting()).isZero();
    downTarget.healthy(true);
  }

  @Test
  void anAddressMovesFromOneIntervalToTheOtherWithItsHealth() throws Exception {
    active.getJsonObject("unhealthy").put("interval", 0);
    ScriptedServer moving = server(OK);
    ScriptedServer steady = server(OK);
    FakeTargetState target = target(moving);
    create(target, target(steady));
    moving.nextRequest();

    target.healthy(false);
    steady.nextRequest();
    steady.nextRequest();
    int seen = moving.requestsWaiting();
    for (int i = 0; i < 4; i++) {
      steady.nextRequest();
    }

    assertThat(moving.requestsWaiting() - seen).isLessThanOrEqualTo(1);
  }

  @Test
  void addressesWithoutWeightAreNotProbed() throws Exception {
    ScriptedServer without = server(OK);
    FakeTargetState with = target(server(OK));

    create(FakeTargetState.of("127.0.0.1", without.port(), 0), with);

    for (int i = 0; i < 4; i++) {
      assertThat(nextReport().target()).isEqualTo(with);
    }
    assertThat(without.requestsWaiting()).isZero();
  }

  @Test
  void aSlowAddressDelaysNobodyElse() throws Exception {
    ScriptedServer slow = server(Script.hang());
    FakeTargetState quick = target(server(OK));

    create(target(slow), quick);

    slow.nextRequest();
    for (int i = 0; i < 4; i++) {
      assertThat(nextReport()).isEqualTo(report(quick, Observation.SUCCESS));
    }
    assertThat(slow.mostOpenAtOnce()).isEqualTo(1);
  }

  @Test
  void noMoreProbesThanAllowedAreUnderWay() throws Exception {
    active.put("concurrency", 2);
    Semaphore gate = new Semaphore(0);
    AtomicInteger inside = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    ScriptedServer server = server(connection -> {
      most.accumulateAndGet(inside.incrementAndGet(), Math::max);
      gate.acquireUninterruptibly();
      inside.decrementAndGet();
      OK.run(connection);
    });
    FakeTargetState[] targets = new FakeTargetState[6];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = FakeTargetState.of("name" + i + ".test", "127.0.0.1", server.port(), 1);
    }

    create(targets);

    server.nextRequest();
    server.nextRequest();
    for (int i = 0; i < 10; i++) {
      gate.release();
      assertThat(nextReport().observation()).isEqualTo(Observation.SUCCESS);
      server.nextRequest();
    }
    assertThat(most).hasValue(2);
    gate.release(1000);
  }

  @Test
  void closingEndsTimersAndProbesUnderWay() throws Exception {
    ScriptedServer hanging = server(Script.hang());
    ScriptedServer quick = server(OK);
    HealthChecker checker = create(target(hanging), target(quick)).orElseThrow();
    hanging.nextRequest();
    nextReport();

    checker.close();

    hanging.awaitEnd();
    assertThat(context.liveTimers()).isZero();
    sink.drain();
    int before = quick.requestsWaiting();
    assertThat(sink.next(500)).isEmpty();
    assertThat(quick.requestsWaiting() - before).isLessThanOrEqualTo(1);
    checker.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"tcp", "grpc", "grpcs"})
  void typesThatAreNotForHttpCountAsCheckedButProbeNobody(String type) throws Exception {
    active.put("type", type);
    ScriptedServer server = server(OK);

    HealthChecker checker = create(target(server)).orElseThrow();

    assertThat(checker.canEject()).isTrue();
    assertThat(context.liveTimers()).isZero();
  }

  @Test
  void upstreamsBeginAtDifferentTimes() throws Exception {
    active.getJsonObject("healthy").put("interval", 60);
    active.getJsonObject("unhealthy").put("interval", 0);
    FakeTargetState target = FakeTargetState.of("127.0.0.1", closedPort(), 1);
    for (int i = 0; i < 50; i++) {
      create(target);
    }
    assertThat(new HashSet<>(context.delays())).hasSizeGreaterThan(45);
    assertThat(context.delays()).allMatch(delay -> delay.compareTo(Duration.ofSeconds(60)) <= 0);
    assertThat(context.delays()).anyMatch(delay -> delay.compareTo(Duration.ofSeconds(20)) < 0);
    assertThat(context.delays()).anyMatch(delay -> delay.compareTo(Duration.ofSeconds(40)) > 0);
  }
}
