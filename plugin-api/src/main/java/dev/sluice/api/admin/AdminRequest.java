package dev.sluice.api.admin;

import dev.sluice.api.request.Headers;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A request to an administrative listener, its body read.
 *
 * @param method as received
 * @param path the path as received, still encoded, without the query
 * @param query the decoded arguments, in order
 * @param headers the headers
 * @param body empty when there was none
 * @param peerAddress of the client
 */
public record AdminRequest(
    String method,
    String path,
    Map<String, List<String>> query,
    Headers headers,
    Buffer body,
    String peerAddress) {

  /** The first value of a query argument. */
  public Optional<String> argument(String name) {
    List<String> values = query.get(name);
    return values == null || values.isEmpty() ? Optional.empty() : Optional.of(values.get(0));
  }
}
