package dev.sluice.kernel.pipeline;

import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection of a client, on its event loop. */
public final class ClientConnection {

  private static final Logger log = LoggerFactory.getLogger(ClientConnection.class);
  private static final AtomicLong OPENED = new AtomicLong();

  private final HttpConnection connection;
  private final Outlet outlet;
  private final long number = OPENED.incrementAndGet();
  private final SocketAddress peer;
  private final SocketAddress local;
  private final Optional<SocketAddress> announced;
  private final String peerAddress;
  private ForwardedClient itself;
  private String askedHost = "";
  private String plainHost = "";
  private int requests;
  private long begun;
  private long idleSince;
  private boolean closing;
  private boolean closed;
  private boolean tunnel;
  private Runnable gone;

  ClientConnection(HttpConnection connection, Outlet outlet, long now) {
    this.connection = connection;
    this.peer = connection.remoteAddress(true);
    this.local = connection.localAddress(true);
    SocketAddress said = connection.remoteAddress();
    this.announced = said == null || said.equals(peer) || !said.isInetSocket() ? Optional.empty() : Optional.of(said);
    this.peerAddress = peer == null ? "" : String.valueOf(peer.hostAddress());
    this.outlet = outlet;
    this.idleSince = now;
  }

  /** The address of the one who has connected. */
  String peerAddress() {
    return peerAddress;
  }

  /**
   * The client whose peer is not trusted to speak for another one.
   *
   * @param scheme the same in each request of a connection
   */
  ForwardedClient speaksForItself(String scheme) {
    if (itself == null) {
      itself = new ForwardedClient(peerAddress, false, peerAddress, peerPort(), scheme);
    }
    return itself;
  }

  /** A host without its port, in lower case: worked out once for requests in a row that ask for the same one. */
  String plainHost(String host) {
    if (!askedHost.equals(host)) {
      askedHost = host;
      plainHost = Gates.withoutPort(host);
    }
    return plainHost;
  }

  /** Its port; 0 when it was gone at once. */
  int peerPort() {
    return peer == null ? 0 : peer.port();
  }

  /** The client whom the peer speaks for, by the PROXY protocol. Whether that counts is another matter. */
  Optional<SocketAddress> announced() {
    return announced;
  }

  /** The address that was connected to. */
  String localAddress() {
    return local == null ? "" : String.valueOf(local.hostAddress());
  }

  /** The port that was connected to. */
  int localPort() {
    return local == null ? 0 : local.port();
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
    requests--;
    if (requests == 0) {
      // A request that waited behind this one has begun by now: Vert.x brings it from within the end of the answer.
      gone = null;
    }
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

  /** From now on both sides speak another protocol, and whoever passes its bytes on watches over it. */
  public void becomesTunnel() {
    tunnel = true;
  }

  /**
   * Ends the connection when its time is over: when nothing is asked, or when the client does not take what it has asked for.
   *
   * @param now in milliseconds, of a clock that never jumps
   */
  void look(long now, NodeSettings.ClientTimeouts limits) {
    long patience = begun == 0 ? limits.headMillis() : limits.idleMillis();
    if (idle() && !closed && now - idleSince > patience) {
      closed = true;
      connection.close();
    }
    // Vert.x closes behind what waits to be sent, and that may wait for ever.
    boolean watched = !tunnel || idle();
    if (watched && outlet.stuckMillis(now) > limits.sendMillis()) {
      log.info("connection {}: the client has taken nothing for {} ms", number, limits.sendMillis());
      outlet.cutOff();
    }
  }

  boolean idle() {
    return requests == 0;
  }

  Outlet outlet() {
    return outlet;
  }

  HttpConnection connection() {
    return connection;
  }
}
