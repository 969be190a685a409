package dev.sluice.plugins.canary;

import dev.sluice.plugins.canary.gate.Cohort;
import dev.sluice.plugins.deployment.Pages;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.Load;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The gate, with real traffic. {@code -Dsluice.canary.fault} is the share of the canary's requests that fail, and
 * {@code -Dsluice.canary.share} the percentage that goes there.
 */
class CanaryGateTest extends CanaryFixture {

  private static final double FAULT = Double.parseDouble(System.getProperty("sluice.canary.fault", "0.5"));
  private static final int SHARE = Integer.getInteger("sluice.canary.share", 20);
  private static final JsonObject GATE = new JsonObject().put("interval", 1).put("min_requests", 50);

  private final AtomicLong firstFault = new AtomicLong();
  private final Random random = new Random(1);

  private int faulty(HttpServerRequest request) {
    boolean fails;
    synchronized (random) {
      fails = random.nextDouble() < FAULT;
    }
    if (fails) {
      firstFault.compareAndSet(0, System.nanoTime());
    }
    return fails ? 500 : 200;
  }

  private static JsonObject config(String action) {
    return CanaryFixture.config()
        .put("hash", "none")
        .put("percentage", SHARE)
        .put("gate", GATE.copy().put("action", action));
  }

  /** The clock of the test stands still: this has it follow the real one, as the gate's interval needs. */
  private void follow() {
    clock.advance(Duration.between(clock.instant(), Clock.systemUTC().instant()));
  }

  private Load load() {
    return Load.on(gateway.proxyPort(), "/", java.util.Map.of(), 4, (answer, body) -> true);
  }

  @Test
  void aFaultyCanaryIsRolledBack() {
    follow();
    configure(config("rollback"));
    canaryStatus = this::faulty;
    long sent;
    long nanos;
    try (Load load = load()) {
      Await.until("it is rolled back", () -> {
        follow();
        return phase().equals("rolled back");
      });
      nanos = System.nanoTime() - firstFault.get();
      sent = load.sent();
    }
    for (int i = 0; i < 50; i++) {
      assertThat(gateway.get("/").bodyAsString()).isEqualTo("api");
    }
    JsonObject shown = get(STATUS);
    System.out.printf(
        "%.1f %% of the canary's requests fail, %d %% go there: rolled back %.2f s after the first, %d requests sent: %s%n",
        100 * FAULT, SHARE, nanos / 1e9, sent, shown.getString("reason"));
    assertThat(shown.getString("by")).isEqualTo("gate");
    assertThat(shown.getDouble("asked")).isZero();
    assertThat(shown.getJsonObject("gate").getString("verdict")).isEqualTo("failing");
    awaitRecord("rollback", "gate");
    assertThat(newest().getString("reason")).startsWith("error rate ").contains("more than 2.00 percentage points");
    JsonObject numbers = newest().getJsonObject("numbers");
    assertThat(numbers.getJsonObject("canary").getLong("errors")).isPositive();
    assertThat(numbers.getJsonObject("control").getLong("errors")).isZero();
    assertThat(numbers.getJsonObject("gate").getJsonObject("numbers").getJsonObject("error_rate")).isNotNull();
    assertThat(records()).as("one decision").hasSize(1);
  }

  @Test
  void aGateMayPauseInstead() {
    follow();
    configure(CanaryFixture.config().put("hash", "none").put("start", 0).put("duration", 1e10)
        .put("gate", GATE.copy().put("action", "pause")));
    canaryStatus = request -> 500;
    try (Load load = load()) {
      Await.until("it is paused", () -> {
        follow();
        return phase().equals("paused");
      });
      awaitRecord("pause", "gate");
      assertThat(get(STATUS).getDouble("asked")).as("its share stays").isPositive();
      canaryStatus = request -> 200;
      JsonObject on = does("resume");
      assertThat(on.getString("phase")).isEqualTo("ramping");
      assertThat(on.getJsonObject("canary").getLong("errors")).as("counted anew").isZero();
      Await.until("it passes", () -> {
        follow();
        return get(STATUS).getJsonObject("gate").getString("verdict").equals("passing");
      });
      assertThat(phase()).isEqualTo("ramping");
      assertThat(load.failed()).isZero();
    }
  }

  @Test
  void aStageGoesOnUntilThereAreEnoughRequests() {
    JsonObject gate = new JsonObject().put("interval", 1).put("min_requests", 20);
    configure(staged(stage(50).put("duration", 60), stage(100)).put("gate", gate));
    awaitStage(1);
    inside(10);
    clock.advance(Duration.ofSeconds(60));
    side("one more");
    Await.until("a look after the end of its time", () -> {
      clock.advance(Duration.ofSeconds(1));
      return storedRequests() == 11;
    });
    assertThat(get(STATUS).getJsonObject("stage").getInteger("number")).isEqualTo(1);
    assertThat(get(STATUS).getJsonObject("gate").getString("verdict")).isEqualTo("waiting");
    inside(100);
    Await.until("the next stage", () -> {
      clock.advance(Duration.ofSeconds(1));
      return get(STATUS).getJsonObject("stage").getInteger("number") == 2;
    });
    awaitRecord("stage", "schedule");
  }

  private long storedRequests() {
    return Await.result(Pages.all(gateway.kernel().entities(), Tally.TYPE)).stream()
        .mapToLong(row -> Cohort.fromJson(row.getJsonObject("canary"))
            .plus(Cohort.fromJson(row.getJsonObject("control"))).requests())
        .sum();
  }

  @Test
  void anOutageOfBothIsNotTheCanarys() {
    follow();
    configure(config("rollback"));
    canaryStatus = request -> 500;
    ownStatus = request -> 500;
    try (Load load = load()) {
      Await.until("the gate has looked at enough", () -> {
        follow();
        JsonObject shown = get(STATUS);
        return shown.getJsonObject("canary").getLong("requests") > 100
            && shown.getJsonObject("gate").getString("verdict").equals("passing");
      });
      assertThat(load.sent()).isPositive();
    }
    assertThat(phase()).isEqualTo("fixed");
  }
}
