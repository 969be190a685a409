package dev.sluice.plugins.traffic;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClientOptions;
import io.vertx.redis.client.Redis;
import io.vertx.redis.client.RedisConnection;
import io.vertx.redis.client.RedisOptions;
import io.vertx.redis.client.Request;
import io.vertx.redis.client.Response;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection to a Redis, made when it is needed and made anew when it breaks. Commands of all threads go down the
 * one line, one behind the other, without waiting for answers. Safe from any thread.
 */
public final class RedisLink implements AutoCloseable {

  private static final Logger log = LoggerFactory.getLogger(RedisLink.class);

  /** After a failure nobody tries again for so long. */
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(250);

  private static final int MAX_WAITING = 32_768;

  private final Vertx vertx;
  private final RedisSettings settings;
  private final AtomicReference<Line> line = new AtomicReference<>();
  private volatile long failedAt;
  private volatile long usedAt = System.nanoTime();
  private volatile boolean failing;
  private volatile boolean closed;

  /** A client made for one connection alone: to close it closes the connection for certain. */
  private record Line(Redis client, Promise<RedisConnection> connection) {}

  /** Makes a link; nothing is opened before it is needed. */
  public RedisLink(Vertx vertx, RedisSettings settings) {
    this.vertx = vertx;
    this.settings = settings;
    this.failedAt = System.nanoTime() - PAUSE_NANOS;
  }

  /** Sends a command; fails when there is no answer in time. */
  public Future<Response> send(Request command) {
    usedAt = System.nanoTime();
    Line now = line.get();
    if (now == null) {
      if (closed || failing && System.nanoTime() - failedAt < PAUSE_NANOS) {
        return Future.failedFuture(new IllegalStateException(settings + " is away"));
      }
      now = open();
    }
    Line used = now;
    return used
        .connection()
        .future()
        .compose(connection -> connection.send(command))
        .timeout(settings.timeout(), TimeUnit.MILLISECONDS)
        .onFailure(cause -> drop(used, cause));
  }

  private Line open() {
    Line fresh = new Line(Redis.createClient(vertx, options()), Promise.promise());
    if (!line.compareAndSet(null, fresh)) {
      fresh.client().close();
      Line other = line.get();
      return other == null ? open() : other;
    }
    fresh.client().connect().onComplete(made -> {
      if (made.failed()) {
        drop(fresh, made.cause());
        fresh.connection().tryFail(made.cause());
        return;
      }
      made.result().exceptionHandler(cause -> drop(fresh, cause));
      made.result().endHandler(end -> drop(fresh, new IllegalStateException("the connection was closed")));
      if (failing) {
        failing = false;
        log.info("{} answers again", settings);
      }
      fresh.connection().tryComplete(made.result());
    });
    if (closed) {
      drop(fresh, new IllegalStateException("closed"));
    }
    return fresh;
  }

  private RedisOptions options() {
    NetClientOptions net = new NetClientOptions()
        .setConnectTimeout(Math.max(1, settings.timeout()))
        .setTcpNoDelay(true)
        .setTcpKeepAlive(true);
    if (settings.ssl()) {
      net.setSsl(true)
          .setTrustAll(!settings.sslVerify())
          .setHostnameVerificationAlgorithm(settings.sslVerify() ? "HTTPS" : "");
    }
    return new RedisOptions()
        .setNetClientOptions(net)
        .setMaxPoolSize(1)
        .setMaxWaitingHandlers(MAX_WAITING)
        .setConnectionString(address());
  }

  private String address() {
    String user = settings.username().map(RedisLink::encoded).orElse("");
    String userInfo = settings.password().map(password -> user + ":" + encoded(password) + "@").orElse("");
    String host = settings.host().indexOf(':') >= 0 && !settings.host().startsWith("[")
        ? "[" + settings.host() + "]"
        : settings.host();
    return (settings.ssl() ? "rediss://" : "redis://")
        + userInfo + host + ":" + settings.port() + "/" + settings.database();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /** A line on which something failed is not used again; commands on it that wait fail with it. */
  private void drop(Line broken, Throwable cause) {
    if (line.compareAndSet(broken, null)) {
      failedAt = System.nanoTime();
      if (!failing && !closed) {
        failing = true;
        log.error("{} cannot be used: {}", settings, cause.toString());
      }
      broken.client().close();
      broken.connection().tryFail(cause);
    }
  }

  /** Closes the connection when nobody has used it for a while. */
  void rest(long idleNanos) {
    Line now = line.get();
    if (now != null && System.nanoTime() - usedAt > idleNanos && line.compareAndSet(now, null)) {
      now.client().close();
    }
  }

  @Override
  public void close() {
    closed = true;
    Line now = line.getAndSet(null);
    if (now != null) {
      now.client().close();
    }
  }
}
