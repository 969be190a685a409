package dev.sluice.api;

import dev.sluice.api.admin.AdminSurface;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.event.Events;
import dev.sluice.api.explain.Explainer;
import dev.sluice.api.request.RequestObserver;
import dev.sluice.api.store.SharedCounters;
import dev.sluice.api.upstream.Upstreams;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
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
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What the kernel lends to one generation of a plugin. Whatever is taken from here is recorded, and closed when the
 * generation is retired: a plugin that starts no thread and opens no socket by itself cannot leak.
 *
 * <p>Safe to call from any thread. Every method has a default that throws, so that the interface can grow without
 * breaking fakes written by plugin authors.
 */
public interface PluginContext {

  /** This generation. */
  default PluginId id() {
    throw unsupported("id");
  }

  /** The node that the plugin runs on. */
  default NodeInfo node() {
    throw unsupported("node");
  }

  /** The clock to use for everything that a test may want to move. */
  default Clock clock() {
    throw unsupported("clock");
  }

  /**
   * Runs a task again and again, first after one interval, until the registration is closed or the plugin retired.
   * Runs on one event loop, one run at a time; the task must not block.
   *
   * @param interval at least one millisecond
   */
  default Registration every(Duration interval, Runnable task) {
    throw unsupported("every");
  }

  /** Runs a task once, under the rules of {@link #every}. */
  default Registration after(Duration delay, Runnable task) {
    throw unsupported("after");
  }

  /**
   * Runs blocking work on the plugin pool, which is bounded and shared; the result arrives on the caller's context.
   */
  default <T> Future<T> blocking(Callable<T> work) {
    throw unsupported("blocking");
  }

  /**
   * Runs blocking work one piece after another, in the order of the calls, on a thread of its own name. For libraries
   * that must be called from one thread at a time.
   */
  default <T> Future<T> ordered(Callable<T> work) {
    throw unsupported("ordered");
  }

  /** A new HTTP client, closed with the plugin. */
  default HttpClient httpClient(HttpClientOptions options) {
    throw unsupported("httpClient");
  }

  /** A new TCP client, closed with the plugin. */
  default NetClient netClient(NetClientOptions options) {
    throw unsupported("netClient");
  }

  /** A new socket for datagrams, closed with the plugin. */
  default DatagramSocket datagramSocket(DatagramSocketOptions options) {
    throw unsupported("datagramSocket");
  }

  /**
   * Sends a datagram to a socket of the file system, such as that of the machine's log.
   *
   * @return fails when nobody listens there, and on systems other than Linux
   */
  default Future<Void> localDatagram(Path socket, Buffer datagram) {
    throw unsupported("localDatagram");
  }

  /**
   * Entities as the control plane sees them: validated reads and writes. Not for the request path. Results arrive on the
   * caller's context, where there is one.
   */
  default Entities entities() {
    throw unsupported("entities");
  }

  /**
   * Numbers that this node shares with others by way of the store; empty when the store is this node's alone. Ask each
   * time: the store may come late, or be replaced.
   */
  default Optional<SharedCounters> counters() {
    throw unsupported("counters");
  }

  /** What is loaded on this node. */
  default Catalog catalog() {
    throw unsupported("catalog");
  }

  /** The balancers that run on this node, and the health of their targets. */
  default Upstreams upstreams() {
    throw unsupported("upstreams");
  }

  /** Says where requests would go. */
  default Explainer explainer() {
    throw unsupported("explainer");
  }

  /**
   * The Admin API of this node, for what passes calls of others on to it: it asks for the token that its listener asks
   * for, and answers 401 to a call without. To be called on an event loop; the answer arrives there.
   */
  default AdminSurface adminApi() {
    throw unsupported("adminApi");
  }

  /** The level of the node's log. */
  default LogLevel logLevel() {
    throw unsupported("logLevel");
  }

  /**
   * Tells of each line that gets into the node's log, on whichever thread writes it, until the registration is closed or
   * the plugin retired. The reader must neither block nor log.
   */
  default Registration onLog(Consumer<LogLine> reader) {
    throw unsupported("onLog");
  }

  /**
   * Tells of each request that ends on this node, those included that matched no route, or were refused before one was
   * looked for, until the registration is closed or the plugin retired. What could not be read as a request is not told.
   *
   * @param observers makes one for each event loop, which asks for it when it first has something to tell
   */
  default Registration onRequest(Supplier<? extends RequestObserver> observers) {
    throw unsupported("onRequest");
  }

  /** Things that happen on this node. */
  default Events events() {
    throw unsupported("events");
  }

  /**
   * The node's Vert.x, for libraries that have to be given one, and for nothing else. What they open is to be closed
   * before the plugin has gone: give it to {@link #own}.
   */
  default Vertx vertx() {
    throw unsupported("vertx");
  }

  /** Has the kernel close a resource when this generation is retired. */
  default <R extends AutoCloseable> R own(R resource) {
    throw unsupported("own");
  }

  private static UnsupportedOperationException unsupported(String what) {
    return new UnsupportedOperationException("this plugin context offers no " + what + "()");
  }
}
