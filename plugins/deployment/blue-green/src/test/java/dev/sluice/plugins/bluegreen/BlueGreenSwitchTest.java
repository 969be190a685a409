package dev.sluice.plugins.bluegreen;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.SwitchLoad;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BlueGreenSwitchTest extends BlueGreenFixture {

  private static final int SECONDS = Integer.getInteger("sluice.switch.seconds", 2);

  @Test
  void aSwitchIsLiveWhenItIsAnsweredAndWrittenDown() {
    String plugin = configure(NOTHING);
    assertThat(side()).isEqualTo("blue null");
    JsonObject before = get(STATUS);
    assertThat(before.getString("active")).isEqualTo("blue");
    assertThat(before.getJsonObject("sides").getJsonObject("green"))
        .isEqualTo(new JsonObject()
            .put("upstream", "green-up")
            .put("exists", true)
            .put("health_checks", false)
            .put("targets", 1)
            .put("healthy", 1)
            .put("in_flight", 0));

    JsonObject after = posted(STATUS + "/switch", new JsonObject().put("reason", "version 2"));
    assertThat(side()).isEqualTo("green null");
    assertThat(after.getString("active")).isEqualTo("green");
    JsonObject row = after.getJsonArray("last_switches").getJsonObject(0);
    assertThat(row.getString("from")).isEqualTo("blue");
    assertThat(row.getString("to")).isEqualTo("green");
    assertThat(row.getString("by")).isEqualTo("admin");
    assertThat(row.getString("reason")).isEqualTo("version 2");
    assertThat(row.getString("plugin")).isEqualTo(plugin);
    assertThat(row.getLong("at") / 1000).isGreaterThanOrEqualTo(after.getLong("since"));

    posted(STATUS + "/switch", new JsonObject().put("to", "green"));
    assertThat(get("/switches").getJsonArray("data")).as("nothing was to switch").hasSize(1);
    posted(STATUS + "/rollback", NOTHING);
    assertThat(side()).isEqualTo("blue null");
    assertThat(newest().getString("action")).isEqualTo("rollback");
    refused(STATUS + "/rollback", NOTHING, 409, "the last switch has been taken back already");
    assertThat(get("/switches").getJsonObject("chain").getBoolean("valid")).isTrue();
  }

  @Test
  void aWriteOfTheConfigurationIsTheSameSwitch() {
    String plugin = configure(NOTHING);
    assertThat(side()).isEqualTo("blue null");
    gateway.update(
        CoreEntities.PLUGINS, plugin, new JsonObject().put("config", new JsonObject().put("active", "green")));
    assertThat(side()).isEqualTo("green null");
    Await.until("it is written down", () -> !get("/switches").getJsonArray("data").isEmpty());
    assertThat(newest().getString("by")).isEqualTo("config");
    assertThat(newest().getString("to")).isEqualTo("green");
    posted(STATUS + "/rollback", NOTHING);
    assertThat(side()).isEqualTo("blue null");
  }

  @Test
  void theOneForAllServicesIsSwitchedByItsOwnId() {
    JsonObject plugin =
        gateway.plugin("blue-green", new JsonObject().put("blue", "blue-up").put("green", "green-up"));
    String path = "/plugins/" + plugin.getString("id") + "/blue-green";
    assertThat(get(path).getString("active")).isEqualTo("blue");
    assertThat(posted(path + "/switch", NOTHING).getString("active")).isEqualTo("green");
    assertThat(side()).isEqualTo("green null");
    posted(path + "/rollback", NOTHING);
    assertThat(side()).isEqualTo("blue null");
    refused("/plugins/9d1c6e0c-8c1f-4a9e-9f6f-6a2e5d1a7b11/blue-green/switch", NOTHING, 404, "Not found");
  }

  @Test
  void whatIsNotThereIsSaid() {
    refused(STATUS + "/switch", NOTHING, 404, "this service has no plugin 'blue-green' of its own");
    refused("/services/none/blue-green/switch", NOTHING, 404, "Not found");
    refused("/routes/way/blue-green/switch", NOTHING, 404, "this route has no plugin 'blue-green' of its own");
    configure(NOTHING);
    refused(STATUS + "/rollback", NOTHING, 409, "the ledger tells of no switch to blue");
    refused(STATUS + "/switch", new JsonObject().put("to", "red"), 400, "to must be one of: blue, green");
  }

  @Test
  void requestsUnderWayFinishWhereTheyBegan() {
    configure(NOTHING);
    CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> gateway.get("/held").bodyAsString());
    Await.until("it is under way", () -> !held.isEmpty());
    JsonObject after = posted(STATUS + "/switch", NOTHING);
    assertThat(after.getJsonObject("drain").getString("state")).isEqualTo("draining");
    assertThat(after.getJsonObject("drain").getLong("in_flight")).isEqualTo(1);
    assertThat(after.getJsonObject("sides").getJsonObject("blue").getLong("in_flight")).isEqualTo(1);
    assertThat(side()).isEqualTo("green null");
    held.remove().response().end("late blue");
    assertThat(slow.join()).isEqualTo("late blue");
    Await.until("it has drained", () -> get(STATUS).getJsonObject("drain").getString("state").equals("drained"));
  }

  @Test
  void whatTakesTooLongIsToldOfAndNotCutOff() {
    configure(new JsonObject().put("drain_timeout", 0.05));
    CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> gateway.get("/held").bodyAsString());
    Await.until("it is under way", () -> !held.isEmpty());
    posted(STATUS + "/switch", NOTHING);
    Await.until("it is overdue", () -> get(STATUS).getJsonObject("drain").getString("state").equals("overdue"));
    assertThat(get(STATUS).getJsonObject("drain").getLong("in_flight")).isEqualTo(1);
    held.remove().response().end("late blue");
    assertThat(slow.join()).isEqualTo("late blue");
    Await.until("it has drained", () -> get(STATUS).getJsonObject("drain").getString("state").equals("drained"));
  }

  @Test
  void theIdleSideIsShownToThoseWhoKnowTheSecret() {
    configure(new JsonObject().put("preview_header", "X-Preview").put("preview_secret", "s3cret"));
    assertThat(side(Map.of("X-Preview", "s3cret"))).as("the upstream does not learn it").isEqualTo("green null");
    assertThat(side(Map.of("X-Preview", "guess"))).isEqualTo("blue null");
    posted(STATUS + "/switch", NOTHING);
    assertThat(side(Map.of("X-Preview", "s3cret"))).isEqualTo("blue null");
    assertThat(side()).isEqualTo("green null");
  }

  @Test
  void theIdleSideIsShownToGroups() {
    gateway.plugin("believing", new JsonObject());
    JsonObject tester = gateway.consumer("tester");
    gateway.consumer("other");
    gateway.create(Sample.MEMBERS, new JsonObject().put("group", "testers").put("consumer", reference(tester)));
    JsonArray groups = new JsonArray().add("testers");
    configure(new JsonObject().put("preview_header", "X-Preview").put("preview_groups", groups));
    assertThat(side(Map.of("X-Preview", "1", "who", "tester"))).isEqualTo("green null");
    assertThat(side(Map.of("who", "tester"))).isEqualTo("blue null");
    assertThat(side(Map.of("X-Preview", "1", "who", "other"))).isEqualTo("blue null");
    assertThat(side(Map.of("X-Preview", "1"))).isEqualTo("blue null");
  }

  @Test
  void switchingTwiceASecondMisleadsNobody() {
    configure(NOTHING);
    try (SwitchLoad load =
        new SwitchLoad(gateway.proxyPort(), "/", Map.of(), 16, body -> body.toString().split(" ", 2)[0], "blue")) {
      String side = "blue";
      for (int i = 0; i < 2 * SECONDS; i++) {
        String next = Side.of(side).other().toString();
        load.switchTo(next, () -> posted(STATUS + "/switch", new JsonObject().put("to", next)));
        long half = System.nanoTime() + 500_000_000L;
        load.awaitMore(16);
        Await.until("half a second has passed", () -> System.nanoTime() > half);
        side = next;
      }
      assertThat(load.failed()).as(load.failures()).isZero();
      System.out.println(load.sent() + " requests, " + 2 * SECONDS + " switches, none misled");
    }
    JsonObject chain = get("/switches").getJsonObject("chain");
    assertThat(chain.getLong("records")).isEqualTo(2L * SECONDS);
    assertThat(chain.getBoolean("valid")).isTrue();
  }
}
