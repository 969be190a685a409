package dev.sluice.plugins.passivehealthchecks;

import dev.sluice.api.upstream.HealthChecker;
import dev.sluice.api.upstream.HealthSink.Observation;
import dev.sluice.api.upstream.Outcome;
import dev.sluice.api.upstream.Outcome.Kind;
import dev.sluice.testkit.fake.FakeTargetState;
import dev.sluice.testkit.fake.FakeUpstreams;
import dev.sluice.testkit.fake.RecordingHealthSink;
import dev.sluice.testkit.fake.RecordingHealthSink.Report;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class PassiveChecksTest {

  private final RecordingHealthSink sink = new RecordingHealthSink();
  private final FakeTargetState target = FakeTargetState.of("127.0.0.1", 80, 100);

  static Stream<Arguments> outcomes() {
    return Stream.of(
        Arguments.of(answer(200), Observation.SUCCESS, 2),
        Arguments.of(answer(308), Observation.SUCCESS, 2),
        Arguments.of(answer(500), Observation.HTTP_FAILURE, 3),
        Arguments.of(answer(429), Observation.HTTP_FAILURE, 3),
        Arguments.of(answer(504), Observation.TIMEOUT, 5),
        Arguments.of(new Outcome(Kind.TIMEOUT, 504, false, 10), Observation.TIMEOUT, 5),
        Arguments.of(new Outcome(Kind.TIMEOUT, 504, true, 10), Observation.TIMEOUT, 5),
        Arguments.of(new Outcome(Kind.ERROR, 502, true, 10), Observation.TCP_FAILURE, 4),
        Arguments.of(new Outcome(Kind.ANSWER, 503, true, 10), Observation.TCP_FAILURE, 4));
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void anOutcomeIsObservedWithTheLimitOfItsKind(Outcome outcome, Observation expected, int limit) {
    checker(2, 3, 4, 5).onOutcome(target, outcome);

    assertThat(sink.drain()).containsExactly(new Report(target, expected, limit));
  }

  static Stream<Outcome> notObserved() {
    return Stream.of(answer(101), answer(404), answer(502), answer(599), new Outcome(Kind.ERROR, 502, false, 10));
  }

  @ParameterizedTest
  @MethodSource("notObserved")
  void whatIsInNeitherListIsNotObserved(Outcome outcome) {
    checker(2, 3, 4, 5).onOutcome(target, outcome);

    assertThat(sink.drain()).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("outcomes")
  void aKindWithTheLimitZeroIsNotReported(Outcome outcome, Observation expected, int limit) {
    HealthChecker checker = checker(
        expected == Observation.SUCCESS ? 0 : 1,
        expected == Observation.HTTP_FAILURE ? 0 : 1,
        expected == Observation.TCP_FAILURE ? 0 : 1,
        expected == Observation.TIMEOUT ? 0 : 1);

    checker.onOutcome(target, outcome);

    assertThat(sink.drain()).isEmpty();
  }

  @Test
  void theFinalRefusalCountsOnceItsStatusIsListed() {
    JsonObject settings = settings(0, 1, 0, 0);
    settings.getJsonObject("passive").getJsonObject("unhealthy").put("http_statuses", new JsonArray().add(502));

    create(settings).orElseThrow().onOutcome(target, new Outcome(Kind.ERROR, 502, false, 1));

    assertThat(sink.drain()).containsExactly(new Report(target, Observation.HTTP_FAILURE, 1));
  }

  @Test
  void aStatusInBothListsIsASuccess() {
    JsonObject settings = settings(1, 1, 0, 0);
    settings.getJsonObject("passive").getJsonObject("healthy").getJsonArray("http_statuses").add(500);

    create(settings).orElseThrow().onOutcome(target, answer(500));

    assertThat(sink.drain()).extracting(Report::observation).isEqualTo(List.of(Observation.SUCCESS));
  }

  @Test
  void withoutLimitsThereIsNoChecker() {
    assertThat(create(FakeUpstreams.healthchecks())).isEmpty();
    assertThat(create(new JsonObject())).isEmpty();
  }

  @Test
  void onlyLimitsOfFailuresCanEject() {
    assertThat(checker(1, 0, 0, 0).canEject()).isFalse();
    assertThat(checker(0, 1, 0, 0).canEject()).isTrue();
    assertThat(checker(0, 0, 1, 0).canEject()).isTrue();
    assertThat(checker(0, 0, 0, 1).canEject()).isTrue();
  }

  private static Outcome answer(int status) {
    return new Outcome(Kind.ANSWER, status, false, 10);
  }

  private HealthChecker checker(int successes, int httpFailures, int tcpFailures, int timeouts) {
    return create(settings(successes, httpFailures, tcpFailures, timeouts)).orElseThrow();
  }

  private static JsonObject settings(int successes, int httpFailures, int tcpFailures, int timeouts) {
    JsonObject healthchecks = FakeUpstreams.healthchecks();
    healthchecks.getJsonObject("passive").getJsonObject("healthy").put("successes", successes);
    healthchecks.getJsonObject("passive").getJsonObject("unhealthy")
        .put("http_failures", httpFailures).put("tcp_failures", tcpFailures).put("timeouts", timeouts);
    return healthchecks;
  }

  private Optional<HealthChecker> create(JsonObject healthchecks) {
    return new PassiveHealthChecksPlugin().healthCheckers().get(0)
        .create(FakeUpstreams.view(new JsonObject().put("healthchecks", healthchecks), List.of(target)), sink);
  }
}
