package dev.sluice.kernel.upstream;

import dev.sluice.api.entity.Certificate;
import dev.sluice.api.entity.Service;
import dev.sluice.api.entity.Target;
import dev.sluice.api.entity.Upstream;
import dev.sluice.api.upstream.HealthCheckerFactory;
import dev.sluice.api.upstream.LoadBalancerFactory;
import dev.sluice.api.upstream.TargetResolver.Address;
import dev.sluice.kernel.upstream.AddressBook.Name;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Builds the versions of upstreams; what has not changed is carried over. Lives on the control thread. */
public final class UpstreamBuilder {

  private static final Logger log = LoggerFactory.getLogger(UpstreamBuilder.class);
  private static final String DEFAULT_ALGORITHM = "round-robin";

  private final AddressBook book;
  private final DeniedAddresses denied;
  private final Environment environment;
  private final Set<String> told = new HashSet<>();

  /**
   * Makes a builder.
   *
   * @param denied where nothing is sent to
   * @param environment the node
   */
  public UpstreamBuilder(AddressBook book, DeniedAddresses denied, Environment environment) {
    this.book = book;
    this.denied = denied;
    this.environment = environment;
  }

  /**
   * The version of an upstream for what is configured and resolved now.
   *
   * @param number of the snapshot that it is for
   * @param before its version until now
   * @param certificate what its addresses are shown over TLS
   */
  public UpstreamRuntime upstream(
      long number,
      Optional<UpstreamRuntime> before,
      Upstream upstream,
      List<Target> targets,
      Optional<Certificate> certificate,
      Function<String, Optional<LoadBalancerFactory>> balancers,
      List<HealthCheckerFactory> checkers) {
    List<Target> sorted = new ArrayList<>(targets);
    sorted.sort(Comparator.comparing(Target::target).thenComparing(Target::id));
    List<ResolvedTarget> resolved = sorted.stream().map(this::resolve).toList();
    return build(
        number,
        before,
        new UpstreamRuntime.Inputs(
            upstream, resolved, certificate, balancers.apply(upstream.algorithm()), checkers));
  }

  /**
   * The version of a plain host: an upstream made up for it, without health checks.
   *
   * @param number of the snapshot that it is for
   * @param before its version until now
   */
  public UpstreamRuntime host(
      long number,
      Optional<UpstreamRuntime> before,
      Service service,
      Function<String, Optional<LoadBalancerFactory>> balancers) {
    UpstreamRuntime.Inputs old = before.map(UpstreamRuntime::inputs).orElse(null);
    String key = hostKey(service);
    Upstream upstream =
        old != null
            ? old.upstream()
            : new Upstream(
                key, service.host(), DEFAULT_ALGORITHM, Optional.empty(), false, new JsonObject(), new JsonObject());
    String host = service.host().contains(":") ? "[" + service.host() + "]" : service.host();
    Target target =
        old != null ? old.targets().get(0).target() : new Target(key, key, host + ":" + service.port(), 100);
    return build(
        number,
        before,
        new UpstreamRuntime.Inputs(
            upstream, List.of(resolve(target)), Optional.empty(), balancers.apply(DEFAULT_ALGORITHM), List.of()));
  }

  /** The key under which the balancer of a service's plain host is kept. */
  public static String hostKey(Service service) {
    return service.host() + " " + service.port();
  }

  private ResolvedTarget resolve(Target target) {
    Name name = new Name(target.host(), target.port());
    List<Address> all = book.addresses(name);
    List<Address> allowed = all.stream().filter(address -> !denied.denies(address)).toList();
    if (allowed.size() < all.size() && told.add(target.target())) {
      log.error(
          "target {} leads to an address that denied_targets names: nothing is sent there", target.target());
    }
    return new ResolvedTarget(target, book.dns(name), book.unsure(name), allowed);
  }

  private UpstreamRuntime build(long number, Optional<UpstreamRuntime> before, UpstreamRuntime.Inputs inputs) {
    if (before.isPresent() && same(before.get().inputs(), inputs)) {
      return before.get();
    }
    Map<String, KernelTarget> known = new HashMap<>();
    Map<String, AddressState> states = new HashMap<>();
    before.ifPresent(
        old -> {
          old.leaving().forEach(target -> states.put(target.key(), target.state()));
          old.addresses().stream().map(KernelTarget.class::cast).forEach(target -> known.put(target.key(), target));
        });
    known.values().forEach(target -> states.put(target.key(), target.state()));
    List<KernelTarget> addresses = new ArrayList<>();
    for (ResolvedTarget target : inputs.targets()) {
      for (Address address : target.addresses()) {
        String key = KernelTarget.key(target.target().host(), address.ip(), address.port());
        int weight =
            address.weight() > 0 && target.target().weight() > 0 ? address.weight() : target.target().weight();
        KernelTarget old = known.get(key);
        if (old == null || changed(old, target.target(), address, weight)) {
          boolean stays = old != null && old.weight() > 0;
          long addedAt = stays ? old.addedAt() : addedAt(before, target.target());
          AddressState state = states.computeIfAbsent(key, none -> new AddressState());
          known.put(key, new KernelTarget(target.target(), address, weight, state, addedAt));
        }
        addresses.add(known.get(key));
      }
    }
    return new UpstreamRuntime(
        number,
        before.map(UpstreamRuntime::seat).orElseGet(() -> new Seat(inputs.upstream().id())),
        inputs,
        addresses,
        before.map(old -> leaving(old, addresses)).orElse(List.of()),
        before.map(UpstreamRuntime::budget).orElseGet(() -> new RetryBudget(environment.loops())),
        environment);
  }

  /** Those that were there just now, since a request may be about to go there, and older ones with requests. */
  private static List<KernelTarget> leaving(UpstreamRuntime old, List<KernelTarget> staying) {
    Set<String> stay = new HashSet<>();
    staying.forEach(target -> stay.add(target.key()));
    List<KernelTarget> leaving = new ArrayList<>();
    old.addresses().forEach(address -> leaving.add((KernelTarget) address));
    old.leaving().stream().filter(target -> target.inFlight() > 0).forEach(leaving::add);
    leaving.removeIf(target -> stay.contains(target.key()));
    return leaving;
  }

  /** What is unchanged stays the same object, to which balancers may have tied what they have learnt. */
  @SuppressWarnings("ReferenceEquality")
  private static boolean changed(KernelTarget old, Target target, Address address, int weight) {
    return old.target() != target || old.weight() != weight || !old.name().equals(address.name());
  }

  /** Who is added to others that serve is new among them; who comes with the first, or to nobody, is not. */
  private long addedAt(Optional<UpstreamRuntime> upstream, Target target) {
    boolean others =
        upstream.isPresent()
            && upstream.get().addresses().stream()
                .anyMatch(each -> ((KernelTarget) each).serves(target.priority()));
    return others ? environment.clock().millis() : 0;
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean same(UpstreamRuntime.Inputs a, UpstreamRuntime.Inputs b) {
    return a.upstream() == b.upstream()
        && a.certificate().equals(b.certificate())
        && a.balancer().orElse(null) == b.balancer().orElse(null)
        && sameItems(a.checkers(), b.checkers())
        && sameTargets(a.targets(), b.targets());
  }

  /** By identity, since what comes from plugins is never asked whether it equals something. */
  private static boolean sameItems(List<?> a, List<?> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (a.get(i) != b.get(i)) {
        return false;
      }
    }
    return true;
  }

  @SuppressWarnings("ReferenceEquality")
  private static boolean sameTargets(List<ResolvedTarget> a, List<ResolvedTarget> b) {
    if (a.size() != b.size()) {
      return false;
    }
    for (int i = 0; i < a.size(); i++) {
      if (a.get(i).target() != b.get(i).target()
          || a.get(i).unsure() != b.get(i).unsure()
          || !a.get(i).dns().equals(b.get(i).dns())
          || !a.get(i).addresses().equals(b.get(i).addresses())) {
        return false;
      }
    }
    return true;
  }
}
