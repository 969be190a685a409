package dev.sluice.api.upstream;

import dev.sluice.api.entity.Upstream;
import java.util.List;

/**
 * An upstream with the addresses of its targets, in one immutable version. A change of either makes a new view.
 *
 * @param upstream the upstream; for a service whose host is no upstream, one made up for that host
 * @param addresses sorted by host, address and port, so that all nodes see the same order
 */
public record UpstreamView(Upstream upstream, List<TargetState> addresses) {

  /** Copies the list. */
  public UpstreamView {
    addresses = List.copyOf(addresses);
  }
}
