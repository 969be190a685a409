package dev.sluice.plugins.activehealthchecks;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The part {@code active} of an upstream's health checks.
 *
 * @param timeout for each step of a probe
 * @param concurrency how many probes may be under way
 * @param headers lines to send
 * @param sni the server name to ask for
 * @param verify whether a certificate must be valid
 */
record ActiveSettings(
    String type,
    String path,
    Duration timeout,
    int concurrency,
    List<Map.Entry<String, String>> headers,
    Optional<String> sni,
    boolean verify,
    Side healthy,
    Side unhealthy) {

  /** As in Kong; a shorter one would be a flood. */
  private static final long SHORTEST_INTERVAL_MILLIS = 100;

  /** What a timeout of 0 means. */
  private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(60);

  /**
   * What concerns healthy or unhealthy addresses.
   *
   * @param interval how often they are probed; zero means not at all
   * @param statuses that speak for this side
   */
  record Side(Duration interval, int successes, int httpFailures, int tcpFailures, int timeouts, BitSet statuses) {

    private static Side of(JsonObject side) {
      BitSet statuses = new BitSet(1000);
      JsonArray listed = side.getJsonArray("http_statuses");
      if (listed != null) {
        listed.forEach(status -> statuses.set(((Number) status).intValue()));
      }
      long interval = millis(side.getNumber("interval"));
      return new Side(
          Duration.ofMillis(interval == 0 ? 0 : Math.max(SHORTEST_INTERVAL_MILLIS, interval)),
          side.getInteger("successes", 0),
          side.getInteger("http_failures", 0),
          side.getInteger("tcp_failures", 0),
          side.getInteger("timeouts", 0),
          statuses);
    }
  }

  static ActiveSettings of(JsonObject healthchecks) {
    JsonObject active = healthchecks.getJsonObject("active", new JsonObject());
    long timeout = millis(active.getNumber("timeout"));
    return new ActiveSettings(
        active.getString("type", "http"),
        active.getString("http_path", "/"),
        timeout == 0 ? DEFAULT_TIMEOUT : Duration.ofMillis(timeout),
        Math.max(1, active.getNumber("concurrency", 10).intValue()),
        headers(active.getJsonObject("headers")),
        Optional.ofNullable(active.getString("https_sni")),
        active.getBoolean("https_verify_certificate", true),
        Side.of(active.getJsonObject("healthy", new JsonObject())),
        Side.of(active.getJsonObject("unhealthy", new JsonObject())));
  }

  /** Whether anything is probed at all. */
  boolean on() {
    return !healthy.interval().isZero() || !unhealthy.interval().isZero();
  }

  private static long millis(Number seconds) {
    return seconds == null ? 0 : (long) Math.ceil(seconds.doubleValue() * 1000);
  }

  private static List<Map.Entry<String, String>> headers(JsonObject headers) {
    List<Map.Entry<String, String>> lines = new ArrayList<>();
    if (headers != null) {
      for (String name : headers.fieldNames()) {
        headers.getJsonArray(name).forEach(value -> lines.add(Map.entry(name, String.valueOf(value))));
      }
    }
    return lines;
  }
}
