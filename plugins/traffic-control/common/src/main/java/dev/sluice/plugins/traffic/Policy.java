package dev.sluice.plugins.traffic;

import io.vertx.core.Future;

/**
 * How a limit counts. Safe from any thread; futures that are not complete at once may complete on any thread, and fail
 * when what keeps the counters is away.
 */
public interface Policy {

  /** A key that is found faster than an equal one, for who will come with it again. */
  default CounterKey known(CounterKey key, Limits limits) {
    return key;
  }

  /** Counts one request, unless some limit is reached; the future holds what there was before, for each limit. */
  Future<long[]> take(CounterKey key, Limits limits, Windows windows);

  /** What has been counted, for each limit. */
  Future<long[]> used(CounterKey key, Limits limits, Windows windows);

  /** Counts, however much there was. */
  Future<Void> add(CounterKey key, Limits limits, Windows windows, long amount);
}
