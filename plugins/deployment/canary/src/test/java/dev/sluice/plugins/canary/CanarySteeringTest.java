package dev.sluice.plugins.canary;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.SwitchLoad;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** What operators and the time do with a rollout, under requests. */
class CanarySteeringTest extends CanaryFixture {

  private static final JsonObject TIMED = stage(10).put("duration", 60);
  private static final JsonObject APPROVED = stage(50).put("pause", true);
  private static final int SECONDS = Integer.getInteger("sluice.switch.seconds", 2);

  @Test
  void stagesGoOnByTimeAndByApproval() {
    configure(staged(TIMED, APPROVED, stage(100)));
    assertThat(inside()).as("the first stage serves at once").isBetween(2, 25);
    awaitStage(1);
    JsonObject first = get(STATUS);
    assertThat(first.getString("phase")).isEqualTo("stage");
    assertThat(first.getDouble("asked")).isCloseTo(0.1, within(1e-9));
    assertThat(first.getJsonObject("stage").getInteger("of")).isEqualTo(3);
    clock.advance(Duration.ofSeconds(60));
    awaitRecord("stage", "schedule");
    assertThat(newest().getString("reason")).isEqualTo("the duration of stage 1 is over");
    assertThat(newest().getString("from")).isEqualTo("stage 1 of 3, 10 %");
    assertThat(newest().getString("to")).isEqualTo("stage 2 of 3, 50 %");
    assertThat(newest().getJsonObject("numbers").getJsonObject("canary").getLong("requests")).isPositive();
    assertThat(phase()).isEqualTo("approval");
    assertThat(inside()).isBetween(30, 70);
    clock.advance(Duration.ofDays(1));
    refused(STATUS + "/resume", 409, "it is not paused but waits for an approval: promote it");
    JsonObject promoted = does("promote");
    assertThat(promoted.getString("phase")).isEqualTo("done");
    assertThat(promoted.getString("by")).isEqualTo("admin");
    assertThat(promoted.getString("reason")).isEqualTo("because of promote");
    assertThat(promoted.getJsonArray("last_entries").getJsonObject(0).getString("action")).isEqualTo("promote");
    assertThat(inside()).isEqualTo(100);
    refused(STATUS + "/promote", 409, "all requests go to the canary already");
    assertThat(records()).hasSize(2);
    assertThat(get("/switches").getJsonObject("chain").getBoolean("valid")).isTrue();
  }

  @Test
  void aRampIsPausedResumedAndPromoted() {
    configure(config().put("duration", 100));
    clock.advance(Duration.ofSeconds(40));
    assertThat(get(STATUS).getDouble("asked")).isCloseTo(0.4, within(1e-9));
    int before = inside();
    assertThat(does("pause").getString("phase")).isEqualTo("paused");
    clock.advance(Duration.ofSeconds(40));
    assertThat(inside()).isEqualTo(before);
    assertThat(does("resume").getDouble("asked")).isCloseTo(0.4, within(1e-9));
    clock.advance(Duration.ofSeconds(10));
    assertThat(get(STATUS).getDouble("asked")).isCloseTo(0.5, within(1e-9));
    assertThat(inside()).isGreaterThanOrEqualTo(before);
    does("promote");
    assertThat(inside()).isEqualTo(100);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    refused(STATUS + "/promote", 404, "this service has no plugin 'canary' of its own");
    refused("/services/none/canary/pause", 404, "Not found");
    refused("/routes/way/canary/rollback", 404, "this route has no plugin 'canary' of its own");
    configure(config().put("percentage", 5));
    refused(STATUS + "/pause", 409, "its share does not grow by itself: there is nothing to pause");
    refused(STATUS + "/resume", 409, "it is not paused");
    does("rollback");
    refused(STATUS + "/rollback", 409, "it is rolled back already");
    refused(STATUS + "/promote", 409, "it is rolled back; resume it first");
    assertThat(newest().getString("action")).isEqualTo("rollback");
    refused(
        "/switches/1/undo",
        409,
        "this record tells of no configuration that could be written back: steer the canary by its own endpoints");
  }

  @Test
  void aRollbackSparesNobody() {
    configure(config().put("percentage", 50).put("canary_by_header_name", "X-Canary"));
    assertThat(gateway.get("/", Map.of("X-Canary", "always")).bodyAsString()).isEqualTo("canary");
    does("rollback");
    assertThat(gateway.get("/", Map.of("X-Canary", "always")).bodyAsString()).isEqualTo("api");
    assertThat(inside()).isZero();
    assertThat(get(STATUS).getDouble("asked")).isZero();
  }

  @Test
  void onlyAnotherRolloutBeginsAnew() {
    String plugin = configure(staged(TIMED, APPROVED, stage(100)));
    awaitStage(1);
    does("rollback");
    patch(plugin, new JsonObject().put("upstream_fallback", true));
    patch(plugin, config().put("gate", new JsonObject()));
    assertThat(inside()).isZero();
    assertThat(phase()).isEqualTo("rolled back");
    patch(plugin, staged(APPROVED, stage(100)));
    assertThat(inside()).as("at once").isBetween(30, 70);
    awaitRecord("begin", "config");
    assertThat(newest().getString("from")).isEqualTo("rolled back");
    assertThat(phase()).isEqualTo("approval");
  }

  @Test
  void aPutOfThePluginPutsNothingBack() {
    String plugin = configure(staged(TIMED, APPROVED, stage(100)));
    awaitStage(1);
    does("rollback");
    put(plugin, staged(TIMED, APPROVED, stage(100)).put("gate", new JsonObject().put("interval", 7)));
    assertThat(inside()).isZero();
    assertThat(phase()).isEqualTo("rolled back");
  }

  @Test
  void theStateGoesWithThePlugin() {
    String plugin = configure(staged(APPROVED, stage(100)));
    awaitStage(1);
    does("rollback");
    inside();
    gateway.delete(CoreEntities.PLUGINS, plugin);
    Await.until("it is gone", () -> stored() == 0);
    configure(staged(APPROVED, stage(100)));
    assertThat(inside()).isPositive();
  }

  @Test
  void bothCohortsAreCountedAndForcedRequestsAreNot() {
    configure(staged(APPROVED, stage(100)).put("canary_by_header_name", "X-Canary"));
    canaryStatus = request -> 503;
    ownStatus = request -> request.getHeader("X-User").endsWith("7") ? 500 : 200;
    int in = inside();
    for (int i = 0; i < 20; i++) {
      gateway.get("/", Map.of("X-Canary", "always"));
    }
    Await.until("all are counted", () -> counted("canary", "requests") + counted("control", "requests") == 100);
    assertThat(counted("canary", "requests")).isEqualTo(in);
    assertThat(counted("canary", "errors")).isEqualTo(in);
    assertThat(counted("control", "errors")).isBetween(1L, 10L);
    JsonObject shown = get(STATUS);
    assertThat(shown.getDouble("realised")).isCloseTo(in / 100.0, within(1e-9));
    assertThat(shown.getJsonObject("canary").getDouble("error_rate")).isEqualTo(1.0);
    assertThat(shown.getJsonObject("control").getDouble("p50_ms")).isPositive();
    assertThat(shown.getJsonObject("control").getDouble("p99_ms")).isPositive();
    does("promote");
    Await.until("each stage is counted anew", () -> counted("control", "requests") == 0);
    assertThat(counted("canary", "requests")).isZero();
  }

  @Test
  void whatNobodyAnswersIsAnErrorOfItsCohort() {
    configure(config().put("percentage", 100).put("upstream_host", "127.0.0.1").put("upstream_port", 1));
    assertThat(gateway.get("/", Map.of("X-User", "a")).statusCode()).isEqualTo(502);
    Await.until("it is counted", () -> counted("canary", "errors") == 1);
  }

  private long counted(String cohort, String what) {
    return get(STATUS).getJsonObject(cohort).getLong(what);
  }

  @Test
  void theSameForARoute() {
    JsonObject config = config().put("percentage", 100);
    JsonObject route = new JsonObject().put("id", gateway.kernel().snapshot().tables()
        .byUnique(CoreEntities.ROUTES, "name", "way").orElseThrow().id());
    gateway.plugin("canary", config, route);
    assertThat(inside()).isEqualTo(100);
    assertThat(post("/routes/way/canary/rollback", NOTHING).statusCode()).isEqualTo(200);
    assertThat(inside()).isZero();
    assertThat(get("/routes/way/canary").getString("phase")).isEqualTo("rolled back");
  }

  @Test
  void theSameForAllServices() {
    JsonObject plugin = gateway.plugin("canary", staged(APPROVED, stage(100)));
    String path = "/plugins/" + plugin.getString("id") + "/canary";
    assertThat(get(path).getString("phase")).isEqualTo("approval");
    assertThat(post(path + "/promote", NOTHING).statusCode()).isEqualTo(200);
    assertThat(inside()).isEqualTo(100);
    refused("/plugins/9d1c6e0c-8c1f-4a9e-9f6f-6a2e5d1a7b11/canary/promote", 404, "Not found");
    refused("/plugins/none/canary/promote", 404, "Not found");
  }

  @Test
  void rollingBackAndForthMisleadsNobody() {
    configure(config().put("percentage", 100));
    try (SwitchLoad load =
        new SwitchLoad(gateway.proxyPort(), "/", Map.of("X-User", "a"), 16, Buffer::toString, "canary")) {
      long end = System.nanoTime() + SECONDS * 1_000_000_000L;
      long switches = 0;
      while (System.nanoTime() < end) {
        load.switchTo("api", () -> does("rollback"));
        load.awaitMore(16);
        load.switchTo("canary", () -> does("resume"));
        load.awaitMore(16);
        switches += 2;
      }
      assertThat(load.failed()).as(load.failures()).isZero();
      System.out.println(load.sent() + " requests, " + switches + " rollbacks and ways back, none misled");
    }
  }
}
