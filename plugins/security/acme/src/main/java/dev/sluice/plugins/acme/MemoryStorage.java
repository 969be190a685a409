package dev.sluice.plugins.acme;

import io.vertx.core.Future;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** The memory of this node, until the plugin is loaded anew. */
final class MemoryStorage implements Storage {

  private final Clock clock;
  private final Map<String, Kept> kept = new ConcurrentHashMap<>();

  private record Kept(String value, long until) {}

  MemoryStorage(Clock clock) {
    this.clock = clock;
  }

  private Kept make(String value, long seconds) {
    return new Kept(value, seconds == FOR_EVER ? Long.MAX_VALUE : clock.millis() + seconds * 1000);
  }

  private boolean isOver(Kept entry) {
    return entry.until() <= clock.millis();
  }

  private void tidy() {
    kept.values().removeIf(this::isOver);
  }

  @Override
  public Future<Optional<String>> get(String key) {
    Kept entry = kept.get(key);
    return Future.succeededFuture(
        entry == null || isOver(entry) ? Optional.empty() : Optional.of(entry.value()));
  }

  @Override
  public Future<Void> put(String key, String value, long seconds) {
    tidy();
    kept.put(key, make(value, seconds));
    return Future.succeededFuture();
  }

  @Override
  public Future<Boolean> add(String key, String value, long seconds) {
    tidy();
    return Future.succeededFuture(kept.putIfAbsent(key, make(value, seconds)) == null);
  }

  @Override
  public Future<Void> remove(String key) {
    kept.remove(key);
    return Future.succeededFuture();
  }

  @Override
  public Future<List<String>> keys(String prefix) {
    tidy();
    return Future.succeededFuture(kept.keySet().stream().filter(key -> key.startsWith(prefix)).toList());
  }
}
