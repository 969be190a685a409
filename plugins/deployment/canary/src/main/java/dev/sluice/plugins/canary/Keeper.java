package dev.sluice.plugins.canary;

import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.Documents;
import dev.sluice.plugins.canary.gate.Verdict;
import dev.sluice.plugins.deployment.Attachment;
import dev.sluice.plugins.deployment.Attachments;
import dev.sluice.plugins.deployment.PerPlugin;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after the rollouts of this node: begins them, has stages follow each other, stores counts and asks the gate. All
 * nodes do so; of those that decide the same at once the store lets one through. Lives on one event loop.
 */
final class Keeper {

  private static final Logger log = LoggerFactory.getLogger(Keeper.class);
  private static final long MILLIS = 1000;
  private static final long DEFAULT_INTERVAL_MILLIS = 10_000;
  private static final int LOOKS_UNTIL_GONE = 8;
  private static final Duration PATIENCE = Duration.ofMillis(200);

  private final PluginContext context;
  private final PerPlugin<Rollout> rollouts;
  private final Attachments attachments;
  private final States states;
  private final Tallies tallies;
  private final Steering steering;
  private volatile boolean stale = true;
  private boolean busy;
  private volatile List<Known> known = List.of();
  private Map<String, JsonObject> documents = Map.of();
  private final Map<String, Integer> missing = new HashMap<>();
  private Optional<Future<List<Tally>>> rows = Optional.empty();

  private record Known(Attachment at, Rollout rollout) {}

  Keeper(
      PluginContext context,
      PerPlugin<Rollout> rollouts,
      Attachments attachments,
      States states,
      Tallies tallies,
      Steering steering) {
    this.context = context;
    this.rollouts = rollouts;
    this.attachments = attachments;
    this.states = states;
    this.tallies = tallies;
    this.steering = steering;
  }

  /** Another configuration serves: all is read again at the next look. Any thread. */
  void changed() {
    stale = true;
  }

  /** One look. */
  void look() {
    if (busy) {
      return;
    }
    busy = true;
    rows = Optional.empty();
    read().compose(read -> inTurn(known, this::look)).onComplete(done -> {
      busy = false;
      if (done.failed()) {
        // Before the store is open, and while it is away.
        stale = true;
        log.debug("rollouts cannot be looked after", done.cause());
      }
    });
  }

  private static <T> Future<Void> inTurn(Iterable<T> all, Function<T, Future<Void>> step) {
    Future<Void> done = Future.succeededFuture();
    for (T each : all) {
      done = done.compose(before -> step.apply(each));
    }
    return done;
  }

  private Future<Void> read() {
    // Where nothing is stored no snapshot tells of a change.
    if (!stale && !states.alone()) {
      return Future.succeededFuture();
    }
    stale = false;
    List<Known> found = new ArrayList<>();
    return inTurn(
            rollouts.all().entrySet(),
            each -> attachments
                .byId(each.getKey())
                .onSuccess(at -> at.ifPresent(there -> found.add(new Known(there, each.getValue()))))
                .mapEmpty())
        .compose(all -> states.all())
        .compose(all -> {
          known = List.copyOf(found);
          documents = all;
          return forget();
        });
  }

  /** What was of plugins that have gone, goes. */
  private Future<Void> forget() {
    Set<String> here = new HashSet<>();
    known.forEach(each -> here.add(each.at().id()));
    List<String> others = documents.keySet().stream().filter(id -> !here.contains(id)).toList();
    missing.keySet().retainAll(others);
    return inTurn(others, id -> attachments.byId(id).compose(at -> {
      if (at.isPresent()) {
        missing.remove(id);
        return Future.succeededFuture();
      }
      return overdue(id) ? gone(id) : Future.succeededFuture();
    }));
  }

  /** Whether it has been missing at several looks: the state may be here before the plugin is, which another node has written. */
  private boolean overdue(String id) {
    stale = true;
    return missing.merge(id, 1, Integer::sum) > LOOKS_UNTIL_GONE;
  }

  private Future<Void> gone(String id) {
    return tallies
        .all()
        .compose(rows -> inTurn(rows.stream().filter(row -> row.plugin().equals(id)).toList(), tallies::delete))
        .compose(done -> states.delete(id));
  }

  private Future<Void> look(Known each) {
    Attachment at = each.at();
    if (!Documents.bool(at.plugin(), "enabled", true)) {
      return Future.succeededFuture();
    }
    Future<Void> begun = Future.succeededFuture();
    return begun.compose(now -> step(at, each.rollout())).recover(cause -> {
      stale = true;
      if (!States.lost(cause) && !States.away(cause)) {
        log.warn("canary {} cannot be looked after: {}", at.id(), cause.getMessage());
      }
      return Future.succeededFuture();
    });
  }

  private Future<Void> step(Attachment at, Rollout rollout) {
    Optional<JsonObject> document = Optional.ofNullable(documents.get(at.id()));
    Optional<State> stored = document.map(State::decode);
    Course course = Steering.course(at);
    if (!course.holds(stored)) {
      return steering.begin(at, document);
    }
    State state = stored.orElseThrow();
    rollout.settle(state);
    long now = context.clock().millis();
    Optional<GateSettings> gate = course.config().gate();
    if (course.due(state, now) && (gate.isEmpty() || !course.divided(state, now))) {
      return advance(at, state, document);
    }
    long interval =
        gate.map(each -> Math.round(each.bounds().intervalSeconds() * MILLIS)).orElse(DEFAULT_INTERVAL_MILLIS);
    boolean over = state.end() != State.End.NONE;
    return over || !rollout.due(now, interval, course.until(state))
        ? Future.succeededFuture()
        : counted(at, rollout, gate, state, document);
  }

  /** The counts of all, read at most once for each look. */
  private Future<List<Tally>> rows() {
    Future<List<Tally>> read = rows.orElseGet(tallies::all);
    rows = Optional.of(read);
    return read;
  }

  private Future<Void> advance(Attachment at, State state, Optional<JsonObject> document) {
    Cause cause = Cause.schedule(
        context.clock().millis(), "the duration of stage " + (state.stage() + 1) + " is over");
    return steering.decided(at, document, Moves.ADVANCE, cause, change -> {});
  }

  private Future<Void> counted(
      Attachment at, Rollout rollout, Optional<GateSettings> gate, State state, Optional<JsonObject> document) {
    return rows().compose(stored -> {
      List<Tally> former = stored.stream()
          .filter(row -> row.plugin().equals(at.id()) && row.epoch() < state.epoch())
          .toList();
      Tally all = tallies.own(at.id(), rollout).with(stored);
      boolean halted = state.paused() && state.by().equals(State.BY_GATE);
      Future<Void> judged =
          gate.isEmpty() || halted ? Future.succeededFuture() : judged(at, gate.get(), all, state, document);
      return judged
          .compose(done -> tallies.write(at.id(), rollout))
          .compose(done -> inTurn(former, tallies::delete));
    });
  }

  /** A stage ends when its time is over and the gate passes it: while there are too few requests it goes on. */
  private Future<Void> judged(
      Attachment at, GateSettings gate, Tally counted, State state, Optional<JsonObject> document) {
    Course course = Steering.course(at);
    Verdict verdict = gate.verdict(course, counted);
    if (!verdict.failing()) {
      boolean ends = verdict.state() == Verdict.State.PASSING && course.due(state, context.clock().millis());
      return ends ? advance(at, state, document) : Future.succeededFuture();
    }
    Moves move = gate.pauses() ? Moves.HALT : Moves.ROLLBACK;
    log.warn("canary {}: {}: {}", at.id(), move.action(), verdict.reason());
    return steering.decided(at, document, move, Cause.gate(context.clock().millis(), verdict), change -> {});
  }

  /** Stores what has been counted, since this generation is to end; but a node that stops takes no writes any more. */
  Future<Void> finish() {
    Promise<Void> done = Promise.promise();
    inTurn(known, each -> tallies.write(each.at().id(), each.rollout()))
        .onComplete(written -> done.tryComplete());
    if (!done.future().isComplete()) {
      context.after(PATIENCE, done::tryComplete);
    }
    return done.future();
  }
}
