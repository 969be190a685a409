package dev.sluice.plugins.ratelimitingadvanced;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.plugins.ratelimitingadvanced.Limited.limits;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What passes, and what clients are told, on one node. */
class AdvancedTest {

  private static final int OK = 200;
  private static final int TOO_MANY = 429;

  private static Limited limited;

  @BeforeAll
  static void start() {
    limited = new Limited();
    limited.gateway.consumer("ada");
    limited.gateway.consumer("bob");
  }

  @AfterAll
  static void stop() {
    limited.close();
  }

  /** To where a window of an hour begins. */
  @BeforeEach
  void nextHour() {
    long millis = limited.clock.millis();
    limited.clock.advance(Duration.ofMillis(3_600_000 - Math.floorMod(millis, 3_600_000L)));
  }

  private static JsonObject fixed(double... pairs) {
    return limits(pairs).put("window_type", "fixed");
  }

  @Test
  void answersTellWhatIsLeft() {
    String path = limited.route(fixed(2, 60, 100, 3600, 7, 90));
    limited.clock.advance(Duration.ofSeconds(20));
    var first = limited.gateway.get(path);
    assertThat(first.statusCode()).isEqualTo(OK);
    assertThat(first.getHeader("X-RateLimit-Limit-Minute")).isEqualTo("2");
    assertThat(first.getHeader("X-RateLimit-Remaining-Minute")).isEqualTo("1");
    assertThat(first.getHeader("X-RateLimit-Limit-Hour")).isEqualTo("100");
    assertThat(first.getHeader("X-RateLimit-Remaining-Hour")).isEqualTo("99");
    assertThat(first.getHeader("X-RateLimit-Limit-90")).isEqualTo("7");
    assertThat(first.getHeader("X-RateLimit-Remaining-90")).isEqualTo("6");
    assertThat(first.getHeader("RateLimit-Limit")).isEqualTo("2");
    assertThat(first.getHeader("RateLimit-Remaining")).isEqualTo("1");
    assertThat(first.getHeader("RateLimit-Reset")).isEqualTo("40");
    assertThat(first.getHeader("Retry-After")).isNull();
    limited.gateway.get(path);
    var third = limited.gateway.get(path);
    assertThat(third.statusCode()).isEqualTo(TOO_MANY);
    assertThat(third.bodyAsJsonObject().getString("message")).isEqualTo("API rate limit exceeded");
    assertThat(third.getHeader("X-RateLimit-Remaining-Minute")).isEqualTo("0");
    assertThat(third.getHeader("X-RateLimit-Remaining-Hour")).as("refused ones do not count here").isEqualTo("98");
    assertThat(third.getHeader("RateLimit-Remaining")).isEqualTo("0");
    assertThat(third.getHeader("Retry-After")).isEqualTo("40");
    limited.clock.advance(Duration.ofSeconds(40));
    assertThat(limited.statuses(3, path)).containsExactly(OK, OK, TOO_MANY);
  }

  @Test
  void ofTheWindowBeforeLessAndLessCounts() {
    String path = limited.route(limits(10, 60).put("disable_penalty", true));
    assertThat(limited.statuses(11, path)).endsWith(OK, TOO_MANY);
    limited.clock.advance(Duration.ofSeconds(75));
    // Three quarters of ten still count.
    assertThat(limited.statuses(3, path)).containsExactly(OK, OK, TOO_MANY);
    limited.clock.advance(Duration.ofSeconds(15));
    // Half of ten, and two.
    assertThat(limited.statuses(4, path)).containsExactly(OK, OK, OK, TOO_MANY);
    limited.clock.advance(Duration.ofSeconds(150));
    assertThat(limited.statuses(11, path)).as("and nothing of older ones").endsWith(OK, TOO_MANY);
  }

  @Test
  void whoGoesOnIsPunished() {
    String path = limited.route(limits(10, 60));
    limited.statuses(30, path);
    limited.clock.advance(Duration.ofSeconds(90));
    var answer = limited.gateway.get(path);
    assertThat(answer.statusCode()).as("half of thirty").isEqualTo(TOO_MANY);
    assertThat(answer.getHeader("X-RateLimit-Remaining-Minute")).isEqualTo("0");
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void whoWaitsAsToldPasses(boolean kind) {
    String path = limited.route(limits(5, 60, 20, 600).put("disable_penalty", kind));
    for (int i = 0; i < 12; i++) {
      limited.statuses(5, path);
      var refused = limited.gateway.get(path);
      int seconds = refused.statusCode() == OK ? 1 : Integer.parseInt(refused.getHeader("Retry-After"));
      limited.clock.advance(Duration.ofSeconds(seconds));
      assertThat(limited.gateway.get(path).statusCode()).as("after " + seconds + " s, time " + i).isEqualTo(OK);
    }
  }

  @Test
  void nobodyComesBackAtTheSameTime() {
    String path = limited.route(fixed(1, 60).put("retry_after_jitter_max", 5));
    limited.gateway.get(path);
    for (int i = 0; i < 10; i++) {
      assertThat(Integer.parseInt(limited.gateway.get(path).getHeader("Retry-After"))).isBetween(60, 65);
    }
  }

  @Test
  void clientsMayBeToldNothing() {
    String path = limited.route(
        fixed(1, 60).put("hide_client_headers", true).put("error_code", 503).put("error_message", "busy"));
    limited.gateway.get(path);
    var refused = limited.gateway.get(path);
    assertThat(refused.statusCode()).isEqualTo(503);
    assertThat(refused.bodyAsJsonObject().getString("message")).isEqualTo("busy");
    assertThat(refused.headers().names()).noneMatch(name -> name.contains("RateLimit") || name.equals("Retry-After"));
  }

  @ParameterizedTest
  @CsvSource({
    "consumer, who, ada, bob", "credential, key, one, two", "header, app, one, two",
  })
  void isCountedBy(String identifier, String header, String one, String other) {
    String path = limited.route(fixed(1, 60).put("identifier", identifier).put("header_name", "app"));
    assertThat(limited.statuses(2, path, Map.of(header, one))).containsExactly(OK, TOO_MANY);
    assertThat(limited.statuses(2, path, Map.of(header, other))).containsExactly(OK, TOO_MANY);
    assertThat(limited.statuses(2, path)).as("by address").containsExactly(OK, TOO_MANY);
  }

  @Test
  void isCountedByPathAndService() {
    String path = limited.route(fixed(1, 60).put("identifier", "path").put("path", "/of-all"));
    assertThat(limited.statuses(2, path)).containsExactly(OK, TOO_MANY);
    JsonObject shared = fixed(1, 60).put("identifier", "service").put("namespace", "by-service");
    String one = limited.route(shared);
    String other = limited.route(shared);
    assertThat(limited.statuses(2, one)).containsExactly(OK, TOO_MANY);
    assertThat(limited.statuses(2, other)).containsExactly(OK, TOO_MANY);
  }

  @Test
  void severalThingsCountTogether() {
    String path = limited.route(
        fixed(1, 60).put("compound_identifier", new JsonArray().add("consumer").add("header")).put("header_name", "app"));
    assertThat(limited.statuses(2, path, Map.of("who", "ada", "app", "x"))).containsExactly(OK, TOO_MANY);
    assertThat(limited.statuses(1, path, Map.of("who", "ada", "app", "y"))).containsExactly(OK);
    assertThat(limited.statuses(1, path, Map.of("who", "bob", "app", "x"))).containsExactly(OK);
  }

  @Test
  void namespacesCountTogether() {
    String one = limited.route(fixed(2, 60).put("namespace", "both"));
    String other = limited.route(fixed(2, 60).put("namespace", "both"));
    String apart = limited.route(fixed(2, 60));
    assertThat(limited.statuses(2, one)).containsExactly(OK, OK);
    assertThat(limited.statuses(1, other)).containsExactly(TOO_MANY);
    assertThat(limited.statuses(1, apart)).containsExactly(OK);
  }

  @ParameterizedTest
  @ValueSource(strings = {"fixed", "sliding"})
  void isExactOver64Connections(String type) {
    String path = limited.route(limits(500, 60, 700, 3600).put("window_type", type));
    assertThat(Limited.passed(1500, path, limited)).isEqualTo(500);
    if (type.equals("fixed")) {
      limited.clock.advance(Duration.ofSeconds(60));
      assertThat(Limited.passed(1500, path, limited)).isEqualTo(200);
    }
  }

  @Test
  void namespacesAreMadeUp() {
    JsonObject made = limited.gateway.plugin("rate-limiting-advanced", limits(1_000_000, 1));
    assertThat(made.getJsonObject("config").getString("namespace")).hasSize(32);
    limited.gateway.delete(dev.sluice.api.entity.CoreEntities.PLUGINS, made.getString("id"));
  }

  @Test
  void whatCannotBeHadIsRefused() {
    refused(limits(1, 60).put("limit", new JsonArray().add(1).add(2)), "You must provide the same number of windows and limits");
    refused(limits(1, 60).put("identifier", "header"), "No header name provided");
    refused(limits(1, 60).put("identifier", "path"), "No path provided");
    refused(limits(1, 60).put("sync_rate", 1), "sync_rate cannot be configured when using a local strategy");
    refused(limits(1, 60).put("strategy", "redis"), "sync_rate is required if not using a local strategy");
    refused(limits(1, 60).put("strategy", "redis").put("sync_rate", 0.001), "sync_rate must be -1, 0, or at least 0.02");
    refused(limits(1, 60).put("enforce_consumer_groups", true), "enforce_consumer_groups cannot be had");
    refused(limits(1, 60).put("error_code", 700), "error_code 700 is no status");
    assertThat(List.of(limited.route(limits(1, 60).put("strategy", "cluster").put("sync_rate", -1)))).hasSize(1);
  }

  private static void refused(JsonObject config, String message) {
    assertThatThrownBy(() -> limited.route(config)).hasMessageContaining(message);
  }
}
