package dev.sluice.api.upstream;

import java.util.Map;
import java.util.Optional;

/** Chooses addresses on one event loop. */
@FunctionalInterface
public interface Picker {

  /**
   * Chooses an address for one attempt. Must neither block nor choose an address that is unhealthy or has weight 0.
   *
   * @return empty when nobody can take the request
   */
  Optional<TargetState> pick(PickContext context);

  /**
   * Says what chance each address has to be picked for the first attempt of a request, now, and changes nothing.
   *
   * @return in sum 1, or nobody when nobody can take the request; empty when that is not known
   */
  default Optional<Map<TargetState, Double>> chances(PickContext context) {
    return Optional.empty();
  }

  /** Told of each attempt that has ended, on the event loop of the picker. */
  default void onOutcome(TargetState target, Outcome outcome) {}
}
