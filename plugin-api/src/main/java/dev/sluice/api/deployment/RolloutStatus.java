package dev.sluice.api.deployment;

import java.util.Map;

/**
 * What a strategy does now.
 *
 * @param phase in a word, such as {@code active} or {@code ramping}
 * @param shares the part of requests that each group is meant to get, by its name; between 0 and 1, in sum 1
 */
public record RolloutStatus(String phase, Map<String, Double> shares) {

  /** Copies the shares. */
  public RolloutStatus {
    shares = Map.copyOf(shares);
  }
}
