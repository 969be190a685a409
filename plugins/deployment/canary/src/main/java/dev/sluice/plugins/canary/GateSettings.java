package dev.sluice.plugins.canary;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.RecordField;
import dev.sluice.plugins.canary.gate.Gate;
import dev.sluice.plugins.canary.gate.GateConfig;
import dev.sluice.plugins.canary.gate.Verdict;
import io.vertx.core.json.JsonObject;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * The gate of a configuration.
 *
 * @param bounds what it allows, in each stage
 * @param pauses whether it stops the rollout rather than take the canary back
 */
record GateSettings(GateConfig bounds, boolean pauses) {

  private static final int DEFAULT_INTERVAL = 10;
  private static final int MOST_SECONDS = 3600;
  private static final int DEFAULT_REQUESTS = 100;
  private static final double DEFAULT_DELTA = 0.02;
  private static final double DEFAULT_CONFIDENCE = 0.99;
  private static final double LEAST_CONFIDENCE = 0.5;
  private static final double MOST_CONFIDENCE = 0.999999;
  private static final double MOST_RATIO = 1000;

  static RecordField field() {
    return Fields.record()
        .field("interval", Fields.number().required().between(1, MOST_SECONDS).defaultTo(DEFAULT_INTERVAL)
            .describe("Every so many seconds the canary is judged, and counts are stored."))
        .field("min_requests", Fields.integer().required().gt(0).defaultTo(DEFAULT_REQUESTS)
            .describe("How many requests each cohort must have before it passes."))
        .field("max_error_rate_delta", Fields.number().required().between(0, 1).defaultTo(DEFAULT_DELTA)
            .describe("By how much the canary's error rate may exceed that of the others, from 0 to 1."))
        .field("max_p99_ratio", Fields.number().between(1, MOST_RATIO)
            .describe("How many times the others' p99 the canary's may be. Without it latencies are not judged."))
        .field("confidence", Fields.number().required().between(LEAST_CONFIDENCE, MOST_CONFIDENCE)
            .defaultTo(DEFAULT_CONFIDENCE)
            .describe("One minus the chance that a canary within these bounds is taken for a faulty one."))
        .field("action", Fields.string().required().oneOf("rollback", "pause").defaultTo("rollback")
            .describe("What to do with a faulty canary."))
        .describe("What the canary is compared with the other requests by. Without it: nothing.");
  }

  static GateSettings decode(JsonObject gate) {
    Double ratio = gate.getDouble("max_p99_ratio");
    GateConfig bounds = new GateConfig(
        number(gate, "interval"),
        Objects.requireNonNull(gate.getLong("min_requests")),
        number(gate, "max_error_rate_delta"),
        ratio == null ? OptionalDouble.empty() : OptionalDouble.of(ratio),
        number(gate, "confidence"));
    return new GateSettings(bounds, Documents.string(gate, "action", "rollback").equals("pause"));
  }

  /** What it says of what was counted at one stage; its confidence holds for all stages together. */
  Verdict verdict(Course course, Tally counted) {
    Counted judged = counted.judged(course.ramp());
    return Gate.verdict(bounds.over(course.stages()), judged.canary(), judged.control());
  }

  private static double number(JsonObject gate, String field) {
    return Objects.requireNonNull(gate.getDouble(field));
  }
}
