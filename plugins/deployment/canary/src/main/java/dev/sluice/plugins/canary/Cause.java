package dev.sluice.plugins.canary;

import dev.sluice.plugins.canary.gate.Verdict;
import io.vertx.core.json.JsonObject;

/**
 * Why a rollout is changed.
 *
 * @param now in milliseconds since the epoch
 * @param by who decides
 * @param reason in words; may be empty
 * @param numbers what the gate says; empty when it is not the gate
 */
record Cause(long now, String by, String reason, JsonObject numbers) {

  static Cause admin(long now, String reason) {
    return new Cause(now, State.BY_ADMIN, reason, new JsonObject());
  }

  static Cause schedule(long now, String reason) {
    return new Cause(now, State.BY_SCHEDULE, reason, new JsonObject());
  }

  static Cause config(long now, String reason) {
    return new Cause(now, State.BY_CONFIG, reason, new JsonObject());
  }

  static Cause gate(long now, Verdict verdict) {
    return new Cause(now, State.BY_GATE, verdict.reason(), verdict.toJson());
  }
}
