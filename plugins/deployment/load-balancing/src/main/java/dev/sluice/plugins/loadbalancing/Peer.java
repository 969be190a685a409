package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.upstream.PickContext;
import dev.sluice.api.upstream.TargetState;
import java.util.Optional;

/**
 * An address that may take traffic. The weight is that of the view: should the kernel's state move on, the balancer of
 * the next view will tell.
 *
 * @param answer what a pick of this peer returns, made once
 */
record Peer(TargetState state, int weight, Optional<TargetState> answer) {

  static Peer of(TargetState state) {
    return new Peer(state, state.weight(), Optional.of(state));
  }

  boolean healthy() {
    return state.healthy();
  }

  /** Whether the request should rather go elsewhere. */
  boolean failed(PickContext context) {
    return context.attempt() > 1 && context.failedAt(state);
  }
}
