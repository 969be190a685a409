package dev.sluice.kernel.snapshot;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Service;
import dev.sluice.api.entity.Target;
import dev.sluice.api.entity.Upstream;
import dev.sluice.kernel.registry.Registry;
import dev.sluice.kernel.snapshot.Wiring.Link;
import dev.sluice.kernel.upstream.AddressBook.Name;
import dev.sluice.kernel.upstream.UpstreamBuilder;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.pcollections.HashTreePSet;
import org.pcollections.PSet;

/** Ties services to balancers; only what a change can have touched is tied anew. Lives on the control thread. */
final class WiringCompiler {

  private static final String SERVICES = CoreEntities.SERVICES.name();
  private static final String UPSTREAMS = CoreEntities.UPSTREAMS.name();
  private static final String TARGETS = CoreEntities.TARGETS.name();
  private static final String CERTIFICATES = CoreEntities.CERTIFICATES.name();

  private final UpstreamBuilder upstreams;

  WiringCompiler(UpstreamBuilder upstreams) {
    this.upstreams = upstreams;
  }

  /** Whether a change can have touched any of it. */
  static boolean touched(Changes changes) {
    return changes.names() || changes.touches(SERVICES, UPSTREAMS, TARGETS, CERTIFICATES);
  }

  /** All of it; balancers are carried over where nothing about them has changed. */
  Wiring whole(GatewaySnapshot before, Registry registry, EntityTables tables) {
    Map<String, Link> links = new HashMap<>();
    Map<String, UpstreamRuntime> runtimes = new HashMap<>();
    Map<String, PSet<String>> hosts = new HashMap<>();
    for (Upstream upstream : tables.all(CoreEntities.UPSTREAMS)) {
      runtimes.put(upstream.id(), runtime(before, registry, tables, upstream));
    }
    for (Service service : tables.all(CoreEntities.SERVICES)) {
      Link link = link(tables, service);
      links.put(service.id(), link);
      hosts.merge(service.host(), HashTreePSet.singleton(service.id()), (ids, one) -> ids.plus(service.id()));
      if (link.plain()) {
        runtimes.computeIfAbsent(link.key(), key -> host(before, registry, service));
      }
    }
    return new Wiring(LayeredMap.of(links), LayeredMap.of(runtimes), LayeredMap.of(hosts));
  }

  /** What has become of it by a change of certain entities. */
  Wiring changed(GatewaySnapshot before, Registry registry, EntityTables tables, Changes changes) {
    Wiring old = before.wiring();
    LayeredMap.Edit<String, UpstreamRuntime> runtimes = old.runtimes().edit();
    for (String id : touchedUpstreams(before.tables(), tables, changes)) {
      tables
          .byId(CoreEntities.UPSTREAMS, id)
          .ifPresentOrElse(
              upstream -> runtimes.put(id, runtime(before, registry, tables, upstream)), () -> runtimes.remove(id));
    }
    LayeredMap.Edit<String, Link> links = old.links().edit();
    LayeredMap.Edit<String, PSet<String>> hosts = old.hosts().edit();
    List<Link> left = new ArrayList<>();
    for (String id : touchedServices(before, tables, changes)) {
      Link gone = links.get(id);
      if (gone != null) {
        links.remove(id);
        leave(hosts, gone.service());
        left.add(gone);
      }
      tables.byId(CoreEntities.SERVICES, id).ifPresent(
          service -> {
            Link link = link(tables, service);
            links.put(id, link);
            join(hosts, service);
            if (link.plain() && runtimes.get(link.key()) == null) {
              runtimes.put(link.key(), host(before, registry, service));
            }
          });
    }
    Wiring next = new Wiring(links.done(), old.runtimes(), hosts.done());
    for (Link link : left) {
      if (link.plain() && !next.uses(link)) {
        runtimes.remove(link.key());
      }
    }
    return new Wiring(next.links(), runtimes.done(), next.hosts());
  }

  private static void join(LayeredMap.Edit<String, PSet<String>> hosts, Service service) {
    PSet<String> others = hosts.get(service.host());
    hosts.put(
        service.host(), others == null ? HashTreePSet.singleton(service.id()) : others.plus(service.id()));
  }

  private static void leave(LayeredMap.Edit<String, PSet<String>> hosts, Service service) {
    PSet<String> rest = hosts.get(service.host()).minus(service.id());
    if (rest.isEmpty()) {
      hosts.remove(service.host());
    } else {
      hosts.put(service.host(), rest);
    }
  }

  private static Set<String> touchedUpstreams(EntityTables before, EntityTables after, Changes changes) {
    Set<String> touched = new HashSet<>(changes.of(UPSTREAMS));
    for (String id : changes.of(TARGETS)) {
      before.byId(CoreEntities.TARGETS, id).map(Target::upstreamId).ifPresent(touched::add);
      after.byId(CoreEntities.TARGETS, id).map(Target::upstreamId).ifPresent(touched::add);
    }
    for (String id : changes.of(CERTIFICATES)) {
      touched.addAll(after.childIds(UPSTREAMS, "client_certificate", id));
    }
    return touched;
  }

  /** A service that was written, or whose host has become, or ceased to be, the name of an upstream. */
  private static Set<String> touchedServices(GatewaySnapshot before, EntityTables after, Changes changes) {
    Set<String> touched = new HashSet<>(changes.of(SERVICES));
    Set<String> renamed = new HashSet<>();
    for (String id : changes.of(UPSTREAMS)) {
      before.tables().byId(CoreEntities.UPSTREAMS, id).map(Upstream::name).ifPresent(renamed::add);
      after.byId(CoreEntities.UPSTREAMS, id).map(Upstream::name).ifPresent(renamed::add);
    }
    renamed.forEach(host -> touched.addAll(before.wiring().withHost(host)));
    return touched;
  }

  /** The names that must be known before any of it is compiled. */
  static Set<Name> names(EntityTables tables) {
    Set<Name> names = new HashSet<>();
    for (Target target : tables.all(CoreEntities.TARGETS)) {
      names.add(name(target));
    }
    for (Service service : tables.all(CoreEntities.SERVICES)) {
      if (upstreamOf(tables, service).isEmpty()) {
        names.add(name(service));
      }
    }
    return names;
  }

  /** The names that a change may have brought. */
  static Set<Name> names(GatewaySnapshot before, EntityTables tables, Changes changes) {
    if (changes.everything()) {
      return names(tables);
    }
    Set<Name> names = new HashSet<>();
    for (String id : changes.of(TARGETS)) {
      tables.byId(CoreEntities.TARGETS, id).ifPresent(target -> names.add(name(target)));
    }
    for (String id : touchedServices(before, tables, changes)) {
      tables
          .byId(CoreEntities.SERVICES, id)
          .filter(service -> upstreamOf(tables, service).isEmpty())
          .ifPresent(service -> names.add(name(service)));
    }
    return names;
  }

  private static Name name(Target target) {
    return new Name(target.host(), target.port());
  }

  private static Name name(Service service) {
    return new Name(service.host(), service.port());
  }

  private static Link link(EntityTables tables, Service service) {
    return upstreamOf(tables, service)
        .map(upstream -> new Link(service, upstream.id(), false))
        .orElseGet(() -> new Link(service, UpstreamBuilder.hostKey(service), true));
  }

  /** The upstream that a service's host names, in the service's own workspace. */
  private static Optional<Upstream> upstreamOf(EntityTables tables, Service service) {
    String workspace = tables.workspaceOf(SERVICES, service.id()).orElse(Workspaces.DEFAULT_ID);
    return tables.byUnique(workspace, CoreEntities.UPSTREAMS, "name", service.host());
  }

  private UpstreamRuntime runtime(GatewaySnapshot before, Registry registry, EntityTables tables, Upstream upstream) {
    return upstreams.upstream(
        before.version() + 1,
        Optional.ofNullable(before.wiring().runtimes().get(upstream.id())),
        upstream,
        tables.byReference(CoreEntities.TARGETS, "upstream", upstream.id()),
        upstream.clientCertificateId().flatMap(id -> tables.byId(CoreEntities.CERTIFICATES, id)),
        registry::loadBalancer,
        registry.healthCheckers());
  }

  private UpstreamRuntime host(GatewaySnapshot before, Registry registry, Service service) {
    return upstreams.host(
        before.version() + 1,
        Optional.ofNullable(before.wiring().runtimes().get(UpstreamBuilder.hostKey(service))),
        service,
        registry::loadBalancer);
  }
}
