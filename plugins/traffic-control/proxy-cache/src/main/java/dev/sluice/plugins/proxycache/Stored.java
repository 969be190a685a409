package dev.sluice.plugins.proxycache;

import dev.sluice.api.request.Headers;
import io.vertx.core.buffer.Buffer;
import java.util.List;
import java.util.Map;

/**
 * An answer that is kept.
 *
 * @param status of the answer
 * @param headers its lines, those of a connection left out
 * @param body whole; never changed
 * @param vary the headers of requests that it is for, by their names, as they were in the request that brought it
 * @param timestamp when it came, in seconds since the epoch
 * @param ttl seconds for which it is fresh
 * @param keep seconds for which it is kept
 */
record Stored(
    int status,
    List<Map.Entry<String, String>> headers,
    Buffer body,
    Map<String, List<String>> vary,
    long timestamp,
    long ttl,
    long keep) {

  /** Whether it is an answer to a request with these headers. */
  boolean isFor(Headers request) {
    for (Map.Entry<String, List<String>> header : vary.entrySet()) {
      if (!request.getAll(header.getKey()).equals(header.getValue())) {
        return false;
      }
    }
    return true;
  }

  /** About how many bytes it takes. */
  int weight() {
    int weight = 500 + body.length();
    for (Map.Entry<String, String> line : headers) {
      weight += 100 + line.getKey().length() + line.getValue().length();
    }
    return weight;
  }
}
