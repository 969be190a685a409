package dev.sluice.plugins.ratelimitingadvanced;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestRedis;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static dev.sluice.plugins.ratelimitingadvanced.Limited.limits;
import static org.assertj.core.api.Assertions.assertThat;

/** Two gateways, and a real Redis between them. */
class SharedTest {

  private static final Map<String, String> APP = Map.of("app", "x");

  private static TestRedis redis;
  private static Limited one;
  private static Limited other;

  @BeforeAll
  static void start() {
    redis = TestRedis.begin();
    one = new Limited();
    other = new Limited();
  }

  @AfterAll
  static void stop() {
    one.close();
    other.close();
    redis.close();
  }

  private static JsonObject config(TestRedis at, String namespace, double rate, int limit) {
    return limits(limit, 60)
        .put("strategy", "redis")
        .put("sync_rate", rate)
        .put("namespace", namespace)
        .put("identifier", "header")
        .put("header_name", "app")
        .put("redis", new JsonObject().put("host", "127.0.0.1").put("port", at.port()));
  }

  /** The same path on both. */
  private static String both(JsonObject config) {
    String path = "/" + config.getString("namespace");
    for (Limited each : new Limited[] {one, other}) {
      each.gateway.plugin("rate-limiting-advanced", config, each.gateway.route(path));
    }
    return path;
  }

  @Test
  void twoNodesTogetherAreExactWhenTheyAskEachTime() {
    String path = both(config(redis, "exact", 0, 300));
    assertThat(Limited.passed(900, path, one, other)).isEqualTo(300);
    String fixed = both(config(redis, "exact-fixed", 0, 300).put("window_type", "fixed"));
    assertThat(Limited.passed(900, fixed, one, other)).isEqualTo(300);
    String key = "ratelimit-advanced:exact-fixed:60000:" + Limited.HOUR.toEpochMilli() + ":x";
    Await.until("refused ones are taken back", () -> redis.send("GET " + key).contains("300"));
    assertThat(redis.send("TTL " + key)).matches(":1(20|21)\r\n");
  }

  @Test
  void windowsSlideInRedisToo() {
    String path = both(config(redis, "sliding", 0, 10).put("disable_penalty", true));
    Limited mover = one;
    assertThat(mover.statuses(11, path, APP)).endsWith(200, 429);
    mover.clock.advance(Duration.ofSeconds(75));
    assertThat(mover.statuses(3, path, APP)).containsExactly(200, 200, 429);
    mover.clock.advance(Duration.ofSeconds(-75));
  }

  /** Beyond the limit each node lets pass at most what comes to it within one sync_rate. */
  @Test
  void nodesHearOfEachOther() {
    String path = both(config(redis, "told", 0.05, 1000));
    assertThat(one.statuses(600, path, APP)).containsOnly(200);
    AtomicInteger asked = new AtomicInteger();
    Await.until("the other one knows", () -> {
      String left = other.gateway.get(path, APP).getHeader("RateLimit-Remaining");
      return Integer.parseInt(left) == 1000 - 600 - asked.incrementAndGet();
    });
    assertThat(Limited.passed(500, path, other)).isEqualTo(400 - asked.get());
    AtomicInteger more = new AtomicInteger();
    Await.until("and so does the one", () -> {
      more.incrementAndGet();
      return one.gateway.get(path, APP).statusCode() == 429;
    });
    assertThat(more.get()).as("not by itself").isLessThan(400);
  }

  @Test
  void whileRedisIsAwayEachCountsAlone() {
    try (TestRedis away = TestRedis.begin()) {
      String path = both(config(away, "away", 0, 3));
      assertThat(one.gateway.get(path, APP).getHeader("RateLimit-Remaining")).isEqualTo("2");
      assertThat(other.gateway.get(path, APP).getHeader("RateLimit-Remaining")).isEqualTo("1");
      away.stop();
      assertThat(one.statuses(4, path, APP)).containsExactly(200, 200, 200, 429);
      assertThat(other.statuses(4, path, APP)).containsExactly(200, 200, 200, 429);
    }
  }
}
