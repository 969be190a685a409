package dev.sluice.plugins.tracing;

import dev.sluice.api.request.Attempt;
import dev.sluice.api.request.RequestContext;
import dev.sluice.api.request.Timeline;
import java.util.List;

/** How long each attempt to reach a target took. For the phase LOG. */
public final class Tries {

  private Tries() {}

  /** When an attempt was over, in nanoseconds since the head of the request: an earlier one when the next one began. */
  public static long endOf(RequestContext context, int index) {
    List<Attempt> attempts = context.attempts();
    if (index + 1 < attempts.size()) {
      return attempts.get(index + 1).startedNanos();
    }
    Timeline timeline = context.timeline();
    boolean failed = attempts.get(index).failure().isPresent();
    return failed && timeline.answered() >= 0 ? timeline.answered() : timeline.ended();
  }
}
