package dev.sluice.plugins.canary;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.ListField;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * One stage of a rollout.
 *
 * @param percentage the share, from 0 to 100
 * @param millis how long it takes; 0 when it does not end by itself
 * @param pause whether it ends when somebody approves
 */
record Stage(double percentage, long millis, boolean pause) {

  private static final int ALL = 100;
  private static final int MOST_SECONDS = 31_536_000;

  static ListField field() {
    return Fields.array(Fields.record()
            .field("percentage", Fields.number().required().between(0, ALL).describe("The share of this stage."))
            .field("duration", Fields.number().between(1, MOST_SECONDS)
                .describe("After how many seconds the next stage begins."))
            .field("pause", Fields.bool().describe("Whether it waits for an approval instead.")))
        .lenMin(1)
        .describe("The stages of the rollout, one after another; start, duration and percentage play no part then.");
  }

  /** What is wrong with the stages of a configuration, beyond what each field says. */
  static Optional<String> violation(JsonObject config) {
    List<Stage> stages = decode(config);
    if (stages.isEmpty()) {
      return Optional.empty();
    }
    if (config.getValue("percentage") != null) {
      return Optional.of("'config.percentage' plays no part with 'config.stages': set only one of them");
    }
    if (List.of("allow", "deny").contains(Documents.string(config, "hash", ""))) {
      return Optional.of("'config.stages' goes with no 'config.hash' of allow or deny: groups decide there, and no share");
    }
    for (int i = 0; i < stages.size(); i++) {
      Stage stage = stages.get(i);
      boolean last = i == stages.size() - 1;
      boolean ends = stage.pause || stage.millis > 0;
      if (stage.pause && stage.millis > 0 || !ends && !last) {
        return Optional.of("stage " + (i + 1) + " needs either 'duration' or 'pause'");
      }
    }
    return Optional.empty();
  }

  static List<Stage> decode(JsonObject config) {
    JsonArray stages = config.getJsonArray("stages");
    return stages == null
        ? List.of()
        : IntStream.range(0, stages.size()).mapToObj(i -> of(stages.getJsonObject(i))).toList();
  }

  private static Stage of(JsonObject stage) {
    Double percentage = stage.getDouble("percentage");
    Double seconds = stage.getDouble("duration");
    return new Stage(
        percentage == null ? 0 : percentage,
        seconds == null ? 0 : Math.round(seconds * 1000),
        Documents.bool(stage, "pause", false));
  }
}
