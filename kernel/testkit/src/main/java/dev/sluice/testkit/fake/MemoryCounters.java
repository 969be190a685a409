package dev.sluice.testkit.fake;

import dev.sluice.api.store.SharedCounters;
import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Numbers that nodes would share, in memory: they are never forgotten, and always there. Safe for all threads. */
public final class MemoryCounters implements SharedCounters {

  private final Map<String, Long> numbers = new ConcurrentHashMap<>();

  @Override
  public Future<long[]> read(List<String> names) {
    return Future.succeededFuture(names.stream().mapToLong(name -> numbers.getOrDefault(name, 0L)).toArray());
  }

  @Override
  public Future<long[]> add(List<Addition> additions) {
    return Future.succeededFuture(
        additions.stream().mapToLong(each -> numbers.merge(each.name(), each.amount(), Long::sum)).toArray());
  }

  /** All numbers together. */
  public long sum() {
    return numbers.values().stream().mapToLong(Long::longValue).sum();
  }
}
