package dev.sluice.api.routing;

import dev.sluice.api.request.Headers;
import java.util.Optional;

/** What a router may look at. The kernel's request implements it, so that no query is built per request. */
public interface RouteQuery {

  /** The method. */
  String method();

  /** {@code http} or {@code https}. */
  String scheme();

  /** The Host header as received, perhaps with a port; empty when there is none. */
  String host();

  /** The port of the listener. */
  int localPort();

  /** The path in normal form. */
  String path();

  /** The headers. */
  Headers headers();

  /** The server name of the TLS handshake; empty for a plain connection too. */
  Optional<String> sni();
}
