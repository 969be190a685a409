package dev.sluice.api.upstream;

import dev.sluice.api.entity.SluiceTags;
import dev.sluice.api.entity.Upstream;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * How an upstream is balanced beyond what Kong's fields say: as its tags say, else as the node's settings do.
 *
 * @param retryBudget how many retries there may be for each request, over the last seconds; infinite when they are not
 *     bounded
 * @param retryFloor retries per second that are allowed in any case
 * @param slowStart how long an address that comes into service takes less than its share
 * @param panicToAll whether addresses are used although they are unhealthy, when that leaves nobody
 * @param retryAfter seconds after which clients shall come back when nobody can be picked; 0 tells them nothing
 */
public record BalancingPolicy(
    double retryBudget, double retryFloor, Duration slowStart, boolean panicToAll, int retryAfter) {

  /** What holds where nothing is said. */
  public static final BalancingPolicy DEFAULT = new BalancingPolicy(0.2, 10, Duration.ZERO, false, 0);

  private static final String SETTING = "upstream_";

  /**
   * The policy of a node.
   *
   * @param settings gives the text of a setting, such as {@code upstream_slow_start}
   * @throws IllegalArgumentException when one is not good; the message names it
   */
  public static BalancingPolicy of(Function<String, Optional<String>> settings) {
    Map<String, String> values = new HashMap<>();
    for (String name : SluiceTags.UPSTREAMS.names()) {
      settings
          .apply(SETTING + name)
          .ifPresent(
              value -> {
                SluiceTags.UPSTREAMS
                    .violation(name, value)
                    .ifPresent(
                        expected -> {
                          throw new IllegalArgumentException(
                              SETTING + name + " has an invalid value: '" + value + "' (expected " + expected + ")");
                        });
                values.put(name, value);
              });
    }
    return DEFAULT.with(values);
  }

  /** This policy, but for what an upstream's tags say. */
  public BalancingPolicy with(Upstream upstream) {
    Map<String, String> values = SluiceTags.UPSTREAMS.read(upstream.settings());
    return values.isEmpty() ? this : with(values);
  }

  private BalancingPolicy with(Map<String, String> values) {
    return new BalancingPolicy(
        Optional.ofNullable(values.get("retry_budget")).map(BalancingPolicy::share).orElse(retryBudget),
        Optional.ofNullable(values.get("retry_floor")).map(Double::parseDouble).orElse(retryFloor),
        Optional.ofNullable(values.get("slow_start")).map(BalancingPolicy::seconds).orElse(slowStart),
        Optional.ofNullable(values.get("panic")).map("all"::equals).orElse(panicToAll),
        Optional.ofNullable(values.get("retry_after")).map(Integer::parseInt).orElse(retryAfter));
  }

  private static double share(String perCent) {
    return perCent.equals("off") ? Double.POSITIVE_INFINITY : Double.parseDouble(perCent) / 100;
  }

  private static Duration seconds(String seconds) {
    return Duration.ofMillis(Math.round(Double.parseDouble(seconds) * 1000));
  }
}
