package dev.sluice.plugins.canary;

import dev.sluice.api.deployment.DeploymentStrategy;
import dev.sluice.api.deployment.Selection;
import dev.sluice.api.schema.SchemaException;
import dev.sluice.plugins.canary.gate.GateConfig;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.FakeRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CanaryTest {

  private static final String CANARY = "canary";

  private static String group(DeploymentStrategy strategy, FakeRequest request) {
    return strategy.select(request, name -> true).group();
  }

  private static JsonObject config() {
    return Strategies.config();
  }

  private static void refused(JsonObject config, String why) {
    assertThatThrownBy(() -> CanaryConfig.SCHEMA.read(config))
        .isInstanceOf(SchemaException.class)
        .satisfies(e -> assertThat(((SchemaException) e).fields().encode()).contains(why));
  }

  @Test
  void anEnterpriseConfigurationLoadsUnchanged() {
    CanaryConfig config = CanaryConfig.SCHEMA.read(new JsonObject()
        .put("start", 1_500_000_000)
        .put("duration", 60)
        .put("steps", 10)
        .put("percentage", null)
        .put("hash", "whitelist")
        .put("groups", new JsonArray().add("g"))
        .put("upstream_host", "other.example")
        .put("upstream_port", 8080)
        .put("upstream_uri", "/v2")
        .put("upstream_fallback", true)
        .put("canary_by_header_name", "X-Canary"));
    assertThat(config.hash()).isEqualTo(CanaryConfig.Hash.ALLOW);
    assertThat(config.start()).contains(1_500_000_000.0);
    assertThat(config.port()).contains(8080);
    CanaryConfig least = CanaryConfig.SCHEMA.read(new JsonObject().put("upstream_uri", "/v2"));
    assertThat(least.hash()).isEqualTo(CanaryConfig.Hash.CONSUMER);
    assertThat(least.duration()).isEqualTo(3600);
    assertThat(least.steps()).isEqualTo(1000);
  }

  @Test
  void whatMakesNoSenseIsRefused() {
    refused(new JsonObject(), "at least one of these fields must be non-empty");
    refused(config().put("hash", "header"), "hash_header");
    refused(config().put("hash", "allow"), "groups");
    refused(new JsonObject().put("upstream_uri", "/").put("upstream_fallback", true), "upstream_host");
    refused(config().put("percentage", 101), "value should be between 0 and 100");
    refused(config().put("duration", -1), "value must be 0 or greater");
    refused(config().put("hash", "moon"), "expected one of");
  }

  @Test
  void stagesNeedAnEnd() {
    JsonObject first = new JsonObject().put("percentage", 1).put("duration", 60);
    JsonObject last = new JsonObject().put("percentage", 100);
    JsonObject approved = new JsonObject().put("percentage", 50).put("pause", true);
    CanaryConfig config = CanaryConfig.SCHEMA.read(staged(first, approved, last));
    assertThat(config.stages())
        .containsExactly(new Stage(1, 60_000, false), new Stage(50, 0, true), new Stage(100, 0, false));
    refused(staged(first, last).put("percentage", 5), "'config.percentage' plays no part with 'config.stages'");
    refused(staged(last, first), "stage 1 needs either 'duration' or 'pause'");
    refused(staged(approved.copy().put("duration", 5)), "stage 1 needs either 'duration' or 'pause'");
    refused(staged(new JsonObject().put("duration", 5)), "required field missing");
    refused(staged(new JsonObject().put("percentage", 101)), "value should be between 0 and 100");
    JsonArray groups = new JsonArray().add("g");
    refused(staged(first, last).put("hash", "allow").put("groups", groups), "groups decide there, and no share");
  }

  private static JsonObject staged(JsonObject... stages) {
    return config().put("stages", new JsonArray(List.of(stages)));
  }

  @Test
  void aGateHasDefaults() {
    assertThat(CanaryConfig.SCHEMA.read(config()).gate()).isEmpty();
    GateSettings gate = CanaryConfig.SCHEMA.read(config().put("gate", new JsonObject())).gate().orElseThrow();
    assertThat(gate).isEqualTo(new GateSettings(GateConfig.DEFAULT, false));
    JsonObject given = new JsonObject().put("action", "pause").put("max_p99_ratio", 1.5).put("interval", 1);
    GateSettings other = CanaryConfig.SCHEMA.read(config().put("gate", given)).gate().orElseThrow();
    assertThat(other.pauses()).isTrue();
    assertThat(other.bounds().maxP99Ratio()).hasValue(1.5);
    refused(config().put("gate", new JsonObject().put("confidence", 1)), "value should be between");
    refused(config().put("gate", new JsonObject().put("action", "shrug")), "expected one of: rollback, pause");
    refused(config().put("gate", new JsonObject().put("interval", 0)), "value should be between");
  }

  @Test
  void groupsAreLetInOrKeptOut() {
    JsonArray testers = new JsonArray().add("testers");
    DeploymentStrategy allow = Strategies.of(config().put("hash", "allow").put("groups", testers));
    DeploymentStrategy deny = Strategies.of(config().put("hash", "deny").put("groups", testers));
    FakeRequest member = FakeRequest.of(1).consumer("ada", "testers");
    FakeRequest other = FakeRequest.of(2).consumer("bob", "people");
    assertThat(group(allow, member)).isEqualTo(CANARY);
    assertThat(group(allow, other)).isEqualTo(Selection.REST);
    assertThat(group(deny, member)).isEqualTo(Selection.REST);
    assertThat(group(deny, other)).isEqualTo(CANARY);
    assertThat(group(deny, FakeRequest.of(3))).isEqualTo(CANARY);
  }

  @Test
  void aHeaderMaySayWhere() {
    JsonObject none = config().put("percentage", 0).put("canary_by_header_name", "X-Canary");
    DeploymentStrategy open = Strategies.of(none);
    assertThat(group(open, FakeRequest.of(1).header("X-Canary", "always"))).isEqualTo(CANARY);
    assertThat(group(open, FakeRequest.of(1).header("X-Canary", "maybe"))).isEqualTo(Selection.REST);
    DeploymentStrategy all = Strategies.of(none.copy().put("percentage", 100));
    assertThat(group(all, FakeRequest.of(1).header("X-Canary", "never"))).isEqualTo(Selection.REST);
    DeploymentStrategy restricted =
        Strategies.of(none.copy().put("canary_by_header_groups", new JsonArray().add("testers")));
    FakeRequest stranger = FakeRequest.of(1).header("X-Canary", "always");
    assertThat(group(restricted, stranger)).isEqualTo(Selection.REST);
    assertThat(group(restricted, stranger.consumer("ada", "testers"))).isEqualTo(CANARY);
  }

  @Test
  void whoLacksTheKeyIsToldByTheNextBest() {
    DeploymentStrategy byHeader =
        Strategies.of(config().put("hash", "header").put("hash_header", "X-User").put("percentage", 50));
    DeploymentStrategy byConsumer = Strategies.of(config().put("percentage", 50));
    DeploymentStrategy byAddress = Strategies.of(config().put("hash", "ip").put("percentage", 50));
    for (int client = 0; client < 100; client++) {
      String id = "id " + client;
      String address = "10.1.2." + client;
      String expected = group(byConsumer, FakeRequest.of(1).consumer(id).from(address));
      assertThat(group(byHeader, FakeRequest.of(2).header("X-User", id))).isEqualTo(expected);
      assertThat(group(byHeader, FakeRequest.of(3).consumer(id).from(address))).isEqualTo(expected);
      assertThat(group(byConsumer, FakeRequest.of(4).from(address)))
          .isEqualTo(group(byAddress, FakeRequest.of(5).consumer(id).from(address)));
    }
  }

  @Test
  void withoutAHashEveryTenthGoes() {
    DeploymentStrategy strategy = Strategies.of(config().put("hash", "none").put("percentage", 10));
    int in = 0;
    for (int i = 0; i < 1000; i++) {
      Selection selection = strategy.select(FakeRequest.of(1), name -> true);
      in += selection.rest() ? 0 : 1;
      strategy.began(selection);
    }
    assertThat(in).isBetween(95, 105);
  }

  @Test
  void aCanaryWithoutAHealthyTargetMayBeLeftOut() {
    JsonObject all = config().put("percentage", 100);
    FakeRequest request = FakeRequest.of(1);
    assertThat(Strategies.of(all).select(request, name -> false).group()).isEqualTo(CANARY);
    assertThat(Strategies.of(all.put("upstream_fallback", true)).select(request, name -> false).group())
        .isEqualTo(Selection.REST);
  }

  @Test
  void aCookieKeepsAClientToItsSide() {
    try (TestGateway gateway = TestGateway.with(new CanaryPlugin()).start()) {
      TestBackend other = gateway.backend(TestBackend.echo());
      JsonObject route = gateway.route("/x");
      gateway.plugin(
          "canary",
          new JsonObject()
              .put("upstream_host", "127.0.0.1")
              .put("upstream_port", other.port())
              .put("hash", "cookie")
              .put("percentage", 50),
          route);
      int canaries = 0;
      for (int i = 0; i < 40; i++) {
        var first = gateway.get("/x");
        String cookie = first.getHeader("Set-Cookie").split(";", 2)[0];
        assertThat(cookie).startsWith("sluice_canary=");
        int backend = first.bodyAsJsonObject().getInteger("backend");
        canaries += backend == other.port() ? 1 : 0;
        var again = gateway.get("/x", Map.of("Cookie", "a=b; " + cookie));
        assertThat(again.getHeader("Set-Cookie")).isNull();
        assertThat(again.bodyAsJsonObject().getInteger("backend")).isEqualTo(backend);
      }
      assertThat(canaries).isBetween(1, 39);
    }
  }
}
