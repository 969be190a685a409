package dev.sluice.kernel.snapshot;

import dev.sluice.api.deployment.GroupDefinition;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Service;
import dev.sluice.api.entity.Upstream;
import dev.sluice.kernel.trust.TlsBook;
import dev.sluice.kernel.trust.UpstreamTls;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/** Finds the destinations of strategies' groups. Lives on the control thread. */
final class GroupCompiler {

  private static final StrategyGroups[] NONE = {};
  private static final Destination NOWHERE = Destination.of(Optional.empty(), Optional.empty());

  private final EntityTables tables;
  private final Wiring wiring;
  private final TlsBook tls;
  private final IdentityHashMap<Service, Destination> known = new IdentityHashMap<>();

  GroupCompiler(EntityTables tables, Wiring wiring, TlsBook tls) {
    this.tables = tables;
    this.wiring = wiring;
    this.tls = tls;
  }

  /** The groups of all strategies of a chain. */
  StrategyGroups[] groups(ChainPlan chain, String workspace, Optional<Service> service, Destination own) {
    if (chain.strategies().isEmpty() || service.isEmpty()) {
      return NONE;
    }
    List<StrategyGroups> all = new ArrayList<>();
    for (FilterInstance instance : chain.strategies()) {
      List<StrategyGroups.Group> groups = new ArrayList<>();
      for (GroupDefinition definition : instance.groups()) {
        groups.add(new StrategyGroups.Group(definition, destination(definition, workspace, service.get(), own)));
      }
      all.add(new StrategyGroups(instance, own, groups));
    }
    return all.toArray(StrategyGroups[]::new);
  }

  /** Whether the groups of a plan lead elsewhere than they would if they were compiled now. */
  boolean moved(RoutePlan plan) {
    for (StrategyGroups groups : plan.groups()) {
      for (StrategyGroups.Group group : groups.groups()) {
        Service service = plan.service().orElseThrow();
        Destination own = own(plan.service());
        if (!destination(group.definition(), plan.workspace(), service, own).equals(group.destination())) {
          return true;
        }
      }
    }
    return false;
  }

  /** Where requests of a service go that no strategy sends elsewhere: one object for all its routes, which caches then hold. */
  Destination own(Optional<Service> service) {
    return service.isEmpty() ? NOWHERE : known.computeIfAbsent(service.get(), this::own);
  }

  private Destination own(Service service) {
    Optional<UpstreamRuntime> runtime = wiring.of(service);
    return Destination.of(runtime, tls(service, runtime));
  }

  private Optional<UpstreamTls> tls(Service service, Optional<UpstreamRuntime> runtime) {
    return tls.of(service, runtime.flatMap(UpstreamRuntime::clientCertificate), tables);
  }

  private Destination destination(GroupDefinition definition, String workspace, Service service, Destination own) {
    String host = definition.host().orElse(service.host());
    Optional<UpstreamRuntime> runtime = tables
        .byUnique(workspace, CoreEntities.UPSTREAMS, "name", host)
        .map(Upstream::id)
        .map(wiring.runtimes()::get);
    if (runtime.isPresent()) {
      return Destination.of(runtime, tls(service, runtime));
    }
    boolean same = host.equals(service.host()) && definition.port().orElse(service.port()) == service.port();
    return same ? own : Destination.machine(service, host, definition.port(), tls(service, Optional.empty()));
  }
}
