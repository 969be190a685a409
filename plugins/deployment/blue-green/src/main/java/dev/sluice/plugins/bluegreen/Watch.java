package dev.sluice.plugins.bluegreen;

import dev.sluice.api.deployment.RequestOutcome;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of requests of one side after a switch to it, on this node. Safe for all threads, without locks. */
final class Watch {

  /** Whoever has waited for so long before going away has not got what the side should have given. */
  private static final Duration HANGING = Duration.ofSeconds(5);

  private final Side side;
  private final BlueGreenConfig.WatchConfig config;
  private final long until;
  private final LongAdder requests = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final AtomicReference<State> state = new AtomicReference<>(State.WATCHING);
  private volatile String hinderedBy = "";

  /** What has become of it. */
  enum State {
    WATCHING,
    KEPT,
    TRIPPED
  }

  Watch(Side side, BlueGreenConfig.WatchConfig config, long until) {
    this.side = side;
    this.config = config;
    this.until = until;
  }

  Side side() {
    return side;
  }

  /** Whether it still counts. */
  boolean watching() {
    return state.get() == State.WATCHING;
  }

  /** Counts one; true for the one request, if any, that makes it too many. */
  boolean trips(RequestOutcome outcome, long now) {
    boolean hung = outcome.givenUpAfter(HANGING);
    boolean says = switch (outcome.end()) {
      case ANSWERED, FAILED, BROKEN -> true;
      case GIVEN_UP -> hung;
      case ABANDONED -> false;
    };
    if (!says || !watching()) {
      return false;
    }
    if (now >= until) {
      state.compareAndSet(State.WATCHING, State.KEPT);
      return false;
    }
    requests.increment();
    if (!hung && !outcome.error()) {
      return false;
    }
    errors.increment();
    long all = requests.sum();
    return all >= config.minRequests()
        && errors.sum() > config.maxErrorRate() * all
        && state.compareAndSet(State.WATCHING, State.TRIPPED);
  }

  /** Notes why the way back cannot be gone at present; empty when it can. */
  void hinderedBy(String reason) {
    hinderedBy = reason;
  }

  /** Why it has tripped, in words. */
  String reason() {
    JsonObject numbers = numbers();
    return String.format(
        "%d of %d requests failed after the switch, more than a share of %s",
        numbers.getLong("errors"), numbers.getLong("requests"), numbers.getDouble("max_error_rate"));
  }

  /** Its numbers. */
  JsonObject numbers() {
    long all = requests.sum();
    long bad = errors.sum();
    return new JsonObject()
        .put("requests", all)
        .put("errors", bad)
        .put("error_rate", all == 0 ? 0 : (double) bad / all)
        .put("max_error_rate", config.maxErrorRate());
  }

  JsonObject shown(long now) {
    State is = state.get() == State.WATCHING && now >= until ? State.KEPT : state.get();
    JsonObject shown = numbers()
        .put("side", side.toString())
        .put("state", is == State.TRIPPED ? "tripped" : is == State.KEPT ? "kept" : "watching")
        .put("until", until / 1000);
    String hindered = hinderedBy;
    return hindered.isEmpty() ? shown : shown.put("hindered_by", hindered);
  }
}
