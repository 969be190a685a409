package dev.sluice.kernel.upstream;

import dev.sluice.api.upstream.BalancingPolicy;
import java.time.Clock;
import java.util.function.BiConsumer;

/**
 * What upstreams need of the node that they run on.
 *
 * @param loops how many event loops will pick
 * @param clock tells when addresses come into service
 * @param policy how upstreams are balanced that do not say it themselves
 * @param onHealthChange told, on any thread, when an address has changed its state
 */
public record Environment(
    int loops, Clock clock, BalancingPolicy policy, BiConsumer<UpstreamRuntime, KernelTarget> onHealthChange) {

  /** The same node, which is not told of changes. */
  Environment untold() {
    return new Environment(loops, clock, policy, (upstream, target) -> {});
  }
}
