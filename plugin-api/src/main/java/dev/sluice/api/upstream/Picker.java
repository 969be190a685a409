package dev.sluice.api.upstream;

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

  /** Told of each attempt that has ended, on the event loop of the picker. */
  default void onOutcome(TargetState target, Outcome outcome) {}
}
