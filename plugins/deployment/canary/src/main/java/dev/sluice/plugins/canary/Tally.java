package dev.sluice.plugins.canary;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.canary.gate.Cohort;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/**
 * The counts of one process of one rollout, as they are stored: those of all processes together are what the gate looks at.
 *
 * @param id of the process and the rollout
 * @param plugin the rollout
 * @param epoch the period of counting
 * @param all of both cohorts
 * @param matched what of it the gate looks at, where that is not all: while the share moves
 */
record Tally(String id, String plugin, long epoch, Counted all, Optional<Counted> matched) {

  private static final Schema SCHEMA = Schema.builder()
      .field("id", Types.id())
      .field("plugin", Types.uuid().required())
      .field("epoch", Fields.integer().required())
      .field("canary", Fields.openRecord().required())
      .field("control", Fields.openRecord().required())
      .field("matched_canary", Fields.openRecord())
      .field("matched_control", Fields.openRecord())
      .build();

  /** No request looks at them, so nothing of them is kept in memory. */
  static final EntityType<String> TYPE =
      EntityType.named("canary_counts", SCHEMA, document -> "").global().withoutEndpoints().undeclared().build();

  static Tally of(String id, String plugin, Period period) {
    return new Tally(id, plugin, period.epoch(), period.all(), period.matched());
  }

  static Tally decode(JsonObject document) {
    Counted all = cohorts(document, "");
    boolean moving = document.getJsonObject("matched_canary") != null;
    return new Tally(
        document.getString("id"),
        Documents.string(document, "plugin", ""),
        document.getLong("epoch", 0L),
        all,
        moving ? Optional.of(cohorts(document, "matched_")) : Optional.empty());
  }

  private static Counted cohorts(JsonObject document, String prefix) {
    return new Counted(
        Cohort.fromJson(document.getJsonObject(prefix + "canary")),
        Cohort.fromJson(document.getJsonObject(prefix + "control")));
  }

  JsonObject document() {
    JsonObject document = new JsonObject()
        .put("id", id)
        .put("plugin", plugin)
        .put("epoch", epoch)
        .put("canary", all.canary().toJson())
        .put("control", all.control().toJson());
    matched.ifPresent(each -> document
        .put("matched_canary", each.canary().toJson())
        .put("matched_control", each.control().toJson()));
    return document;
  }

  /** With those of the others of the same period. */
  Tally with(List<Tally> others) {
    Tally sum = this;
    for (Tally each : others) {
      if (each.plugin.equals(plugin) && each.epoch == epoch && !each.id.equals(id)) {
        sum = sum.plus(each);
      }
    }
    return sum;
  }

  private Tally plus(Tally other) {
    Optional<Counted> both = matched.isEmpty() && other.matched.isEmpty()
        ? Optional.empty()
        : Optional.of(matched.orElse(Counted.NONE).plus(other.matched.orElse(Counted.NONE)));
    return new Tally(id, plugin, epoch, all.plus(other.all), both);
  }

  /**
   * What the gate looks at.
   *
   * @param moving whether the share moves
   */
  Counted judged(boolean moving) {
    return moving ? matched.orElse(Counted.NONE) : all;
  }

  /** The share that the canary really has, from 0 to 1; 0 without requests. */
  double realised() {
    return all.requests() == 0 ? 0 : (double) all.canary().requests() / all.requests();
  }
}
