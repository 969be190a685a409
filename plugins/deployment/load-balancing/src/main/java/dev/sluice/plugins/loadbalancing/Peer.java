package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.upstream.PickContext;
import dev.sluice.api.upstream.TargetState;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An address that may take traffic. The weight is that of the view: should the kernel's state move on, the balancer of
 * the next view will tell.
 *
 * @param answer what a pick of this peer returns, made once
 * @param trusted whether it is taken for healthy whatever is known of it
 * @param offers how often it was about to be picked while it was new in service
 */
record Peer(TargetState state, int weight, Optional<TargetState> answer, boolean trusted, AtomicInteger offers) {

  static Peer of(TargetState state) {
    return of(state, false);
  }

  static Peer of(TargetState state, boolean trusted) {
    return new Peer(state, state.weight(), Optional.of(state), trusted, new AtomicInteger());
  }

  boolean healthy() {
    return trusted || state.healthy();
  }

  /** Whether the request should rather go elsewhere. */
  boolean failed(PickContext context) {
    return context.attempt() > 1 && context.failedAt(state);
  }
}
