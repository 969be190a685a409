package dev.sluice.plugins.bluegreen;

import dev.sluice.api.deployment.RequestOutcome;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** Counts what becomes of requests of one side after a switch to it, on this node. Safe for all threads, without locks. */
final class Watch {

  private final Side side;
  private final BlueGreenConfig.WatchConfig config;
  private final long until;
  private final LongAdder requests = new LongAdder();
  private final LongAdder errors = new LongAdder();
  private final AtomicReference<State> state = new AtomicReference<>(State.WATCHING);

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

  /** Counts one; true for the one request, if any, that makes it too many. */
  boolean trips(RequestOutcome outcome, long now) {
    if (outcome.end() == RequestOutcome.End.ABANDONED || state.get() != State.WATCHING) {
      return false;
    }
    if (now >= until) {
      state.compareAndSet(State.WATCHING, State.KEPT);
      return false;
    }
    requests.increment();
    if (!outcome.error()) {
      return false;
    }
    errors.increment();
    long all = requests.sum();
    return all >= config.minRequests()
        && errors.sum() > config.maxErrorRate() * all
        && state.compareAndSet(State.WATCHING, State.TRIPPED);
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
    return numbers()
        .put("side", side.toString())
        .put("state", is == State.TRIPPED ? "tripped" : is == State.KEPT ? "kept" : "watching")
        .put("until", until / 1000);
  }
}
