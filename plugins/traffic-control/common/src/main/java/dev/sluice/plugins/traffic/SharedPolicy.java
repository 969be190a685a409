package dev.sluice.plugins.traffic;

import dev.sluice.api.store.SharedCounters;
import dev.sluice.api.store.SharedCounters.Addition;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts where all nodes count, at each request.
 *
 * @param counters the place
 * @param atOnce whether a request is counted by the question itself, the refused ones too: nobody can come between;
 *     otherwise those that pass are counted after the question
 */
record SharedPolicy(SharedCounters counters, boolean atOnce) implements Policy {

  private static final Logger log = LoggerFactory.getLogger(SharedPolicy.class);

  @Override
  public Future<long[]> take(CounterKey key, Limits limits, Windows windows) {
    if (atOnce) {
      return counters.add(additions(key, limits, windows, 1)).map(SharedPolicy::before);
    }
    return used(key, limits, windows).onSuccess(used -> {
      for (int i = 0; i < used.length; i++) {
        if (limits.value(i) - used[i] <= 0) {
          return;
        }
      }
      add(key, limits, windows, 1).onFailure(cause -> log.warn("a request was not counted: {}", cause.toString()));
    });
  }

  private static long[] before(long[] sums) {
    for (int i = 0; i < sums.length; i++) {
      sums[i]--;
    }
    return sums;
  }

  @Override
  public Future<long[]> used(CounterKey key, Limits limits, Windows windows) {
    return counters.read(names(key, limits, windows));
  }

  static List<String> names(CounterKey key, Limits limits, Windows windows) {
    List<String> names = new ArrayList<>(limits.size());
    for (int i = 0; i < limits.size(); i++) {
      names.add(key.name(windows, limits.period(i)));
    }
    return names;
  }

  @Override
  public Future<Void> add(CounterKey key, Limits limits, Windows windows, long amount) {
    return counters.add(additions(key, limits, windows, amount)).mapEmpty();
  }

  private static List<Addition> additions(CounterKey key, Limits limits, Windows windows, long amount) {
    List<Addition> additions = new ArrayList<>(limits.size());
    for (int i = 0; i < limits.size(); i++) {
      Period period = limits.period(i);
      additions.add(new Addition(key.name(windows, period), amount, period.seconds()));
    }
    return additions;
  }
}
