package dev.sluice.api.upstream;

import java.util.List;
import java.util.Optional;

/** The balancers of this node, as the Admin API shows them. Safe for all threads. */
public interface Upstreams {

  /** The state of one upstream; empty when this node runs no balancer for it. */
  Optional<UpstreamStatus> status(String upstreamId);

  /** All upstreams that this node runs balancers for, of all workspaces; none for hosts that are no upstreams. */
  default List<NamedStatus> all() {
    throw new UnsupportedOperationException("these upstreams cannot be listed");
  }

  /**
   * Marks addresses healthy or unhealthy by hand and clears their counters.
   *
   * @param host of the target
   * @param port of the target
   * @param address an {@code ip:port}; empty means all addresses of the target
   * @return false when the upstream has no health checks, which makes marking impossible
   */
  boolean mark(String upstreamId, String host, int port, Optional<String> address, boolean healthy);

  /**
   * An upstream with its name.
   *
   * @param name unique in its workspace
   * @param status the state
   */
  record NamedStatus(String name, UpstreamStatus status) {}

  /**
   * An upstream.
   *
   * @param checked whether health checks are on
   * @param targets in no particular order
   * @param leaving addresses that take no new requests, since their target or their record is gone, and at which
   *     requests are still under way
   * @param retries how often requests have been tried again
   */
  record UpstreamStatus(
      boolean checked, List<TargetStatus> targets, List<LeavingStatus> leaving, RetryStatus retries) {

    /** An upstream of which nobody was asked twice. */
    public UpstreamStatus(boolean checked, List<TargetStatus> targets, List<LeavingStatus> leaving) {
      this(checked, targets, leaving, new RetryStatus(0, 0));
    }

    /** An upstream that nobody is leaving. */
    public UpstreamStatus(boolean checked, List<TargetStatus> targets) {
      this(checked, targets, List.of());
    }
  }

  /**
   * Retries since the upstream has been there, or the node was started.
   *
   * @param made attempts that followed another one
   * @param refused attempts that did not follow, since the budget was spent
   */
  record RetryStatus(long made, long refused) {}

  /**
   * An address that is leaving.
   *
   * @param target as it was configured
   * @param address what is left of it
   */
  record LeavingStatus(String target, AddressStatus address) {}

  /**
   * A target.
   *
   * @param targetId the entity's id
   * @param host the host part of the target
   * @param port the port of the target
   * @param dns the record type it resolved by, or why it did not
   * @param weight as configured
   * @param addresses empty when the name did not resolve
   */
  record TargetStatus(
      String targetId, String host, int port, String dns, int weight, List<AddressStatus> addresses) {}

  /**
   * An address.
   *
   * @param ip the address
   * @param port the port
   * @param weight its share
   * @param healthy whether health checks allow traffic
   * @param inFlight requests under way
   */
  record AddressStatus(String ip, int port, int weight, boolean healthy, int inFlight) {}
}
