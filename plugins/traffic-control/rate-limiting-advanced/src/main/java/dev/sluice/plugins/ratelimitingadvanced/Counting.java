package dev.sluice.plugins.ratelimitingadvanced;

import dev.sluice.api.PluginContext;
import dev.sluice.api.store.SharedCounters;
import dev.sluice.plugins.ratelimitingadvanced.AdvancedConfig.Place;
import dev.sluice.plugins.traffic.Policies;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Where requests are counted. Safe for all threads. */
@FunctionalInterface
interface Counting {

  /**
   * Counts one request.
   *
   * @param now milliseconds since the epoch
   * @return what was there before it; may complete on any thread, and fails when nobody can say
   */
  Future<Usage> take(Cells.Key key, Rules rules, long now);

  /** All that one generation of the plugin counts with. */
  final class Kinds {

    private static final int CAPACITY = 200_000;
    private static final long SWEEP_MILLIS = 60_000;

    private final PluginContext context;
    private final Policies policies;
    private final Cells cells = new Cells(CAPACITY);
    private final Counting here = (key, rules, now) -> Future.succeededFuture(cells.take(key, rules, now));
    private final Map<Place, SyncedCounting> synced = new ConcurrentHashMap<>();
    private long sweptAt;

    Kinds(PluginContext context) {
      this.context = context;
      this.policies = new Policies(context);
      context.every(Duration.ofSeconds(1), this::tidy);
    }

    /** The one for a place. */
    Counting of(Place place) {
      if (place.rate().isNegative()) {
        return here;
      }
      Supplier<Optional<SharedCounters>> shared = shared(place);
      return place.rate().isZero()
          ? new SharedCounting(shared, here)
          : synced.computeIfAbsent(
              place, absent -> new SyncedCounting(context, new Cells(CAPACITY), shared, place.rate()));
    }

    /** The store is asked for each time: it may come late, or be replaced. */
    private Supplier<Optional<SharedCounters>> shared(Place place) {
      if (place.redis().isEmpty()) {
        return context::counters;
      }
      Optional<SharedCounters> redis = Optional.of(policies.counters(place.redis().get()));
      return () -> redis;
    }

    private void tidy() {
      long now = context.clock().millis();
      if (cells.crowded()
          || synced.values().stream().anyMatch(SyncedCounting::crowded)
          || now - sweptAt >= SWEEP_MILLIS) {
        sweptAt = now;
        cells.sweep(now);
        synced.values().forEach(each -> each.sweep(now));
      }
    }
  }
}
