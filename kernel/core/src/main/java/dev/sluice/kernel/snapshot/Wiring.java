package dev.sluice.kernel.snapshot;

import dev.sluice.api.entity.Service;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import java.util.Map;
import java.util.Optional;

/**
 * Through which balancer the requests of each service go. Immutable.
 *
 * @param links by the id of the service
 * @param runtimes those of upstreams by their id, those of plain hosts by host and port
 */
record Wiring(Map<String, Link> links, Map<String, UpstreamRuntime> runtimes) {

  /** No services. */
  static final Wiring NONE = new Wiring(Map.of(), Map.of());

  /**
   * What a service's host stands for.
   *
   * @param service whose host it is
   * @param key of the balancer
   * @param plain whether no upstream has the name, so that it is the name of a machine
   */
  record Link(Service service, String key, boolean plain) {}

  /** Whether every balancer of an earlier wiring still serves, beside what may have come. */
  @SuppressWarnings("ReferenceEquality")
  boolean keeps(Wiring before) {
    return runtimes == before.runtimes
        || before.runtimes.entrySet().stream().allMatch(entry -> runtimes.get(entry.getKey()) == entry.getValue());
  }

  /** The balancer of a service. */
  Optional<UpstreamRuntime> of(Service service) {
    Link link = links.get(service.id());
    return link == null ? Optional.empty() : Optional.ofNullable(runtimes.get(link.key()));
  }
}
