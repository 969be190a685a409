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
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

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
  Wiring whole(Wiring before, Registry registry, EntityTables tables) {
    Map<String, Link> links = new HashMap<>();
    Map<String, UpstreamRuntime> runtimes = new HashMap<>();
    for (Upstream upstream : tables.all(CoreEntities.UPSTREAMS)) {
      runtimes.put(upstream.id(), runtime(before, registry, tables, upstream));
    }
    for (Service service : tables.all(CoreEntities.SERVICES)) {
      Link link = link(tables, service);
      links.put(service.id(), link);
      if (link.plain()) {
        runtimes.computeIfAbsent(link.key(), key -> host(before, registry, service));
      }
    }
    return new Wiring(links, runtimes);
  }

  /** What has become of it by a change of certain entities. */
  Wiring changed(GatewaySnapshot before, Registry registry, EntityTables tables, Changes changes) {
    Wiring old = before.wiring();
    Map<String, UpstreamRuntime> runtimes = new HashMap<>(old.runtimes());
    for (String id : touchedUpstreams(before.tables(), tables, changes)) {
      tables
          .byId(CoreEntities.UPSTREAMS, id)
          .ifPresentOrElse(
              upstream -> runtimes.put(id, runtime(old, registry, tables, upstream)), () -> runtimes.remove(id));
    }
    Map<String, Link> links = new HashMap<>(old.links());
    Set<String> left = new HashSet<>();
    for (String id : touchedServices(before, tables, changes)) {
      Optional<Link> link = tables.byId(CoreEntities.SERVICES, id).map(service -> link(tables, service));
      Link gone = link.isPresent() ? links.put(id, link.get()) : links.remove(id);
      if (gone != null && gone.plain()) {
        left.add(gone.key());
      }
      link.filter(Link::plain)
          .ifPresent(found -> runtimes.computeIfAbsent(found.key(), key -> host(old, registry, found.service())));
    }
    if (!left.isEmpty()) {
      links.values().forEach(link -> left.remove(link.key()));
      runtimes.keySet().removeAll(left);
    }
    return new Wiring(links, same(old.runtimes(), runtimes) ? old.runtimes() : runtimes);
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean same(Map<String, UpstreamRuntime> before, Map<String, UpstreamRuntime> after) {
    return before.size() == after.size()
        && after.entrySet().stream().allMatch(entry -> before.get(entry.getKey()) == entry.getValue());
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
    if (!renamed.isEmpty()) {
      for (Link link : before.wiring().links().values()) {
        if (renamed.contains(link.service().host())) {
          touched.add(link.service().id());
        }
      }
    }
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

  private UpstreamRuntime runtime(Wiring before, Registry registry, EntityTables tables, Upstream upstream) {
    return upstreams.upstream(
        Optional.ofNullable(before.runtimes().get(upstream.id())),
        upstream,
        tables.byReference(CoreEntities.TARGETS, "upstream", upstream.id()),
        upstream.clientCertificateId().flatMap(id -> tables.byId(CoreEntities.CERTIFICATES, id)),
        registry::loadBalancer,
        registry.healthCheckers());
  }

  private UpstreamRuntime host(Wiring before, Registry registry, Service service) {
    return upstreams.host(
        Optional.ofNullable(before.runtimes().get(UpstreamBuilder.hostKey(service))), service, registry::loadBalancer);
  }
}
