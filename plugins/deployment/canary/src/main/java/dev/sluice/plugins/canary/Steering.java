package dev.sluice.plugins.canary;

import dev.sluice.api.PluginContext;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.EntityChange;
import dev.sluice.plugins.deployment.Attachment;
import dev.sluice.plugins.deployment.Entry;
import dev.sluice.plugins.deployment.Ledger;
import dev.sluice.plugins.deployment.PerPlugin;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes what rollouts do, for operators, for the schedule and for the gate: one write of the state, which is live when
 * it succeeds, and one record. What was decided on another state than is there now is decided again, or dropped.
 */
final class Steering {

  private static final Logger log = LoggerFactory.getLogger(Steering.class);
  private static final int TRIES = 5;

  private final PluginContext context;
  private final PerPlugin<Rollout> rollouts;
  private final States states;
  private final Tallies tallies;
  private final Ledger ledger;

  Steering(PluginContext context, PerPlugin<Rollout> rollouts, States states, Tallies tallies, Ledger ledger) {
    this.context = context;
    this.rollouts = rollouts;
    this.states = states;
    this.tallies = tallies;
    this.ledger = ledger;
  }

  /** The course of a strategy as it is configured now. */
  static Course course(Attachment at) {
    return new Course(CanaryConfig.decode(at.config()), at.plugin().getLong("created_at", 0L));
  }

  /** Does what an operator wants; refuses with 409 what makes no sense. */
  Future<Void> move(Attachment at, Moves move, Cause cause, Consumer<EntityChange> changed) {
    return states.find(at.id()).compose(document -> move(at, document, move, cause, changed, TRIES));
  }

  private Future<Void> move(
      Attachment at, Optional<JsonObject> seen, Moves move, Cause cause, Consumer<EntityChange> changed, int left) {
    return decided(at, seen, move, cause, changed)
        .recover(lost -> left > 1 && States.lost(lost)
            ? states.find(at.id()).compose(now -> same(at, seen, now, cause)
                ? move(at, now, move, cause, changed, left - 1)
                : Future.failedFuture(ApiError.of(409, "the canary has gone on meanwhile; look at it again")))
            : Future.failedFuture(lost));
  }

  /** Whether what an operator wanted still means what it meant: a resume is no answer to a rollback that came before it. */
  private static boolean same(Attachment at, Optional<JsonObject> seen, Optional<JsonObject> now, Cause cause) {
    Course course = course(at);
    return course.at(seen.map(State::decode), cause.now()).like(course.at(now.map(State::decode), cause.now()));
  }

  /**
   * Does what follows from a state.
   *
   * @param document that state; when there is another one by now, nothing is done, and it fails with what
   *     {@link States#lost} knows
   */
  Future<Void> decided(
      Attachment at, Optional<JsonObject> document, Moves move, Cause cause, Consumer<EntityChange> changed) {
    Course course = course(at);
    Optional<State> stored = document.map(State::decode);
    State before = course.at(stored, cause.now());
    State after;
    try {
      after = move.move(course, before, cause);
    } catch (RuntimeException refused) {
      return Future.failedFuture(refused);
    }
    Rollout rollout = rollouts.of(at.id(), Rollout::new);
    return tallies
        .merged(at.id(), rollout)
        .compose(counted -> states
            .write(document, after.document(at.id()), changed)
            .compose(written -> {
              // What was counted before anybody looked at the state belongs to the one before.
              rollout.settle(before);
              rollout.settle(after);
              Entry entry = new Entry(
                  at,
                  move.action(),
                  course.text(before, cause.now()),
                  course.text(after, cause.now()),
                  cause.by(),
                  cause.reason(),
                  numbers(course.share(before, cause.now()), counted, cause),
                  new JsonObject(),
                  new JsonObject());
              return writeDown(entry);
            }));
  }

  private static JsonObject numbers(double share, Tally counted, Cause cause) {
    JsonObject numbers = new JsonObject()
        .put("share", share)
        .put("realised", counted.realised())
        .put("canary", counted.all().canary().shown())
        .put("control", counted.all().control().shown());
    return cause.numbers().isEmpty() ? numbers : numbers.put("gate", cause.numbers());
  }

  /** Begins a rollout of which nothing is stored, or that the configuration has made another one. */
  Future<Void> begin(Attachment at, Optional<JsonObject> document) {
    Course course = course(at);
    long now = context.clock().millis();
    Optional<State> stored = document.map(State::decode);
    String reason = "the rollout's configuration was written";
    State begun = course.begin(stored, now);
    boolean other = stored.isPresent();
    State after = other ? begun.by(Cause.config(now, reason)) : begun;
    return states.write(document, after.document(at.id()), change -> {}).compose(written -> {
      rollouts.of(at.id(), Rollout::new).settle(after);
      return other
          ? writeDown(new Entry(
              at,
              "begin",
              stored.get().rolledBack() ? Course.Phase.ROLLED_BACK.toString() : "an earlier rollout",
              course.text(after, now),
              State.BY_CONFIG,
              reason,
              new JsonObject(),
              new JsonObject(),
              new JsonObject()))
          : Future.succeededFuture();
    });
  }

  /** What cannot be written down has happened all the same. */
  private Future<Void> writeDown(Entry entry) {
    return ledger.append(entry).<Void>mapEmpty().recover(cause -> {
      log.error("{} of canary {} cannot be written to the ledger", entry.action(), entry.at().id(), cause);
      return Future.succeededFuture();
    });
  }
}
