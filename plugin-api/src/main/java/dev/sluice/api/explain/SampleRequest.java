package dev.sluice.api.explain;

import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A request that is asked about, as a client would send it.
 *
 * @param method as it stands in the request line
 * @param target as it stands in the request line: path and query
 * @param version of the protocol
 * @param secure whether it comes over TLS
 * @param port of the listener as clients see it; empty for the first one that speaks, or does not speak, TLS
 * @param headers the lines in order, Host among them
 * @param clientAddress the address of the peer
 * @param serverName that of the TLS handshake
 * @param consumer the id or username of who the client is taken for; filters that find that out do not run
 */
public record SampleRequest(
    String method,
    String target,
    HttpVersion version,
    boolean secure,
    OptionalInt port,
    List<Map.Entry<String, String>> headers,
    String clientAddress,
    Optional<String> serverName,
    Optional<String> consumer) {

  /** Copies the headers. */
  public SampleRequest {
    headers = List.copyOf(headers);
  }
}
