package dev.sluice.kernel.proxy;

import dev.sluice.api.request.Answer;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import java.util.Optional;

/** What is answered when there is nobody to send a request to. Safe for all threads. */
public final class Nobody {

  private Nobody() {}

  /** The answer to a request for which an upstream has no address at the first attempt. */
  public static Answer answer(UpstreamRuntime upstream) {
    boolean plain = upstream.upstream().settings().isEmpty();
    Optional<String> unsure = plain ? upstream.unsure() : Optional.empty();
    if (unsure.isPresent()) {
      String host = upstream.upstream().name();
      return Answer.error(500, "failed the initial dns/balancer resolve for '" + host + "' with: " + unsure.get());
    }
    boolean name = plain && upstream.unresolved() && !upstream.checked();
    Answer answer = Answer.error(503, name ? "name resolution failed" : "failure to get a peer from the ring-balancer");
    int retryAfter = upstream.retryAfter();
    return retryAfter > 0 ? answer.header("Retry-After", String.valueOf(retryAfter)) : answer;
  }
}
