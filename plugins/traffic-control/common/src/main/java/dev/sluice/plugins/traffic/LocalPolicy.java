package dev.sluice.plugins.traffic;

import io.vertx.core.Future;

/** Counts on this node alone. */
record LocalPolicy(LocalCounters counters) implements Policy {

  private static final Future<Void> DONE = Future.succeededFuture();

  @Override
  public CounterKey known(CounterKey key, Limits limits) {
    return counters.counter(key, limits);
  }

  @Override
  public Future<long[]> take(CounterKey key, Limits limits, Windows windows) {
    return Future.succeededFuture(counters.take(key, limits, windows));
  }

  @Override
  public Future<long[]> used(CounterKey key, Limits limits, Windows windows) {
    return Future.succeededFuture(counters.used(key, limits, windows));
  }

  @Override
  public Future<Void> add(CounterKey key, Limits limits, Windows windows, long amount) {
    counters.add(key, limits, windows, amount);
    return DONE;
  }
}
