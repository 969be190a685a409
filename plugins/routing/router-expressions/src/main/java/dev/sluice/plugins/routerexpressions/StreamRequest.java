package dev.sluice.plugins.routerexpressions;

import dev.sluice.api.request.Headers;
import dev.sluice.api.routing.RouteQuery;
import dev.sluice.api.routing.StreamQuery;
import java.util.List;
import java.util.Optional;

/**
 * A connection in the place of a request: conditions of streams ask for nothing else.
 *
 * @param connection the connection
 */
record StreamRequest(StreamQuery connection) implements RouteQuery {

  /** Whether a route of these protocols is for the connection: one of plain TCP is for what comes out of TLS as well. */
  boolean fits(List<String> protocols) {
    String own = connection.protocol();
    return protocols.contains(own) || own.equals("tls") && protocols.contains("tcp");
  }

  /** As Kong has it: only the server name tells TLS from TCP. */
  @Override
  public String scheme() {
    return connection.sni().isPresent() ? "tls" : "tcp";
  }

  @Override
  public Optional<String> sni() {
    return connection.sni();
  }

  @Override
  public String clientAddress() {
    return connection.clientAddress();
  }

  @Override
  public int clientPort() {
    return connection.clientPort();
  }

  @Override
  public String localAddress() {
    return connection.localAddress();
  }

  @Override
  public int localPort() {
    return connection.localPort();
  }

  @Override
  public String method() {
    return "";
  }

  @Override
  public String host() {
    return "";
  }

  @Override
  public String path() {
    return "";
  }

  @Override
  public Headers headers() {
    return Headers.NONE;
  }
}
