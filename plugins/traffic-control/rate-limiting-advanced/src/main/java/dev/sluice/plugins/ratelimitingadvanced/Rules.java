package dev.sluice.plugins.ratelimitingadvanced;

import dev.sluice.plugins.traffic.Limits;
import dev.sluice.plugins.traffic.Period;
import io.vertx.core.json.JsonArray;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much there is in each of some windows, the shortest first. Immutable.
 *
 * @param windows their limits
 * @param sliding whether the window before counts, too
 * @param penalty whether refused requests count, where windows slide
 */
record Rules(List<Window> windows, boolean sliding, boolean penalty) {

  /**
   * A window.
   *
   * @param millis its length
   * @param limit how many requests there may be in it
   * @param shown the limit, as headers show it
   * @param name of its length, as headers have it
   */
  record Window(long millis, double limit, String shown, String name) {

    String limitHeader() {
      return "X-RateLimit-Limit-" + name;
    }

    String remainingHeader() {
      return "X-RateLimit-Remaining-" + name;
    }

    /** When the window began that a moment lies in. */
    long start(long now) {
      return now - Math.floorMod(now, millis);
    }
  }

  static Rules of(JsonArray sizes, JsonArray limits, boolean sliding, boolean penalty) {
    Map<Long, Window> windows = new TreeMap<>();
    for (int i = 0; i < sizes.size(); i++) {
      double seconds = sizes.getDouble(i);
      double limit = limits.getDouble(i);
      long millis = Math.max(1, Math.round(seconds * 1000));
      // Of the same window twice the lower limit holds: in both, a request would count twice.
      windows.merge(
          millis,
          new Window(millis, limit, Limits.text(limit), name(seconds)),
          (one, other) -> one.limit() <= other.limit() ? one : other);
    }
    return new Rules(List.copyOf(windows.values()), sliding, penalty);
  }

  private static String name(double seconds) {
    return Arrays.stream(Period.values())
        .filter(period -> period.seconds() == seconds)
        .findFirst()
        .map(Period::title)
        .orElseGet(() -> Limits.text(seconds));
  }

  /** Whether a refused request counts. */
  boolean countsRefused() {
    return sliding && penalty;
  }
}
