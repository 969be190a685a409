package dev.sluice.plugins.logging;

import dev.sluice.api.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Opens connections to servers that take whatever comes. Safe for all threads. */
public final class TcpSender {

  private static final double LONGEST = Integer.MAX_VALUE;

  private final PluginContext lent;
  private final Map<Options, NetClient> clients = new ConcurrentHashMap<>();

  private record Options(int timeout, int keepalive, boolean tls) {}

  /** A sender of a plugin that has been lent this. */
  public TcpSender(PluginContext lent) {
    this.lent = lent;
  }

  /**
   * How to reach a server.
   *
   * @param host a name or an address
   * @param port the port
   * @param timeout milliseconds for the connection
   * @param keepalive milliseconds after which an idle connection is closed
   * @param tls whether it speaks TLS; its certificate is not verified
   * @param serverName the name in the handshake; empty for none
   */
  public record Way(String host, int port, double timeout, double keepalive, boolean tls, String serverName) {}

  /** The connection to a server, made when it is needed. To be used at the place of the queues alone. */
  public Line line(Way way) {
    return new Line(way);
  }

  private Future<NetSocket> connect(Way way) {
    NetClient client = clients.computeIfAbsent(
        new Options(positive(way.timeout()), positive(way.keepalive()), way.tls()), this::client);
    return way.serverName().isEmpty()
        ? client.connect(way.port(), way.host())
        : client.connect(way.port(), way.host(), way.serverName());
  }

  private NetClient client(Options options) {
    NetClientOptions client = new NetClientOptions()
        .setConnectTimeout(options.timeout())
        .setIdleTimeout(options.keepalive())
        .setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    if (options.tls()) {
      client.setSsl(true).setTrustAll(true).setHostnameVerificationAlgorithm("");
    }
    return lent.netClient(client);
  }

  private static int positive(double millis) {
    return (int) Math.min(LONGEST, Math.max(1, millis));
  }

  /** One connection, opened anew when it has gone. */
  public final class Line {
    private final Way way;
    private Future<NetSocket> open = Future.failedFuture("not connected");

    private Line(Way way) {
      this.way = way;
    }

    /** Sends bytes; fails when there is no connection to be had, or when it breaks. */
    public Future<Void> send(Buffer bytes) {
      boolean kept = open.succeeded();
      return socket().compose(socket -> socket.write(bytes)).recover(failure -> {
        open = Future.failedFuture(failure);
        // A kept connection may have been closed just as it was used.
        return kept ? socket().compose(fresh -> fresh.write(bytes)) : Future.failedFuture(failure);
      });
    }

    private Future<NetSocket> socket() {
      if (open.failed()) {
        Future<NetSocket> next = connect(way);
        open = next;
        next.onSuccess(socket -> socket.closeHandler(closed -> forget(next)));
      }
      return open;
    }

    private void forget(Future<NetSocket> gone) {
      if (gone.equals(open)) {
        open = Future.failedFuture("the connection has been closed");
      }
    }
  }
}
