package dev.sluice.plugins.canary;

import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.Entities.WriteOptions;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.plugins.deployment.Pages;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts of all nodes, by way of the store: each process has a row of its own for each rollout. Safe for all threads. */
final class Tallies {

  private static final Logger log = LoggerFactory.getLogger(Tallies.class);

  private final PluginContext context;
  private final States states;

  Tallies(PluginContext context, States states) {
    this.context = context;
    this.states = states;
  }

  /** What this process has counted; each period has a row of its own. */
  Tally own(String plugin, Rollout rollout) {
    Period period = rollout.period();
    String name = rollout.id() + "/" + period.epoch();
    return Tally.of(UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8)).toString(), plugin, period);
  }

  /** All that is stored. */
  Future<List<Tally>> all() {
    return states.alone()
        ? Future.succeededFuture(List.of())
        : Pages.all(context.entities(), Tally.TYPE).map(Tallies::decoded);
  }

  private static List<Tally> decoded(List<JsonObject> rows) {
    List<Tally> all = new ArrayList<>(rows.size());
    for (JsonObject row : rows) {
      try {
        all.add(Tally.decode(row));
      } catch (IllegalArgumentException e) {
        log.warn("the counts {} are of no version that is known here", row.getString("id"), e);
      }
    }
    return all;
  }

  /** What all nodes have counted in a period, as far as they have stored it. */
  Future<Tally> merged(String plugin, Rollout rollout) {
    return all().map(rows -> own(plugin, rollout).with(rows));
  }

  /** Stores what this process has counted, when there is anything new. */
  Future<Void> write(String plugin, Rollout rollout) {
    Tally own = own(plugin, rollout);
    if (states.alone() || own.epoch() == Period.UNKNOWN || own.all().requests() == rollout.written()) {
      return Future.succeededFuture();
    }
    return context
        .entities()
        .upsert(Tally.TYPE, new EntityKey.Id(own.id()), own.document(), WriteOptions.JSON)
        .onSuccess(written -> rollout.written(own))
        .mapEmpty();
  }

  Future<Void> delete(Tally row) {
    return context.entities().delete(Tally.TYPE, new EntityKey.Id(row.id())).mapEmpty();
  }
}
