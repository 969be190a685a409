package dev.sluice.plugins.loadbalancing;

import dev.sluice.api.upstream.LoadBalancer;
import dev.sluice.api.upstream.UpstreamView;

/** Chooses among the targets of one group. */
interface Algorithm {

  /** What upstreams call it, such as {@code round-robin}. */
  String name();

  /**
   * A balancer for a group.
   *
   * @param view the upstream, with the addresses of this group alone
   * @param peers those of them that have a weight
   */
  LoadBalancer build(UpstreamView view, Peers peers);
}
