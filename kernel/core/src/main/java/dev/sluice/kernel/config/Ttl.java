package dev.sluice.kernel.config;

import dev.sluice.api.entity.EntityType;
import dev.sluice.api.store.StoredEntity;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.Optional;

/**
 * The time to live that a body may ask for, which is an option of the write and no field of the entity.
 *
 * @param body without it
 * @param expiresAt in seconds since the epoch
 */
record Ttl(JsonObject body, Optional<Long> expiresAt) {

  private static final long MOST = 100_000_000;

  static Ttl of(EntityType<?> type, JsonObject body, Optional<StoredEntity> before, Clock clock) {
    Optional<Long> kept = before.flatMap(StoredEntity::expiresAt);
    if (!type.ttl() || !body.containsKey("ttl")) {
      return new Ttl(body, kept);
    }
    JsonObject rest = body.copy();
    Object given = rest.remove("ttl");
    if (given == null || "".equals(given)) {
      return new Ttl(rest, Optional.empty());
    }
    long seconds = seconds(given);
    return new Ttl(rest, seconds == 0 ? Optional.empty() : Optional.of(clock.millis() / 1000 + seconds));
  }

  private static long seconds(Object given) {
    try {
      double number = Double.parseDouble(String.valueOf(given));
      if (number == Math.rint(number) && number >= 0 && number <= MOST) {
        return (long) number;
      }
    } catch (NumberFormatException e) {
      // Falls through to the one message there is.
    }
    throw EntityErrors.options("ttl", "must be an integer between 0 and " + MOST);
  }
}
