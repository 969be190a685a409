package dev.sluice.kernel.stream;

import dev.sluice.api.entity.Service;
import dev.sluice.kernel.proxy.Dialer;
import dev.sluice.kernel.trust.UpstreamTls;
import dev.sluice.kernel.upstream.KernelTarget;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import java.util.Optional;
import java.util.concurrent.TimeoutException;

/** Connects to the servers of streams; for one event loop. */
final class StreamClients {

  private static final int LONG = 24 * 3600 * 1000;

  private final Vertx vertx;
  private final NetClient client;

  /** How an attempt ended; told once. */
  interface Result {
    /** The connection is there, with its handshake done if there is one. */
    void connected(NetSocket server);

    /** There is none. */
    void failed(boolean late, Throwable cause);
  }

  StreamClients(Vertx vertx) {
    this.vertx = vertx;
    // Each service has a timeout of its own, kept here.
    this.client = vertx.createNetClient(new NetClientOptions().setTcpNoDelay(true).setConnectTimeout(LONG));
  }

  /**
   * Connects in the time that the service gives.
   *
   * @param tls how the server is met; empty without TLS
   * @param name that a server is asked for over TLS
   */
  void connect(Service service, KernelTarget target, Optional<UpstreamTls> tls, String name, Result result) {
    Future<NetSocket> socket =
        new Dialer(client, target.socketAddress(), tls, name, false).connect(service.connectTimeout());
    boolean[] late = {false};
    long timer =
        vertx.setTimer(
            Math.max(1, service.connectTimeout()),
            passed -> {
              late[0] = true;
              result.failed(true, new TimeoutException("no connection within " + service.connectTimeout() + " ms"));
            });
    socket.onComplete(
        done -> {
          if (late[0]) {
            done.map(
                tooLate -> {
                  tooLate.close();
                  return tooLate;
                });
          } else {
            vertx.cancelTimer(timer);
            if (done.succeeded()) {
              result.connected(done.result());
            } else {
              result.failed(false, done.cause());
            }
          }
        });
  }
}
