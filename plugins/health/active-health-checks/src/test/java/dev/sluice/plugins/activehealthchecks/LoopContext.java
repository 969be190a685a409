package dev.sluice.plugins.activehealthchecks;

import dev.sluice.api.NodeInfo;
import dev.sluice.api.PluginContext;
import dev.sluice.api.Registration;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Real timers and real sockets on event loops of the test's own. */
final class LoopContext implements PluginContext {

  private final Vertx vertx;
  private final Map<String, String> settings;
  private final Set<Long> timers = ConcurrentHashMap.newKeySet();
  private final List<Duration> delays = new CopyOnWriteArrayList<>();

  LoopContext(Vertx vertx, Map<String, String> settings) {
    this.vertx = vertx;
    this.settings = settings;
  }

  /** Timers that could still fire. */
  int liveTimers() {
    return timers.size();
  }

  /** All delays ever asked of {@link #after}. */
  List<Duration> delays() {
    return delays;
  }

  @Override
  public Registration every(Duration interval, Runnable task) {
    long timer = vertx.setPeriodic(interval.toMillis(), id -> task.run());
    timers.add(timer);
    return () -> cancel(timer);
  }

  @Override
  public Registration after(Duration delay, Runnable task) {
    delays.add(delay);
    long timer = vertx.setTimer(delay.toMillis(), id -> {
      timers.remove(id);
      task.run();
    });
    timers.add(timer);
    return () -> cancel(timer);
  }

  private void cancel(long timer) {
    vertx.cancelTimer(timer);
    timers.remove(timer);
  }

  @Override
  public NetClient netClient(NetClientOptions options) {
    return vertx.createNetClient(options);
  }

  @Override
  public NodeInfo node() {
    return new NodeInfo() {
      @Override
      public Optional<String> setting(String key) {
        return Optional.ofNullable(settings.get(key));
      }

      @Override
      public String nodeId() {
        throw new UnsupportedOperationException();
      }

      @Override
      public String hostname() {
        throw new UnsupportedOperationException();
      }

      @Override
      public String version() {
        throw new UnsupportedOperationException();
      }

      @Override
      public String compatibleVersion() {
        throw new UnsupportedOperationException();
      }

      @Override
      public Path prefix() {
        throw new UnsupportedOperationException();
      }

      @Override
      public JsonObject configuration() {
        throw new UnsupportedOperationException();
      }

      @Override
      public JsonObject status() {
        throw new UnsupportedOperationException();
      }
    };
  }
}
