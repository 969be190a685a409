package dev.sluice.kernel.pipeline;

import io.vertx.core.http.HttpConnection;

/** A connection of a client, on its event loop. */
public final class ClientConnection {

  private final HttpConnection connection;
  private final String peerAddress;
  private int requests;
  private long idleSince;

  ClientConnection(HttpConnection connection, long now) {
    this.connection = connection;
    this.peerAddress =
        connection.remoteAddress() == null ? "" : String.valueOf(connection.remoteAddress().hostAddress());
    this.idleSince = now;
  }

  String peerAddress() {
    return peerAddress;
  }

  void begin() {
    requests++;
  }

  void end(long now) {
    requests--;
    idleSince = now;
  }

  boolean idle() {
    return requests == 0;
  }

  long idleSince() {
    return idleSince;
  }

  HttpConnection connection() {
    return connection;
  }
}
