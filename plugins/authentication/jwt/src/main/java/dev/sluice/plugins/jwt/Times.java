package dev.sluice.plugins.jwt;

import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.util.List;

/**
 * The times of a token.
 *
 * @param clock tells the time
 * @param claims which of {@code exp} and {@code nbf} must be there and hold
 * @param maximum how many seconds from now a token may expire at most; 0 for any
 */
record Times(Clock clock, List<String> claims, double maximum) {

  private static final String EXP = "exp";

  /** What is wrong, by the claim; empty when nothing is. */
  JsonObject problems(Token token) {
    JsonObject problems = new JsonObject();
    long now = clock.millis() / 1000;
    for (String name : claims) {
      if (!(token.claim(name) instanceof Number time)) {
        problems.put(name, "must be a number");
      } else if (name.equals(EXP) && time.doubleValue() <= now) {
        problems.put(name, "token expired");
      } else if (!name.equals(EXP) && time.doubleValue() > now) {
        problems.put(name, "token not valid yet");
      }
    }
    if (problems.isEmpty() && maximum > 0) {
      boolean soon = token.claim(EXP) instanceof Number time && time.doubleValue() - now <= maximum;
      return soon ? problems : problems.put(EXP, "exceeds maximum allowed expiration");
    }
    return problems;
  }
}
