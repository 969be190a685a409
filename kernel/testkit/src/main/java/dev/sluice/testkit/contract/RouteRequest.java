package dev.sluice.testkit.contract;

import dev.sluice.api.request.Headers;
import dev.sluice.api.routing.RouteQuery;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/**
 * A request to route.
 *
 * @param method the method
 * @param scheme {@code http} or {@code https}
 * @param host the Host header
 * @param localPort the port of the listener
 * @param path the path in normal form
 * @param headers the headers
 * @param sni the server name
 * @param query the query's arguments
 * @param clientAddress the address of the client
 * @param clientPort the port of the client
 * @param localAddress the address of the listener
 */
public record RouteRequest(
    String method,
    String scheme,
    String host,
    int localPort,
    String path,
    Headers headers,
    Optional<String> sni,
    Map<String, List<String>> query,
    String clientAddress,
    int clientPort,
    String localAddress)
    implements RouteQuery {

  /** A GET over plain HTTP without other headers than Host. */
  public static RouteRequest get(String host, String path) {
    return new RouteRequest(
        "GET", "http", host, 8000, path, headers(Map.of()), Optional.empty(), Map.of(), "127.0.0.1", 40_000,
        "127.0.0.1");
  }

  /** The same request with another method. */
  public RouteRequest withMethod(String other) {
    return new RouteRequest(
        other, scheme, host, localPort, path, headers, sni, query, clientAddress, clientPort, localAddress);
  }

  /** The same request to a listener on another port. */
  public RouteRequest withLocalPort(int other) {
    return new RouteRequest(
        method, scheme, host, other, path, headers, sni, query, clientAddress, clientPort, localAddress);
  }

  /** The same request with these headers alone, by their names in lower case. */
  public RouteRequest withHeaders(Map<String, List<String>> values) {
    return new RouteRequest(
        method, scheme, host, localPort, path, headers(values), sni, query, clientAddress, clientPort, localAddress);
  }

  /** The same request over TLS. */
  public RouteRequest withTls(Optional<String> serverName) {
    return new RouteRequest(
        method, "https", host, localPort, path, headers, serverName, query, clientAddress, clientPort, localAddress);
  }

  /** The same request with these arguments alone. */
  public RouteRequest withQuery(Map<String, List<String>> arguments) {
    return new RouteRequest(
        method, scheme, host, localPort, path, headers, sni, arguments, clientAddress, clientPort, localAddress);
  }

  /** The same request from another client; port 0 is one that is not known. */
  public RouteRequest from(String address, int port) {
    return new RouteRequest(
        method, scheme, host, localPort, path, headers, sni, query, address, port, localAddress);
  }

  /** The same request to another address of this node. */
  public RouteRequest withLocalAddress(String other) {
    return new RouteRequest(
        method, scheme, host, localPort, path, headers, sni, query, clientAddress, clientPort, other);
  }

  private static Headers headers(Map<String, List<String>> values) {
    return new FixedHeaders(Map.copyOf(values));
  }

  private record FixedHeaders(Map<String, List<String>> values) implements Headers {

    @Override
    public Optional<String> get(CharSequence name) {
      return getAll(name).stream().findFirst();
    }

    @Override
    public List<String> getAll(CharSequence name) {
      return values.getOrDefault(name.toString().toLowerCase(Locale.ROOT), List.of());
    }

    @Override
    public boolean contains(CharSequence name) {
      return !getAll(name).isEmpty();
    }

    @Override
    public void forEach(BiConsumer<String, String> visitor) {
      values.forEach((name, all) -> all.forEach(value -> visitor.accept(name, value)));
    }
  }
}
