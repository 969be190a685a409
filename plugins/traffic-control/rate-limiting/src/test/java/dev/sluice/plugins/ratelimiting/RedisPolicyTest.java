package dev.sluice.plugins.ratelimiting;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.Burst;
import dev.sluice.testkit.TestRedis;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Gateways and a real Redis between them. */
class RedisPolicyTest {

  private static final Map<String, String> NOBODY = Map.of();
  private static TestRedis redis;
  private static Limited one;

  @BeforeAll
  static void start() {
    redis = TestRedis.begin();
    one = new Limited();
  }

  @AfterAll
  static void stop() {
    one.close();
    redis.close();
  }

  private static JsonObject config(TestRedis at, int minute) {
    return new JsonObject()
        .put("policy", "redis")
        .put("minute", minute)
        .put("redis", new JsonObject().put("host", "127.0.0.1").put("port", at.port()).put("timeout", 500));
  }

  @Test
  void twoGatewaysCountTogether() {
    try (Limited a = new Limited(); Limited b = new Limited()) {
      for (Limited each : List.of(a, b)) {
        each.route("/");
        each.gateway.plugin("rate-limiting", config(redis, 3).put("limit_by", "header").put("header_name", "app"));
      }
      Map<String, String> app = Map.of("app", "together");
      assertThat(a.gateway.get("/", app).getHeader("X-RateLimit-Remaining-Minute")).isEqualTo("2");
      assertThat(b.gateway.get("/", app).getHeader("X-RateLimit-Remaining-Minute")).isEqualTo("1");
      assertThat(a.statuses(2, "/", app)).isEqualTo(List.of(200, 429));
      assertThat(b.statuses(1, "/", app)).isEqualTo(List.of(429));
      String nil = "00000000-0000-0000-0000-000000000000";
      String key = "ratelimit:" + nil + ":" + nil + ":together:1772600760000:minute";
      assertThat(redis.send("GET " + key)).isEqualTo("$1\r\n5\r\n");
      assertThat(redis.send("TTL " + key)).matches(":(59|60)\r\n");
    }
  }

  @Test
  void twoGatewaysUnder64ConnectionsLetNoneTooManyPass() {
    try (Limited a = new Limited(); Limited b = new Limited()) {
      for (Limited each : List.of(a, b)) {
        each.route("/");
        each.gateway.plugin("rate-limiting", config(redis, 500).put("limit_by", "header").put("header_name", "app"));
      }
      Map<String, String> app = Map.of("app", "burst");
      assertThat(Burst.passed(1500, "/", app, a.gateway, b.gateway)).isEqualTo(500);
    }
  }

  @Test
  void countersAreSharedFromTimeToTime() {
    try (Limited a = new Limited(); Limited b = new Limited()) {
      for (Limited each : List.of(a, b)) {
        each.route("/");
        each.gateway.plugin(
            "rate-limiting",
            config(redis, 100).put("sync_rate", 0.02).put("limit_by", "header").put("header_name", "app"));
      }
      Map<String, String> app = Map.of("app", "synced");
      assertThat(a.statuses(10, "/", app)).containsOnly(200);
      assertThat(b.statuses(10, "/", app)).containsOnly(200);
      Await.until("each knows of the other", () -> {
        int left = Integer.parseInt(a.gateway.get("/", app).getHeader("RateLimit-Remaining"));
        int leftThere = Integer.parseInt(b.gateway.get("/", app).getHeader("RateLimit-Remaining"));
        return left < 81 && Math.abs(left - leftThere) <= 1;
      });
    }
  }

  @Test
  void passwordsAndDatabasesAreUsed() {
    try (TestRedis locked = TestRedis.begin("--requirepass", "p@ss:w/rd")) {
      JsonObject config = config(locked, 1);
      config.getJsonObject("redis").put("password", "p@ss:w/rd").put("database", 3);
      one.limit("/locked", config);
      assertThat(one.statuses(2, "/locked", NOBODY)).isEqualTo(List.of(200, 429));
      config.getJsonObject("redis").put("password", "wrong");
      one.limit("/wrong", config.put("fault_tolerant", false));
      assertThat(one.statuses(1, "/wrong", NOBODY)).isEqualTo(List.of(500));
    }
  }

  @Test
  void whileRedisIsAwayRequestsPassOrFail() {
    try (TestRedis away = TestRedis.begin()) {
      one.limit("/tolerant", config(away, 1));
      one.limit("/strict", config(away, 1).put("fault_tolerant", false));
      assertThat(one.statuses(2, "/tolerant", NOBODY)).isEqualTo(List.of(200, 429));
      away.stop();
      Await.until("Redis is missed", () -> one.gateway.get("/strict").statusCode() == 500);
      var passed = one.gateway.get("/tolerant");
      assertThat(passed.statusCode()).isEqualTo(200);
      assertThat(passed.getHeader("RateLimit-Limit")).isNull();
      away.start();
      Await.until("Redis is used again", () -> one.gateway.get("/tolerant").getHeader("RateLimit-Limit") != null);
      assertThat(one.gateway.get("/tolerant").statusCode()).isEqualTo(429);
    }
  }

  @Test
  void windowsArePassedOn() {
    JsonObject config = config(redis, 1).put("sync_rate", 0.02);
    one.limit("/moving", config);
    assertThat(one.statuses(2, "/moving", NOBODY)).isEqualTo(List.of(200, 429));
    one.clock.advance(Duration.ofMinutes(1));
    assertThat(one.statuses(2, "/moving", NOBODY)).isEqualTo(List.of(200, 429));
  }
}
