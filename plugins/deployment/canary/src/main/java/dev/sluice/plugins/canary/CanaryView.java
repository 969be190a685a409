package dev.sluice.plugins.canary;

import dev.sluice.api.PluginContext;
import dev.sluice.plugins.deployment.Attachment;
import dev.sluice.plugins.deployment.Ledger;
import dev.sluice.plugins.deployment.PerPlugin;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;

/** What is shown of a rollout: of all nodes, as far as they have stored what they count. */
final class CanaryView {

  private static final int SHOWN = 5;
  private static final long MILLIS = 1000;

  private final PluginContext context;
  private final PerPlugin<Rollout> rollouts;
  private final States states;
  private final Tallies tallies;
  private final Ledger ledger;

  CanaryView(PluginContext context, PerPlugin<Rollout> rollouts, States states, Tallies tallies, Ledger ledger) {
    this.context = context;
    this.rollouts = rollouts;
    this.states = states;
    this.tallies = tallies;
    this.ledger = ledger;
  }

  Future<JsonObject> of(Attachment at) {
    return states.find(at.id()).compose(document -> {
      long now = context.clock().millis();
      Course course = Steering.course(at);
      Optional<State> stored = document.map(State::decode);
      State state = course.at(stored, now);
      Rollout rollout = rollouts.of(at.id(), Rollout::new);
      if (course.holds(stored)) {
        rollout.settle(state);
      }
      return tallies
          .merged(at.id(), rollout)
          .compose(counted -> ledger.of(at.id()).map(rows -> shown(at, course, state, counted, rows, now)));
    });
  }

  private static JsonObject shown(
      Attachment at, Course course, State state, Tally counted, List<JsonObject> rows, long now) {
    JsonObject out = new JsonObject()
        .put("plugin", at.id())
        .put("phase", course.phase(state, now).toString())
        .put("since", state.changed() / MILLIS)
        .put("by", state.by())
        .put("reason", state.reason());
    if (course.stages() > 0) {
      out.put("stage", stage(course, state));
    }
    if (!course.config().byGroups()) {
      out.put("asked", course.share(state, now));
    }
    out.put("realised", counted.all().requests() == 0 ? null : counted.realised())
        .put("canary", counted.all().canary().shown())
        .put("control", counted.all().control().shown());
    course.config().gate().ifPresent(gate -> out.put("gate", gate(course, gate, state, counted)));
    return out.put("last_entries", new JsonArray(rows.subList(0, Math.min(SHOWN, rows.size()))));
  }

  private static JsonObject stage(Course course, State state) {
    JsonObject stage = new JsonObject().put("number", state.stage() + 1).put("of", course.stages());
    course.until(state).ifPresent(millis -> stage.put("until", millis / MILLIS));
    return stage;
  }

  /** What the gate has decided by, and before that what it would say now. */
  private static JsonObject gate(Course course, GateSettings gate, State state, Tally counted) {
    return state.numbers().isEmpty() ? gate.verdict(course, counted).toJson() : state.numbers();
  }
}
