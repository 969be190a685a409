package dev.sluice.plugins.canary;

import dev.sluice.api.entity.Documents;
import dev.sluice.api.entity.EntityType;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Schema;
import dev.sluice.api.schema.Types;
import dev.sluice.plugins.canary.gate.Cohort;
import io.vertx.core.json.JsonObject;
import java.util.List;

/**
 * The counts of one process of one rollout, as they are stored: those of all processes together are what the gate looks at.
 *
 * @param id of the process and the rollout
 * @param plugin the rollout
 * @param epoch the period of counting
 * @param canary what became of the canary's requests
 * @param control what became of those that it was not asked for
 */
record Tally(String id, String plugin, long epoch, Cohort canary, Cohort control) {

  private static final Schema SCHEMA = Schema.builder()
      .field("id", Types.id())
      .field("plugin", Types.uuid().required())
      .field("epoch", Fields.integer().required())
      .field("canary", Fields.openRecord().required())
      .field("control", Fields.openRecord().required())
      .build();

  /** No request looks at them, so nothing of them is kept in memory. */
  static final EntityType<String> TYPE =
      EntityType.named("canary_counts", SCHEMA, document -> "").global().withoutEndpoints().undeclared().build();

  static Tally of(String id, String plugin, Period period) {
    return new Tally(id, plugin, period.epoch(), period.canary(), period.control());
  }

  static Tally decode(JsonObject document) {
    return new Tally(
        document.getString("id"),
        Documents.string(document, "plugin", ""),
        document.getLong("epoch", 0L),
        Cohort.fromJson(document.getJsonObject("canary")),
        Cohort.fromJson(document.getJsonObject("control")));
  }

  JsonObject document() {
    return new JsonObject()
        .put("id", id)
        .put("plugin", plugin)
        .put("epoch", epoch)
        .put("canary", canary.toJson())
        .put("control", control.toJson());
  }

  /** With those of the others of the same period. */
  Tally with(List<Tally> others) {
    Cohort more = canary;
    Cohort rest = control;
    for (Tally each : others) {
      if (each.plugin.equals(plugin) && each.epoch == epoch && !each.id.equals(id)) {
        more = more.plus(each.canary);
        rest = rest.plus(each.control);
      }
    }
    return new Tally(id, plugin, epoch, more, rest);
  }

  long requests() {
    return canary.requests() + control.requests();
  }

  /** The share that the canary really has, from 0 to 1; 0 without requests. */
  double realised() {
    return requests() == 0 ? 0 : (double) canary.requests() / requests();
  }
}
