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
 */
public record RouteRequest(
    String method, String scheme, String host, int localPort, String path, Headers headers, Optional<String> sni)
    implements RouteQuery {

  /** A GET over plain HTTP without other headers than Host. */
  public static RouteRequest get(String host, String path) {
    return new RouteRequest("GET", "http", host, 8000, path, headers(Map.of()), Optional.empty());
  }

  /** The same request with another method. */
  public RouteRequest withMethod(String other) {
    return new RouteRequest(other, scheme, host, localPort, path, headers, sni);
  }

  /** The same request to a listener on another port. */
  public RouteRequest withLocalPort(int other) {
    return new RouteRequest(method, scheme, host, other, path, headers, sni);
  }

  /** The same request with these headers alone, by their names in lower case. */
  public RouteRequest withHeaders(Map<String, List<String>> values) {
    return new RouteRequest(method, scheme, host, localPort, path, headers(values), sni);
  }

  /** The same request over TLS. */
  public RouteRequest withTls(Optional<String> serverName) {
    return new RouteRequest(method, "https", host, localPort, path, headers, serverName);
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
