package dev.sluice.plugins.responseratelimiting;

import dev.sluice.api.schema.SchemaException;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestRedis;
import dev.sluice.testkit.fake.MovableClock;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class QuotaTest {

  private static final MovableClock CLOCK = new MovableClock(Instant.parse("2026-03-04T05:06:07Z"));
  private static final AtomicInteger ASKED = new AtomicInteger();
  private static TestGateway gateway;
  private static TestBackend backend;

  @BeforeAll
  static void start() {
    gateway = TestGateway.with(new ResponseRateLimitingPlugin()).clock(CLOCK).start();
    // Answers cost what the request says.
    backend = gateway.backend(TestBackend.of(request -> {
      ASKED.incrementAndGet();
      if (request.getHeader("cost") != null) {
        request.response().putHeader("X-Kong-Limit", request.getHeader("cost"));
      }
      request.response().end("the answer");
    }));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static JsonObject limits(String limits) {
    return new JsonObject().put("limits", new JsonObject(limits));
  }

  private static void configure(String path, JsonObject config) {
    gateway.plugin("response-ratelimiting", config, gateway.route(path, backend));
  }

  private static HttpResponse<Buffer> ask(String path, String cost) {
    return gateway.get(path, Map.of("cost", cost));
  }

  /** Costs are counted when the answer is out: waits until so much is left. */
  private static void left(String path, String name, String amount) {
    Await.until(amount + " left of " + name, () ->
        amount.equals(gateway.get(path).getHeader("X-RateLimit-Remaining-" + name)));
  }

  @Test
  void answersSayWhatTheyCost() {
    configure("/costs", limits("{\"video\":{\"minute\":3,\"day\":10},\"sms\":{\"minute\":5}}"));
    var first = ask("/costs", "video=2, sms=1");
    assertThat(first.bodyAsString()).isEqualTo("the answer");
    assertThat(first.getHeader("X-Kong-Limit")).isNull();
    assertThat(first.getHeader("X-RateLimit-Limit-video-minute")).isEqualTo("3");
    assertThat(first.getHeader("X-RateLimit-Remaining-video-minute")).isEqualTo("1");
    assertThat(first.getHeader("X-RateLimit-Remaining-video-day")).isEqualTo("8");
    assertThat(first.getHeader("X-RateLimit-Remaining-sms-minute")).isEqualTo("4");
    left("/costs", "video", "1");
    assertThat(ask("/costs", "video=2").statusCode()).isEqualTo(200);
    left("/costs", "video", "0");

    int before = ASKED.get();
    var refused = ask("/costs", "video=1");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.body() == null || refused.body().length() == 0).isTrue();
    assertThat(ASKED.get()).isEqualTo(before + 1);
    assertThat(ask("/costs", "sms=1").statusCode()).isEqualTo(200);
    assertThat(gateway.get("/costs").statusCode()).isEqualTo(200);

    CLOCK.advance(Duration.ofMinutes(1));
    assertThat(ask("/costs", "video=1").getHeader("X-RateLimit-Remaining-video-day")).isEqualTo("5");
  }

  @Test
  void theFirstViolationMayBlock() {
    configure("/block", limits("{\"video\":{\"year\":1}}").put("block_on_first_violation", true));
    ask("/block", "video=1");
    Await.until("it is counted", () -> gateway.get("/block").statusCode() == 429);
    int before = ASKED.get();
    var refused = gateway.get("/block");
    assertThat(refused.bodyAsJsonObject().getString("message")).isEqualTo("API rate limit exceeded for 'video'");
    assertThat(ASKED.get()).isEqualTo(before);
  }

  @Test
  void clientsNeedNotBeTold() {
    configure("/hide", limits("{\"video\":{\"year\":1}}").put("hide_client_headers", true));
    assertThat(ask("/hide", "video=1").getHeader("X-RateLimit-Limit-video-year")).isNull();
  }

  @Test
  void countersMayBeInRedis() {
    try (TestRedis redis = TestRedis.begin()) {
      configure("/redis", limits("{\"video\":{\"year\":5}}")
          .put("policy", "redis")
          .put("redis", new JsonObject().put("host", "127.0.0.1").put("port", redis.port())));
      assertThat(ask("/redis", "video=2").statusCode()).isEqualTo(200);
      left("/redis", "video", "3");
      assertThat(redis.send("KEYS *")).contains("response-ratelimit:").contains(":video:year");
    }
  }

  @Test
  void whatCannotBeReadCostsNothing() {
    assertThat(Costs.read(List.of("video=1, sms = 2 ,x,=3,y=z,w=-1", "z=5")))
        .containsOnly(Map.entry("video", 1L), Map.entry("sms", 2L), Map.entry("z", 5L));
  }

  @Test
  void wrongValuesAreNamed() {
    assertThatThrownBy(() -> QuotaConfig.schema(true).read(new JsonObject()))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("config.limits: required field missing");
    assertThatThrownBy(() -> QuotaConfig.schema(true).read(limits("{\"v\":{}}")))
        .hasMessageContaining("at least one of these fields must be non-empty: 'second', 'minute'");
    assertThatThrownBy(() -> QuotaConfig.schema(true).read(limits("{\"v\":{\"minute\":2,\"hour\":1}}")))
        .hasMessageContaining("The limit for hour(1.0) cannot be lower than the limit for minute(2.0)");
  }
}
