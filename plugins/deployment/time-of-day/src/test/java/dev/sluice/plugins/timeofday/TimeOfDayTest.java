package dev.sluice.plugins.timeofday;

import dev.sluice.api.deployment.Selection;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.schema.SchemaException;
import dev.sluice.plugins.explain.ExplainPlugin;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.EndpointsAlone;
import dev.sluice.testkit.fake.FakeRequest;
import dev.sluice.testkit.fake.MovableClock;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TimeOfDayTest {

  private static JsonObject config() {
    return new JsonObject().put("upstream", "night-shift").put("from", "22:00").put("until", "06:00");
  }

  private static Selection at(String time, boolean available) {
    Clock clock = Clock.fixed(Instant.parse("2026-03-01T" + time + ":00Z"), ZoneOffset.UTC);
    TimeOfDayFactory factory = new TimeOfDayFactory(clock);
    return factory.create(factory.schema().read(config())).select(FakeRequest.of(1), group -> available);
  }

  @Test
  void theNightEndsInTheMorning() {
    assertThat(at("21:59", true).rest()).isTrue();
    assertThat(at("22:00", true).group()).isEqualTo("special");
    assertThat(at("00:00", true).group()).isEqualTo("special");
    assertThat(at("05:59", true).group()).isEqualTo("special");
    assertThat(at("06:00", true).reason()).isEqualTo("outside of the hours");
    assertThat(at("23:00", false).rest()).isTrue();
  }

  @Test
  void whatIsNoTimeIsRefused() {
    assertThatThrownBy(() -> TimeOfDayConfig.SCHEMA.read(config().put("from", "24:00")))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("expected a time such as 22:00");
  }

  @Test
  void explainSaysWhereARequestWouldGo() {
    MovableClock clock = new MovableClock(Instant.parse("2026-03-01T23:00:00Z"));
    try (TestGateway gateway =
        TestGateway.with(new TimeOfDayPlugin(), new ExplainPlugin(), new EndpointsAlone()).clock(clock).start()) {
      TestBackend night = gateway.backend(TestBackend.echo());
      JsonObject upstream = gateway.create(CoreEntities.UPSTREAMS, new JsonObject().put("name", "night-shift"));
      gateway.create(
          CoreEntities.TARGETS,
          new JsonObject()
              .put("target", "127.0.0.1:" + night.port())
              .put("upstream", new JsonObject().put("id", upstream.getString("id"))));
      gateway.plugin("time-of-day", config(), gateway.route("/x"));
      JsonObject explained = explain(gateway);
      assertThat(explained.getString("group")).isEqualTo("special");
      assertThat(explained.getString("reason")).isEqualTo("within the hours");
      assertThat(explained.getJsonArray("strategies").getJsonObject(0).getBoolean("sticky")).isFalse();
      assertThat(explained.getJsonObject("upstream").getString("name")).isEqualTo("night-shift");
      assertThat(gateway.get("/x").bodyAsJsonObject().getInteger("backend")).isEqualTo(night.port());
      clock.set(Instant.parse("2026-03-02T12:00:00Z"));
      assertThat(explain(gateway).getString("reason")).isEqualTo("outside of the hours");
    }
  }

  private static JsonObject explain(TestGateway gateway) {
    Buffer question = new JsonObject().put("url", "http://a.test/x").toBuffer();
    return gateway.admin(HttpMethod.POST, "/explain", Map.of(), question).bodyAsJsonObject();
  }
}
