package dev.sluice.kernel.pipeline;

import dev.sluice.api.request.RequestObserver;
import dev.sluice.kernel.accesslog.AccessLog;
import dev.sluice.kernel.accesslog.AccessLogs;
import dev.sluice.kernel.accesslog.LoggedStream;
import dev.sluice.kernel.snapshot.Pins;
import dev.sluice.kernel.snapshot.Snapshots;
import io.vertx.core.Context;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What belongs to one event loop: its connections, deadlines and counters. Touched by that event loop alone, but for
 * the counters, which may be read from anywhere.
 */
public final class Loop {

  private static final Logger log = LoggerFactory.getLogger(Loop.class);
  private static final int LOOK_EVERY_TICKS = 10;
  private static final DateTimeFormatter HTTP_DATE =
      DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH);

  private final int number;
  private final Vertx vertx;
  private final Context context;
  private final Thread thread;
  private NodeSettings settings;
  private ErrorBodies errors;
  private final Pins pins;
  private final RequestIds ids = new RequestIds();
  private final SeenNames names = new SeenNames();
  private final Flushes flushes = new Flushes();
  private final Deadlines deadlines = new Deadlines();
  private final IdentityHashMap<Object, ClientConnection> connections = new IdentityHashMap<>();
  private final List<Runnable> onTick = new ArrayList<>();
  private final LoopCounters counters = new LoopCounters();
  private final RequestLog requestLog;
  private final AccessLog<LoggedStream> streamLog;
  private final RequestWatch requestWatch;
  private final Occupation occupation = new Occupation(Thread.currentThread());
  private String date = "";
  private long dateSecond;
  private int ticks;
  private long turnedAway;
  private boolean draining;
  private Promise<Void> drained;

  /**
   * Makes the state of the event loop that runs this.
   *
   * @param number from 0
   * @param logs where requests and streams are noted
   * @param observers who is told of requests
   */
  public Loop(
      int number,
      Vertx vertx,
      Context context,
      NodeSettings settings,
      Snapshots snapshots,
      AccessLogs logs,
      RequestObservers observers) {
    this.number = number;
    this.vertx = vertx;
    this.context = context;
    this.thread = Thread.currentThread();
    this.settings = settings;
    this.errors = new ErrorBodies(settings);
    this.pins = new Pins(snapshots);
    this.requestLog = new RequestLog(logs.requests("proxy"));
    this.streamLog = logs.streams();
    this.requestWatch = new RequestWatch(number, observers);
    vertx.setPeriodic(RequestObserver.TICK_MILLIS, timer -> tick());
    tick();
  }

  private void tick() {
    occupation.turned();
    deadlines.sweep(System.nanoTime());
    onTick.forEach(Runnable::run);
    requestLog.flush();
    streamLog.flush();
    requestWatch.tick();
    long second = System.currentTimeMillis() / 1000;
    if (second != dateSecond) {
      dateSecond = second;
      date = HTTP_DATE.format(ZonedDateTime.now(ZoneOffset.UTC));
    }
    if (++ticks % LOOK_EVERY_TICKS == 0) {
      lookAtConnections(Steady.millis());
      tellOfTooMany();
    }
  }

  private void tellOfTooMany() {
    if (turnedAway > 0) {
      log.warn("event loop {}: {} requests turned away, since {} are under way (max_in_flight)", number, turnedAway, counters.inFlight());
      turnedAway = 0;
    }
  }

  /** A request has been turned away, since too many are under way. */
  void turnedAway() {
    turnedAway++;
  }

  private void lookAtConnections(long now) {
    NodeSettings.ClientTimeouts limits = settings.clientTimeouts();
    for (ClientConnection connection : new ArrayList<>(connections.values())) {
      connection.look(now, limits);
    }
  }

  /** Has something run at every tick, ten times a second. */
  public void onTick(Runnable task) {
    onTick.add(task);
  }

  /** Runs a task on this event loop: at once when it is the one that calls. */
  public void run(Runnable task) {
    if (Thread.currentThread() == thread) {
      task.run();
    } else {
      context.runOnContext(run -> task.run());
    }
  }

  /** Runs a task of filters on this event loop, from below Vert.x. */
  public void dispatch(Runnable task) {
    Dispatch.on(context, task);
  }

  /** The number of this event loop, from 0. */
  public int number() {
    return number;
  }

  /** Vert.x. */
  public Vertx vertx() {
    return vertx;
  }

  /** The context of this event loop. */
  public Context context() {
    return context;
  }

  /** The settings of the node. */
  public NodeSettings settings() {
    return settings;
  }

  /** Takes over other settings. */
  public void settings(NodeSettings next) {
    settings = next;
    errors = new ErrorBodies(next);
  }

  ErrorBodies errors() {
    return errors;
  }

  /** The snapshots that requests of this event loop hold. */
  public Pins pins() {
    return pins;
  }

  RequestIds ids() {
    return ids;
  }

  /** The names of header lines that it has read. */
  public SeenNames names() {
    return names;
  }

  /** Sends what was written. */
  public Flushes flushes() {
    return flushes;
  }

  /** Deadlines of what is under way. */
  public Deadlines deadlines() {
    return deadlines;
  }

  /** Counters to be read from anywhere. */
  public LoopCounters counters() {
    return counters;
  }

  /** Where requests are noted. */
  RequestLog requestLog() {
    return requestLog;
  }

  /** Who is told of requests. */
  RequestWatch requestWatch() {
    return requestWatch;
  }

  /** Where streams are noted. */
  public AccessLog<LoggedStream> streamLog() {
    return streamLog;
  }

  /** Hands over what was noted last. */
  public void endLogs() {
    requestLog.end();
    streamLog.end();
  }

  /** What it is busy with; to be read from anywhere. */
  public Occupation occupation() {
    return occupation;
  }

  /** The present time as the header Date has it. */
  String date() {
    return date;
  }

  /** A client has connected. */
  public void connected(HttpConnection connection, Outlet outlet) {
    connections.put(connection, new ClientConnection(connection, outlet, Steady.millis()));
    counters.connected();
    connection.closeHandler(closed -> disconnected(connection));
  }

  /** A client is gone; also for a connection that has become a tunnel, of whose end Vert.x does not tell. */
  public void disconnected(HttpConnection connection) {
    ClientConnection known = connections.remove(connection);
    if (known != null) {
      counters.disconnected();
      known.gone();
    }
  }

  /** What is known of a connection; null when its client is gone, whose requests Vert.x may still bring. */
  ClientConnection connection(HttpConnection connection) {
    return connections.get(connection);
  }

  void requestBegan(ClientConnection connection) {
    connection.begin();
    counters.requestBegan();
  }

  void requestEnded(ClientConnection connection) {
    counters.requestEnded();
    connection.end(Steady.millis());
    if (draining) {
      if (connection.idle()) {
        connection.connection().close();
      }
      checkDrained();
    }
  }

  /** Whether the node is about to stop: answers ask clients to close. */
  public boolean draining() {
    return draining;
  }

  /** Begins to drain: idle connections are closed, the others after their present request. */
  public void drain(Promise<Void> done) {
    draining = true;
    drained = done;
    for (ClientConnection connection : new ArrayList<>(connections.values())) {
      if (connection.idle()) {
        connection.connection().close();
      }
    }
    checkDrained();
  }

  /** The connections with requests under way. */
  public List<HttpConnection> busyConnections() {
    return connections.values().stream().filter(each -> !each.idle()).map(ClientConnection::connection).toList();
  }

  private void checkDrained() {
    if (drained != null && counters.inFlight() == 0) {
      drained.tryComplete();
    }
  }
}
