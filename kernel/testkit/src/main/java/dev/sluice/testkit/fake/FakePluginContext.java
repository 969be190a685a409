package dev.sluice.testkit.fake;

import dev.sluice.api.LogLine;
import dev.sluice.api.NodeInfo;
import dev.sluice.api.PluginContext;
import dev.sluice.api.PluginId;
import dev.sluice.api.Registration;
import dev.sluice.api.request.RequestObserver;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.LoggerFactory;

/**
 * What a plugin is lent, without a kernel: a Vert.x of its own with real timers, pools and clients, a clock that the
 * test moves, and settings that the test gives. What needs a running gateway (entities, catalog, upstreams) is not
 * offered; a test that needs it overrides that method.
 *
 * <p>{@link #close} is the plugin's retirement: it closes what the plugin took, the newest first, then Vert.x.
 */
public class FakePluginContext implements PluginContext, AutoCloseable {

  private static final int BLOCKING_THREADS = 4;

  private final Vertx vertx;
  private final WorkerExecutor ordered;
  private final WorkerExecutor blocking;
  private final FakeNodeInfo node;
  private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final FakeEvents events = new FakeEvents();
  private final Deque<AutoCloseable> owned = new ArrayDeque<>();

  /** A context of a node with this working directory. */
  public FakePluginContext(Path prefix) {
    this.vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(2));
    this.node = new FakeNodeInfo(prefix);
    this.ordered = vertx.createSharedWorkerExecutor("fake-ordered", 1);
    this.blocking = vertx.createSharedWorkerExecutor("fake-blocking", BLOCKING_THREADS);
    // A thread that is born in a plugin's call would keep the plugin's class loader alive.
    warmUp(ordered, 1);
    warmUp(blocking, BLOCKING_THREADS);
  }

  /** Gives the node a setting. */
  public FakePluginContext set(String key, String value) {
    node.set(key, value);
    return this;
  }

  @Override
  public Vertx vertx() {
    return vertx;
  }

  @Override
  public PluginId id() {
    return new PluginId("fake", "0.0.0", "0123456789ab");
  }

  @Override
  public NodeInfo node() {
    return node;
  }

  @Override
  public MovableClock clock() {
    return clock;
  }

  @Override
  public Registration every(Duration interval, Runnable task) {
    long timer = vertx.setPeriodic(interval.toMillis(), id -> task.run());
    return registered(() -> vertx.cancelTimer(timer));
  }

  @Override
  public Registration after(Duration delay, Runnable task) {
    long timer = vertx.setTimer(Math.max(1, delay.toMillis()), id -> task.run());
    return registered(() -> vertx.cancelTimer(timer));
  }

  @Override
  public <T> Future<T> blocking(Callable<T> work) {
    return blocking.executeBlocking(work, false);
  }

  @Override
  public <T> Future<T> ordered(Callable<T> work) {
    return ordered.executeBlocking(work, false);
  }

  @Override
  public HttpClient httpClient(HttpClientOptions options) {
    return vertx.createHttpClient(options);
  }

  @Override
  public NetClient netClient(NetClientOptions options) {
    return vertx.createNetClient(options);
  }

  @Override
  public DatagramSocket datagramSocket(DatagramSocketOptions options) {
    return vertx.createDatagramSocket(options);
  }

  /** Nothing is logged here. */
  @Override
  public Registration onLog(Consumer<LogLine> reader) {
    return () -> {};
  }

  /** No request passes here. */
  @Override
  public Registration onRequest(Supplier<? extends RequestObserver> observers) {
    return () -> {};
  }

  @Override
  public FakeEvents events() {
    return events;
  }

  @Override
  public synchronized <R extends AutoCloseable> R own(R resource) {
    owned.push(resource);
    return resource;
  }

  @Override
  public void close() {
    AutoCloseable resource = pop();
    while (resource != null) {
      try {
        resource.close();
      } catch (Exception e) {
        LoggerFactory.getLogger(FakePluginContext.class).warn("a resource did not close", e);
      }
      resource = pop();
    }
    try {
      vertx.close().toCompletionStage().toCompletableFuture().get(30, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException("Vert.x did not close", e);
    }
  }

  private synchronized AutoCloseable pop() {
    return owned.poll();
  }

  private Registration registered(Registration registration) {
    synchronized (this) {
      owned.push(registration);
    }
    return () -> {
      synchronized (this) {
        owned.remove(registration);
      }
      registration.close();
    };
  }

  private static void warmUp(WorkerExecutor pool, int threads) {
    CountDownLatch all = new CountDownLatch(threads);
    for (int i = 0; i < threads; i++) {
      pool.executeBlocking(
          () -> {
            all.countDown();
            return all.await(10, TimeUnit.SECONDS);
          },
          false);
    }
    try {
      if (!all.await(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("the pool did not start");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
