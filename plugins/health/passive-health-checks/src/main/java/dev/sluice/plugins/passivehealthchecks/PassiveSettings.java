package dev.sluice.plugins.passivehealthchecks;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.BitSet;

/**
 * The part {@code passive} of an upstream's health checks. A limit of 0 means that the kind does not count.
 *
 * @param good statuses of success
 * @param bad statuses of failure
 */
record PassiveSettings(int successes, int httpFailures, int tcpFailures, int timeouts, BitSet good, BitSet bad) {

  static PassiveSettings of(JsonObject healthchecks) {
    JsonObject passive = healthchecks.getJsonObject("passive", new JsonObject());
    JsonObject healthy = passive.getJsonObject("healthy", new JsonObject());
    JsonObject unhealthy = passive.getJsonObject("unhealthy", new JsonObject());
    return new PassiveSettings(
        healthy.getInteger("successes", 0),
        unhealthy.getInteger("http_failures", 0),
        unhealthy.getInteger("tcp_failures", 0),
        unhealthy.getInteger("timeouts", 0),
        statuses(healthy),
        statuses(unhealthy));
  }

  boolean ejects() {
    return httpFailures > 0 || tcpFailures > 0 || timeouts > 0;
  }

  boolean counts() {
    return ejects() || successes > 0;
  }

  private static BitSet statuses(JsonObject side) {
    BitSet statuses = new BitSet(1000);
    JsonArray listed = side.getJsonArray("http_statuses");
    if (listed != null) {
      listed.forEach(status -> statuses.set(((Number) status).intValue()));
    }
    return statuses;
  }
}
