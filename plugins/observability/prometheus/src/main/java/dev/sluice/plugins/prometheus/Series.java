package dev.sluice.plugins.prometheus;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The values of one metric, by the values of its labels. Safe for all threads.
 *
 * @param <V> what is kept for each combination of labels
 */
final class Series<V> {

  private final Limit limit;
  private final Supplier<V> fresh;
  private final Map<List<String>, V> values = new ConcurrentHashMap<>();

  Series(Limit limit, Supplier<V> fresh) {
    this.limit = limit;
    this.fresh = fresh;
  }

  /** The value for some labels; empty when there are too many combinations already. */
  Optional<V> of(List<String> labels) {
    V known = values.get(labels);
    if (known != null) {
      return Optional.of(known);
    }
    return limit.admit() ? Optional.of(values.computeIfAbsent(labels, each -> fresh.get())) : Optional.empty();
  }

  Map<List<String>, V> all() {
    return values;
  }
}
