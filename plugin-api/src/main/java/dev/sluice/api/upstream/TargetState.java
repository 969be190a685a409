package dev.sluice.api.upstream;

import dev.sluice.api.entity.Target;

/**
 * One address of a target as it runs on this node. The kernel owns it; it outlives changes of the configuration that
 * do not concern the address. Safe for all threads.
 */
public interface TargetState {

  /** The target that the address belongs to. */
  Target target();

  /** The host as the target names it: a name or an address. */
  String host();

  /** The IP address. */
  String address();

  /** The port. */
  int port();

  /** The share of traffic, relative to the other addresses of the upstream; 0 takes none. */
  int weight();

  /** Whether health checks allow traffic. Says nothing of the weight. */
  boolean healthy();

  /** Requests that are under way to this address. */
  int inFlight();

  /**
   * When it came into service beside others that were serving already, since it was added or is healthy again: in
   * milliseconds of the node's clock. 0 when it has been there from the beginning, or nobody else was.
   */
  default long servingSince() {
    return 0;
  }
}
