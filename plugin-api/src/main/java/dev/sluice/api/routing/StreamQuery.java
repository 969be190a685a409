package dev.sluice.api.routing;

import java.util.Optional;

/** What a router may look at of a connection that is passed on as it is. */
public interface StreamQuery {

  /**
   * {@code tcp} for a plain connection, {@code tls} for one whose encryption ends here, {@code tls_passthrough} for an
   * encrypted one of which nothing but the greeting was read.
   */
  String protocol();

  /** The address of the client. */
  String clientAddress();

  /** The port of the client. */
  int clientPort();

  /** The address that the client has connected to. */
  String localAddress();

  /** The port that the client has connected to. */
  int localPort();

  /** The server name of the TLS handshake; empty for a plain connection too. */
  Optional<String> sni();
}
