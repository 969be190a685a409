package dev.sluice.plugins.logging;

import dev.sluice.api.request.RequestContext;
import dev.sluice.api.request.Timeline;

/**
 * Where the time of a request went, in milliseconds.
 *
 * @param request all of it
 * @param kong the gateway's share, with the time it took to pass the answer on
 * @param proxy how long the upstream was waited for; -1 when it was not asked
 * @param receive how long it took to pass the answer on
 */
public record Latencies(long request, long kong, long proxy, long receive) {

  private static final long NANOS = 1_000_000;

  /** Those of a request that has ended. */
  public static Latencies of(RequestContext context) {
    Timeline timeline = context.timeline();
    long request = timeline.ended() / NANOS;
    if (timeline.sentUpstream() < 0) {
      return new Latencies(request, request, -1, 0);
    }
    long answered = timeline.answered() < 0 ? timeline.ended() : timeline.answered();
    long receive = (timeline.ended() - answered) / NANOS;
    return new Latencies(
        request,
        timeline.sentUpstream() / NANOS + receive,
        (answered - timeline.sentUpstream()) / NANOS,
        receive);
  }
}
