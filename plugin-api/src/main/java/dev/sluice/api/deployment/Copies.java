package dev.sluice.api.deployment;

import io.vertx.core.Future;
import java.util.Map;

/** Sends copies of one request. To be used on the event loop of the request. */
public interface Copies {

  /**
   * Sends a copy: method, path, query, headers and body are those of the request as it went upstream. The balancer of the
   * group picks one target, which is told from others by its health as usual; the copy is sent once. The timeouts are the
   * service's, and an answer must be complete within that for reading. Nothing of it is logged or counted as a request.
   *
   * @param group the name of one of the strategy's groups, which must be an upstream; {@link Selection#REST} stands for the
   *     group that the request itself went to
   * @param more lines to add to the head
   * @return the answer, on the event loop; fails with {@link CopyFailedException}
   */
  Future<CopiedAnswer> send(String group, Map<String, String> more);
}
