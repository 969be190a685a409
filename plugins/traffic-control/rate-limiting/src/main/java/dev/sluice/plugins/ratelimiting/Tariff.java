package dev.sluice.plugins.ratelimiting;

import dev.sluice.api.request.MutableHeaders;
import dev.sluice.plugins.traffic.Limits;
import dev.sluice.plugins.traffic.Windows;
import java.util.ArrayList;
import java.util.List;

/** Decides whether a request passes, and says so in headers. Names of headers are made once. */
final class Tariff {

  private final Limits limits;
  private final List<String> limitHeaders = new ArrayList<>();
  private final List<String> remainingHeaders = new ArrayList<>();

  Tariff(Limits limits) {
    this.limits = limits;
    for (int i = 0; i < limits.size(); i++) {
      limitHeaders.add("X-RateLimit-Limit-" + limits.period(i).title());
      remainingHeaders.add("X-RateLimit-Remaining-" + limits.period(i).title());
    }
  }

  Limits limits() {
    return limits;
  }

  /** Whether some limit was reached before the request came. */
  boolean exceeded(long[] used) {
    for (int i = 0; i < used.length; i++) {
      if (limits.value(i) - used[i] <= 0) {
        return true;
      }
    }
    return false;
  }

  /**
   * Writes the headers.
   *
   * @return the seconds until the tightest window ends
   */
  String show(long[] used, boolean exceeded, Windows windows, MutableHeaders headers) {
    int tightest = 0;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < used.length; i++) {
      double remaining = Math.max(0, limits.value(i) - used[i] - (exceeded ? 0 : 1));
      headers.set(limitHeaders.get(i), limits.shown(i));
      headers.set(remainingHeaders.get(i), Limits.text(remaining));
      // Of equals the longest counts: periods come by length.
      if (remaining <= least) {
        least = remaining;
        tightest = i;
      }
    }
    String reset = Long.toString(windows.reset(limits.period(tightest)));
    headers.set("RateLimit-Limit", limits.shown(tightest));
    headers.set("RateLimit-Remaining", Limits.text(least));
    headers.set("RateLimit-Reset", reset);
    return reset;
  }
}
