package dev.sluice.kernel.pipeline;

import io.vertx.core.http.HttpConnection;
import java.util.concurrent.atomic.AtomicLong;

/** A connection of a client, on its event loop. */
public final class ClientConnection {

  private static final AtomicLong OPENED = new AtomicLong();

  private final HttpConnection connection;
  private final long number = OPENED.incrementAndGet();
  private final String peerAddress;
  private int requests;
  private long begun;
  private long idleSince;
  private boolean closing;
  private Runnable gone;

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
    begun++;
  }

  /** The number of the connection on this node, from 1. */
  long number() {
    return number;
  }

  /** How many requests it has carried, those under way included. */
  long begun() {
    return begun;
  }

  /**
   * Has the request under way told when the client goes. Vert.x tells it too, but not always: it stumbles over a request that waits
   * behind this one.
   */
  public void onGone(Runnable task) {
    gone = task;
  }

  void gone() {
    if (gone != null) {
      gone.run();
    }
  }

  void end(long now) {
    gone = null;
    requests--;
    idleSince = now;
  }

  /** The client has been told that this was the last answer. */
  void closing() {
    closing = true;
  }

  /** Whether the client has been told so: requests that it has sent behind the last one are not begun. */
  boolean isClosing() {
    return closing;
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
