package dev.sluice.plugins.ratelimitingadvanced;

import dev.sluice.api.store.SharedCounters;
import dev.sluice.api.store.SharedCounters.Addition;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts where all nodes count, at each request, and by the question itself: nobody can come between. On this node alone
 * while that place is away.
 *
 * @param shared the place; empty where the store is this node's alone
 * @param alone what counts then
 */
record SharedCounting(Supplier<Optional<SharedCounters>> shared, Counting alone) implements Counting {

  private static final Logger log = LoggerFactory.getLogger(SharedCounting.class);

  @Override
  public Future<Usage> take(Cells.Key key, Rules rules, long now) {
    Optional<SharedCounters> counters = shared.get();
    return counters.isEmpty()
        ? alone.take(key, rules, now)
        : take(counters.get(), key, rules, now)
            .recover(
                cause -> {
                  log.warn("counted on this node alone: {}", cause.toString());
                  return alone.take(key, rules, now);
                });
  }

  private static Future<Usage> take(SharedCounters counters, Cells.Key key, Rules rules, long now) {
    Future<long[]> sums = counters.add(additions(key, rules, now, 1));
    Future<long[]> before =
        rules.sliding()
            ? counters.read(names(key, rules, now, -1))
            : Future.succeededFuture(new long[rules.windows().size()]);
    return Future.all(sums, before)
        .map(
            both -> {
              long[] current = sums.result().clone();
              for (int i = 0; i < current.length; i++) {
                current[i]--;
              }
              return new Usage(rules, now, current, before.result());
            })
        .onSuccess(
            usage -> {
              if (usage.refused() && !rules.countsRefused()) {
                counters
                    .add(additions(key, rules, now, -1))
                    .onFailure(cause -> log.warn("a refused request was counted: {}", cause.toString()));
              }
            });
  }

  private static List<String> names(Cells.Key key, Rules rules, long now, int windowsLater) {
    List<String> names = new ArrayList<>(rules.windows().size());
    for (Rules.Window window : rules.windows()) {
      names.add(name(key, window.millis(), window.start(now) + windowsLater * window.millis()));
    }
    return names;
  }

  static String name(Cells.Key key, long millis, long start) {
    return "ratelimit-advanced:" + key.namespace() + ":" + millis + ":" + start + ":" + key.who();
  }

  /** As long as the window counts: to the end of the one behind it. */
  static long lifetime(long millis) {
    return 2 * millis / 1000 + 1;
  }

  private static List<Addition> additions(Cells.Key key, Rules rules, long now, long amount) {
    List<Addition> additions = new ArrayList<>(rules.windows().size());
    for (Rules.Window window : rules.windows()) {
      additions.add(
          new Addition(
              name(key, window.millis(), window.start(now)), amount, lifetime(window.millis())));
    }
    return additions;
  }
}
