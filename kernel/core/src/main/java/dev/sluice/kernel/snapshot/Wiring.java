package dev.sluice.kernel.snapshot;

import dev.sluice.api.entity.Service;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.pcollections.HashTreePSet;
import org.pcollections.PSet;

/**
 * Through which balancer the requests of each service go. Immutable.
 *
 * @param links by the id of the service
 * @param runtimes those of upstreams by their id, those of plain hosts by host and port
 * @param hosts the ids of the services by their host
 */
record Wiring(LayeredMap<String, Link> links, LayeredMap<String, UpstreamRuntime> runtimes, LayeredMap<String, PSet<String>> hosts) {

  /** No services. */
  static final Wiring NONE = new Wiring(LayeredMap.empty(), LayeredMap.empty(), LayeredMap.empty());

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
        || runtimes.differing(before.runtimes).stream().noneMatch(before.runtimes::containsKey);
  }

  /** The balancer of a service. */
  Optional<UpstreamRuntime> of(Service service) {
    Link link = links.get(service.id());
    return link == null ? Optional.empty() : Optional.ofNullable(runtimes.get(link.key()));
  }

  /** Whether a service goes through the balancer of a link. */
  boolean uses(Link link) {
    return withHost(link.service().host()).stream().anyMatch(id -> links.get(id).key().equals(link.key()));
  }

  /** The ids of the services that have a host. */
  Set<String> withHost(String host) {
    PSet<String> services = hosts.get(host);
    return services == null ? HashTreePSet.empty() : services;
  }

  /** The services that may have another balancer than in an earlier wiring. */
  Set<String> moved(Wiring before) {
    Set<String> services = new HashSet<>(links.differing(before.links));
    for (String key : runtimes.differing(before.runtimes)) {
      for (Wiring each : new Wiring[] {before, this}) {
        UpstreamRuntime runtime = each.runtimes.get(key);
        if (runtime != null) {
          services.addAll(withHost(runtime.upstream().name()));
        }
      }
    }
    return services;
  }
}
