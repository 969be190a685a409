package dev.sluice.plugins.ratelimiting;

import dev.sluice.api.request.MutableHeaders;
import dev.sluice.plugins.traffic.Limits;
import dev.sluice.plugins.traffic.Windows;
import io.vertx.core.http.HttpHeaders;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/** Decides whether a request passes, and says so in headers. Names of headers are made once. */
final class Tariff {

  /** What is left of a minute, written out. */
  private static final String[] SECONDS = IntStream.rangeClosed(0, 60).mapToObj(Integer::toString).toArray(String[]::new);

  private static final CharSequence LIMIT = HttpHeaders.createOptimized("RateLimit-Limit");
  private static final CharSequence REMAINING = HttpHeaders.createOptimized("RateLimit-Remaining");
  private static final CharSequence RESET = HttpHeaders.createOptimized("RateLimit-Reset");

  private final Limits limits;
  private final List<CharSequence> limitHeaders = new ArrayList<>();
  private final List<CharSequence> remainingHeaders = new ArrayList<>();

  Tariff(Limits limits) {
    this.limits = limits;
    for (int i = 0; i < limits.size(); i++) {
      limitHeaders.add(HttpHeaders.createOptimized("X-RateLimit-Limit-" + limits.period(i).title()));
      remainingHeaders.add(HttpHeaders.createOptimized("X-RateLimit-Remaining-" + limits.period(i).title()));
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
    String leastText = "";
    for (int i = 0; i < used.length; i++) {
      double remaining = Math.max(0, limits.value(i) - used[i] - (exceeded ? 0 : 1));
      headers.set(limitHeaders.get(i), limits.shown(i));
      String text = Limits.text(remaining);
      headers.set(remainingHeaders.get(i), text);
      // Of equals the longest counts: periods come by length.
      if (remaining <= least) {
        least = remaining;
        leastText = text;
        tightest = i;
      }
    }
    long seconds = windows.reset(limits.period(tightest));
    String reset = seconds < SECONDS.length ? SECONDS[(int) seconds] : Long.toString(seconds);
    headers.set(LIMIT, limits.shown(tightest));
    headers.set(REMAINING, leastText);
    headers.set(RESET, reset);
    return reset;
  }
}
