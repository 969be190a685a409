package dev.sluice.plugins.ai.llm;

import dev.sluice.api.request.Origin;
import io.vertx.core.buffer.Buffer;
import java.util.Map;
import java.util.Set;

/**
 * A request to a provider, ready to be sent.
 *
 * @param origin whom it goes to
 * @param path escaped
 * @param query encoded; empty when there is none
 * @param headers beside those of all requests
 * @param secrets the names of those headers that nobody else may see
 * @param shown path and query without what nobody else may see
 * @param body what is asked
 */
public record Call(
    Origin origin,
    String path,
    String query,
    Map<String, String> headers,
    Set<String> secrets,
    String shown,
    Buffer body) {

  /** Path and query. */
  public String target() {
    return query.isEmpty() ? path : path + "?" + query;
  }

  @Override
  public String toString() {
    return origin + shown;
  }
}
