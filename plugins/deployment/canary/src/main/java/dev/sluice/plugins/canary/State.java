package dev.sluice.plugins.canary;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;

/**
 * What has been done with a rollout so far: an entity of its own beside the {@code plugins} entity, under the same id,
 * and the same on all nodes. Times are in milliseconds since the epoch.
 *
 * @param fingerprint of the configuration that it belongs to
 * @param epoch which period of counting it is; greater than those before
 * @param stage which one, from 0
 * @param began when the stage began, or the ramp
 * @param held for how long the stage, or the ramp, has stood still
 * @param pausedAt since when it stands still; 0 when it goes on
 * @param end whether the rollout is over
 * @param changed when any of this was decided
 * @param by who did
 * @param reason in words; may be empty
 * @param numbers what the gate has said; empty when it was not the gate
 */
record State(
    String fingerprint,
    long epoch,
    int stage,
    long began,
    long held,
    long pausedAt,
    End end,
    long changed,
    String by,
    String reason,
    JsonObject numbers) {

  static final String BY_ADMIN = "admin";
  static final String BY_SCHEDULE = "schedule";
  static final String BY_GATE = "gate";
  static final String BY_CONFIG = "config";

  private static final Schema SCHEMA = Schema.builder()
      .field("id", Types.id())
      .field("fingerprint", Fields.string().required())
      .field("epoch", Fields.integer().required())
      .field("stage", Fields.integer().required())
      .field("began", Fields.integer().required())
      .field("held", Fields.integer().required())
      .field("paused_at", Fields.integer().required())
      .field("end", Fields.string().required().oneOf("none", "promoted", "rolled_back"))
      .field("changed", Fields.integer().required())
      .field("by", Fields.string().required())
      .field("reason", Fields.string().lenMin(0))
      .field("numbers", Fields.openRecord())
      .build();

  /** No configuration: documents neither hold nor touch it. */
  static final EntityType<State> TYPE =
      EntityType.named("canary_states", SCHEMA, State::decode).global().withoutEndpoints().undeclared().build();

  /** Whether a rollout is over. */
  enum End {
    NONE,
    PROMOTED,
    ROLLED_BACK;

    static End of(String text) {
      return switch (text) {
        case "promoted" -> PROMOTED;
        case "rolled_back" -> ROLLED_BACK;
        default -> NONE;
      };
    }

    String text() {
      return switch (this) {
        case NONE -> "none";
        case PROMOTED -> "promoted";
        case ROLLED_BACK -> "rolled_back";
      };
    }
  }

  static State decode(JsonObject document) {
    JsonObject numbers = document.getJsonObject("numbers");
    return new State(
        Documents.string(document, "fingerprint", ""),
        document.getLong("epoch", 0L),
        document.getInteger("stage", 0),
        document.getLong("began", 0L),
        document.getLong("held", 0L),
        document.getLong("paused_at", 0L),
        End.of(Documents.string(document, "end", "none")),
        document.getLong("changed", 0L),
        Documents.string(document, "by", BY_CONFIG),
        Documents.string(document, "reason", ""),
        numbers == null ? new JsonObject() : numbers.copy());
  }

  JsonObject document(String id) {
    return new JsonObject()
        .put("id", id)
        .put("fingerprint", fingerprint)
        .put("epoch", epoch)
        .put("stage", stage)
        .put("began", began)
        .put("held", held)
        .put("paused_at", pausedAt)
        .put("end", end.text())
        .put("changed", changed)
        .put("by", by)
        .put("reason", reason)
        .put("numbers", numbers);
  }

  boolean paused() {
    return pausedAt > 0;
  }

  boolean rolledBack() {
    return end == End.ROLLED_BACK;
  }

  /** Whether the rollout stands where it stood then, apart from times and counts. */
  boolean like(State other) {
    return fingerprint.equals(other.fingerprint)
        && stage == other.stage
        && end == other.end
        && paused() == other.paused();
  }

  /** Whether another state of the same rollout has come after this one. */
  boolean olderThan(State other) {
    return epoch == other.epoch ? changed < other.changed : epoch < other.epoch;
  }

  /** The same state by somebody else, for another reason; later than what it follows, whatever the clock of a node says. */
  State by(Cause cause) {
    long later = Math.max(cause.now(), changed + 1);
    return new State(
        fingerprint, epoch, stage, began, held, pausedAt, end, later, cause.by(), cause.reason(),
        cause.numbers());
  }

  /** Another period of counting. */
  State counting(long now) {
    return new State(
        fingerprint, Math.max(epoch + 1, now), stage, began, held, pausedAt, end, changed, by, reason, numbers);
  }

  /** At the beginning of a stage. */
  State atStage(int which, long now) {
    return new State(fingerprint, epoch, which, now, 0, 0, End.NONE, changed, by, reason, numbers);
  }

  /** Over, or not any more. */
  State ended(End how) {
    return new State(
        fingerprint, epoch, stage, began, held, pausedAt, how, changed, by, reason, numbers);
  }

  /** Standing still since then, unless it does already. */
  State pausedFrom(long now) {
    return new State(
        fingerprint, epoch, stage, began, held, paused() ? pausedAt : now, end, changed, by, reason, numbers);
  }

  /** Going on as if no time had passed. */
  State resumedAt(long now) {
    long more = paused() ? Math.max(0, now - pausedAt) : 0;
    return new State(
        fingerprint, epoch, stage, began, held + more, 0, end, changed, by, reason, numbers);
  }
}
