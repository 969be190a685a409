package dev.sluice.plugins.ratelimiting;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.Burst;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static dev.sluice.plugins.ratelimiting.Limited.header;
import static org.assertj.core.api.Assertions.assertThat;

class RateLimitingTest {

  private static Limited f;

  @BeforeAll
  static void start() {
    f = new Limited();
    f.gateway.consumer("bob");
    f.gateway.consumer("ann");
  }

  @AfterAll
  static void stop() {
    f.close();
  }

  private static JsonObject by(String what, int hour) {
    return new JsonObject().put("limit_by", what).put("hour", hour);
  }

  private static void refused(Map<String, String> headers, String path, boolean refused) {
    assertThat(f.gateway.get(path, headers).statusCode()).isEqualTo(refused ? 429 : 200);
  }

  @Test
  void answersTellWhatIsLeft() {
    f.limit("/tell", new JsonObject().put("hour", 2).put("day", 5));
    var first = f.gateway.get("/tell");
    assertThat(first.statusCode()).isEqualTo(200);
    header(first, "X-RateLimit-Limit-Hour", "2");
    header(first, "X-RateLimit-Remaining-Hour", "1");
    header(first, "X-RateLimit-Limit-Day", "5");
    header(first, "X-RateLimit-Remaining-Day", "4");
    header(first, "RateLimit-Limit", "2");
    header(first, "RateLimit-Remaining", "1");
    header(first, "RateLimit-Reset", String.valueOf(3600 - 6 * 60 - 7));
    header(first, "Retry-After", null);
    f.gateway.get("/tell");
    var third = f.gateway.get("/tell");
    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.bodyAsJsonObject().getString("message")).isEqualTo("API rate limit exceeded");
    header(third, "X-RateLimit-Remaining-Hour", "0");
    header(third, "X-RateLimit-Remaining-Day", "3");
    header(third, "RateLimit-Remaining", "0");
    header(third, "Retry-After", String.valueOf(3600 - 6 * 60 - 7));
  }

  @Test
  void ofEqualsTheLongerWindowIsTold() {
    f.limit("/tie", new JsonObject().put("minute", 4).put("day", 4));
    header(f.gateway.get("/tie"), "RateLimit-Reset", String.valueOf(86_400 - 5 * 3600 - 6 * 60 - 7));
  }

  @Test
  void clientsNeedNotBeTold() {
    f.limit("/hide", new JsonObject().put("hour", 1).put("hide_client_headers", true));
    header(f.gateway.get("/hide"), "RateLimit-Limit", null);
    var refused = f.gateway.get("/hide");
    assertThat(refused.statusCode()).isEqualTo(429);
    header(refused, "Retry-After", null);
    header(refused, "X-RateLimit-Remaining-Hour", null);
  }

  @Test
  void refusalsAreConfigured() {
    f.limit("/err", new JsonObject().put("hour", 1).put("error_code", 418).put("error_message", "slow down"));
    f.gateway.get("/err");
    var refused = f.gateway.get("/err");
    assertThat(refused.statusCode()).isEqualTo(418);
    assertThat(refused.bodyAsJsonObject().getString("message")).isEqualTo("slow down");
  }

  @Test
  void aNewWindowBeginsAnew() {
    try (Limited own = new Limited()) {
      own.limit("/window", new JsonObject().put("second", 1).put("minute", 2));
      assertThat(own.statuses(2, "/window", Map.of())).isEqualTo(List.of(200, 429));
      own.clock.advance(Duration.ofSeconds(1));
      assertThat(own.statuses(2, "/window", Map.of())).isEqualTo(List.of(200, 429));
      own.clock.advance(Duration.ofSeconds(1));
      assertThat(own.statuses(1, "/window", Map.of())).isEqualTo(List.of(429));
      own.clock.advance(Duration.ofMinutes(1));
      assertThat(own.statuses(2, "/window", Map.of())).isEqualTo(List.of(200, 429));
    }
  }

  @Test
  void consumersAreCountedApart() {
    f.limit("/consumer", by("consumer", 1));
    refused(Map.of("who", "bob"), "/consumer", false);
    refused(Map.of("who", "bob", "key", "other"), "/consumer", true);
    refused(Map.of("who", "ann"), "/consumer", false);
    refused(Map.of("key", "k1"), "/consumer", false);
    refused(Map.of("key", "k1"), "/consumer", true);
    refused(Map.of(), "/consumer", false);
    refused(Map.of(), "/consumer", true);
  }

  @Test
  void isExactUnder64Connections() {
    try (Limited alone = new Limited()) {
      alone.limit("/burst", new JsonObject().put("minute", 500).put("hour", 700));
      assertThat(Burst.passed(1500, "/burst", Map.of(), alone.gateway)).isEqualTo(500);
      alone.clock.advance(Duration.ofMinutes(1));
      assertThat(Burst.passed(1500, "/burst", Map.of(), alone.gateway)).isEqualTo(200);
    }
  }

  @Test
  void credentialsAreCountedApart() {
    f.limit("/credential", by("credential", 1));
    refused(Map.of("who", "bob", "key", "k1"), "/credential", false);
    refused(Map.of("who", "bob", "key", "k2"), "/credential", false);
    refused(Map.of("who", "bob", "key", "k1"), "/credential", true);
  }

  @Test
  void headersAndPathsAreCountedApart() {
    f.limit("/header", by("header", 1).put("header_name", "x-app"));
    refused(Map.of("x-app", "a"), "/header", false);
    refused(Map.of("x-app", "b"), "/header", false);
    refused(Map.of("X-App", "a"), "/header", true);
    refused(Map.of(), "/header", false);
    refused(Map.of(), "/header", true);
    f.limit("/path", by("path", 1).put("path", "/path/x"));
    refused(Map.of(), "/path/x", false);
    refused(Map.of(), "/path/y", false);
    refused(Map.of(), "/path/z", true);
    refused(Map.of(), "/path/x?q=1", true);
  }

  @Test
  void aServiceIsCountedAsAWhole() {
    f.limit("/service", by("service", 1));
    refused(Map.of("who", "bob"), "/service", false);
    refused(Map.of("who", "ann"), "/service", true);
  }

  @Test
  void onAServiceAllItsRoutesCount() {
    JsonObject route = f.route("/one");
    JsonObject service = route.getJsonObject("service");
    f.gateway.create(
        CoreEntities.ROUTES, new JsonObject().put("paths", List.of("/two")).put("service", service));
    f.gateway.create(
        CoreEntities.PLUGINS,
        new JsonObject().put("name", "rate-limiting").put("config", by("ip", 1)).put("service", service));
    refused(Map.of(), "/one", false);
    refused(Map.of(), "/two", true);
  }

  @Test
  void aChangedConfigurationGoesOnCounting() {
    JsonObject plugin = f.gateway.plugin("rate-limiting", by("ip", 1), f.route("/patched"));
    refused(Map.of(), "/patched", false);
    refused(Map.of(), "/patched", true);
    f.gateway.update(
        CoreEntities.PLUGINS, plugin.getString("id"), new JsonObject().put("config", new JsonObject().put("hour", 2)));
    refused(Map.of(), "/patched", false);
    refused(Map.of(), "/patched", true);
  }

  @Test
  void withoutAnotherNodeTheClusterIsThisOne() {
    f.limit("/cluster", by("ip", 1).put("policy", "cluster"));
    refused(Map.of(), "/cluster", false);
    refused(Map.of(), "/cluster", true);
  }
}
