package dev.sluice.api.routing;

import dev.sluice.api.request.Headers;
import java.util.List;
import java.util.Map;
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

  /** The query's arguments, decoded, in order; an argument without a value has the value {@code ""}. */
  default Map<String, List<String>> query() {
    return Map.of();
  }

  /** The client's address: the peer's, unless a trusted peer told another one. Empty when it is not known. */
  default String clientAddress() {
    return "";
  }

  /** The client's port; 0 when it is not known. */
  default int clientPort() {
    return 0;
  }

  /** The address of this node that the client has connected to. Empty when it is not known. */
  default String localAddress() {
    return "";
  }
}
