package dev.sluice.kernel.listener;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServer;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;

/** Opens sockets that accept, and names the one that cannot be opened. */
final class Listening {

  private Listening() {}

  static Future<HttpServer> at(SocketAddress address, HttpServer server) {
    return server
        .listen(address)
        .recover(
            cause ->
                Future.failedFuture(
                    new IOException("cannot listen at " + address + ": " + cause.getMessage(), cause)));
  }
}
