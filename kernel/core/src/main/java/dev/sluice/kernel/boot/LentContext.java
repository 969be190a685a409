package dev.sluice.kernel.boot;

import dev.sluice.api.Catalog;
import dev.sluice.api.LogLevel;
import dev.sluice.api.LogLine;
import dev.sluice.api.NodeInfo;
import dev.sluice.api.PluginId;
import dev.sluice.api.Registration;
import dev.sluice.api.admin.AdminSurface;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.event.Event;
import dev.sluice.api.event.Events;
import dev.sluice.api.explain.Explainer;
import dev.sluice.api.request.RequestObserver;
import dev.sluice.api.store.SharedCounters;
import dev.sluice.api.upstream.Upstreams;
import dev.sluice.kernel.config.Background;
import dev.sluice.kernel.event.EventBoard;
import dev.sluice.kernel.host.PluginHost;
import dev.sluice.kernel.pipeline.RequestObservers;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.datagram.DatagramSocket;
import io.vertx.core.datagram.DatagramSocketOptions;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the kernel lends to one generation of a plugin, with a list of all that was taken. */
final class LentContext implements PluginHost.OwnedContext {

  private static final Logger log = LoggerFactory.getLogger(LentContext.class);

  private final PluginId id;
  private final Lender lender;
  private final Deque<AutoCloseable> taken = new ArrayDeque<>();
  private WorkerExecutor ordered;
  private LocalDatagrams local;
  private boolean released;

  /**
   * What there is to lend.
   *
   * @param vertx the one Vert.x
   * @param side an event loop beside those of the requests
   * @param blocking the pool for blocking work
   * @param background the pool for blocking work of those threads that step back behind the others
   * @param node the node
   * @param clock the clock
   * @param entities the door to entities
   * @param counters the numbers that nodes share
   * @param catalog what is loaded
   * @param upstreams the balancers
   * @param explainer says where requests would go
   * @param adminApi the Admin API, behind its token
   * @param observers who is told of requests
   * @param events the board of events
   */
  record Lender(
      Vertx vertx,
      Context side,
      WorkerExecutor blocking,
      WorkerExecutor background,
      NodeInfo node,
      Clock clock,
      Entities entities,
      Supplier<Optional<SharedCounters>> counters,
      Supplier<Catalog> catalog,
      Upstreams upstreams,
      Explainer explainer,
      AdminSurface adminApi,
      RequestObservers observers,
      EventBoard events) {}

  LentContext(PluginId id, Lender lender) {
    this.id = id;
    this.lender = lender;
  }

  @Override
  public PluginId id() {
    return id;
  }

  @Override
  public NodeInfo node() {
    return lender.node();
  }

  @Override
  public Clock clock() {
    return lender.clock();
  }

  @Override
  public Registration every(Duration interval, Runnable task) {
    return timer(task, false, run -> lender.vertx().setPeriodic(Math.max(1, interval.toMillis()), each -> run.run()));
  }

  @Override
  public Registration after(Duration delay, Runnable task) {
    return timer(task, true, run -> lender.vertx().setTimer(Math.max(1, delay.toMillis()), once -> run.run()));
  }

  private Registration timer(Runnable task, boolean once, ToLongFunction<Runnable> start) {
    Timer timer = new Timer(task, lender.vertx(), once ? this::forget : each -> {});
    synchronized (taken) {
      if (released) {
        return timer;
      }
      taken.add(timer);
    }
    lender.side().runOnContext(here -> timer.begin(start));
    return () -> {
      forget(timer);
      timer.close();
    };
  }

  private void forget(Timer timer) {
    synchronized (taken) {
      taken.remove(timer);
    }
  }

  /** A timer that lets go of its task when it is closed, since the task's class keeps the plugin's loader alive. */
  private static final class Timer implements Registration {
    private final Vertx vertx;
    private final Consumer<Timer> ran;
    private Runnable task;
    private long timer = -1;
    private boolean closed;

    Timer(Runnable task, Vertx vertx, Consumer<Timer> ran) {
      this.task = task;
      this.vertx = vertx;
      this.ran = ran;
    }

    synchronized void begin(ToLongFunction<Runnable> start) {
      if (!closed) {
        timer = start.applyAsLong(this::run);
      }
    }

    private void run() {
      ran.accept(this);
      Runnable now;
      synchronized (this) {
        now = task;
      }
      if (now != null) {
        try {
          now.run();
        } catch (RuntimeException | LinkageError e) {
          log.error("a timer of a plugin failed", e);
        }
      }
    }

    @Override
    public synchronized void close() {
      closed = true;
      task = null;
      if (timer >= 0) {
        vertx.cancelTimer(timer);
      }
    }
  }

  @Override
  public <T> Future<T> blocking(Callable<T> work) {
    WorkerExecutor pool = Background.entered() ? lender.background() : lender.blocking();
    return Blocking.run(pool, work);
  }

  @Override
  public <T> Future<T> ordered(Callable<T> work) {
    WorkerExecutor executor;
    synchronized (taken) {
      if (released) {
        return Future.failedFuture(new IllegalStateException(id + " is retired"));
      }
      if (ordered == null) {
        ordered = lender.vertx().createSharedWorkerExecutor("sluice-" + id.name() + "-" + id.generation(), 1);
        taken.add(ordered::close);
      }
      executor = ordered;
    }
    // The one thread keeps the order. Vert.x's own way goes through a queue of the caller's context, which would stay
    // blocked, and hold on to the jar, when the pool is closed while a piece of work is in it.
    return Blocking.run(executor, Background.entered() ? Background.steppingBack(work) : work);
  }

  /** Vert.x completes where the call was made only if that was a context of its own; make it so in any case. */
  static <T> Future<T> onCaller(Future<T> outcome) {
    Context caller = Vertx.currentContext();
    if (caller == null) {
      return outcome;
    }
    Promise<T> done = Promise.promise();
    outcome.onComplete(result -> caller.runOnContext(here -> done.handle(result)));
    return done.future();
  }

  @Override
  public HttpClient httpClient(HttpClientOptions options) {
    HttpClient client = lender.vertx().createHttpClient(options);
    take(client::close);
    return client;
  }

  @Override
  public NetClient netClient(NetClientOptions options) {
    NetClient client = lender.vertx().createNetClient(options);
    take(client::close);
    return client;
  }

  @Override
  public DatagramSocket datagramSocket(DatagramSocketOptions options) {
    DatagramSocket socket = lender.vertx().createDatagramSocket(options);
    take(socket::close);
    return socket;
  }

  @Override
  public Future<Void> localDatagram(Path socket, Buffer datagram) {
    LocalDatagrams sender;
    synchronized (taken) {
      if (local == null) {
        local = new LocalDatagrams(lender.vertx());
        take(local);
      }
      sender = local;
    }
    return onCaller(sender.send(socket, datagram));
  }

  @Override
  public Entities entities() {
    return new CallersEntities(lender.entities());
  }

  @Override
  public Optional<SharedCounters> counters() {
    return lender.counters().get();
  }

  @Override
  public Catalog catalog() {
    return lender.catalog().get();
  }

  @Override
  public Upstreams upstreams() {
    return lender.upstreams();
  }

  @Override
  public AdminSurface adminApi() {
    return request -> onCaller(lender.adminApi().handle(request));
  }

  @Override
  public Explainer explainer() {
    return new CallersExplainer(lender.explainer());
  }

  @Override
  public LogLevel logLevel() {
    return NodeLog.LEVEL;
  }

  @Override
  public Registration onLog(Consumer<LogLine> reader) {
    Registration registration = NodeLog.LEVEL.on(reader);
    take(registration);
    return registration;
  }

  @Override
  public Registration onRequest(Supplier<? extends RequestObserver> observers) {
    Registration registration = lender.observers().on(observers);
    take(registration);
    return registration;
  }

  @Override
  public Events events() {
    return new Events() {
      @Override
      public <T extends Event> Registration on(Class<T> kind, Consumer<T> handler) {
        Registration registration = lender.events().on(kind, handler);
        take(registration);
        return registration;
      }
    };
  }

  @Override
  public Vertx vertx() {
    return lender.vertx();
  }

  @Override
  public <R extends AutoCloseable> R own(R resource) {
    take(resource);
    return resource;
  }

  private void take(AutoCloseable resource) {
    synchronized (taken) {
      if (!released) {
        taken.add(resource);
        return;
      }
    }
    close(resource);
  }

  @Override
  public void release() {
    Deque<AutoCloseable> all;
    synchronized (taken) {
      released = true;
      all = new ArrayDeque<>(taken);
      taken.clear();
    }
    while (!all.isEmpty()) {
      close(all.pollLast());
    }
  }

  private void close(AutoCloseable resource) {
    try {
      resource.close();
    } catch (Exception e) {
      log.warn("what {} had taken could not be closed", id, e);
    }
  }
}
