package dev.sluice.kernel.upstream;

import dev.sluice.api.entity.Certificate;
import dev.sluice.api.entity.Upstream;
import dev.sluice.api.upstream.HealthChecker;
import dev.sluice.api.upstream.HealthCheckerFactory;
import dev.sluice.api.upstream.HealthSink;
import dev.sluice.api.upstream.LoadBalancer;
import dev.sluice.api.upstream.LoadBalancerFactory;
import dev.sluice.api.upstream.Outcome;
import dev.sluice.api.upstream.PickContext;
import dev.sluice.api.upstream.Picker;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.api.upstream.UpstreamView;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * One version of an upstream as it runs: its addresses, its load balancer, its health checkers. Built on the control
 * thread, started when its snapshot is published, closed when the next version has taken over.
 */
public final class UpstreamRuntime {

  private static final Logger log = LoggerFactory.getLogger(UpstreamRuntime.class);

  private final long since;
  private final Seat seat;
  private final Inputs inputs;
  private final UpstreamView view;
  private final List<ResolvedTarget> targets;
  private final List<KernelTarget> leaving;
  private final Optional<LoadBalancer> balancer;
  private final Picker[] pickers;
  private final RetryBudget budget;
  private final Environment environment;
  private final Set<HealthCheckerFactory> watching = Collections.newSetFromMap(new IdentityHashMap<>());
  private HealthChecker[] checkers = {};
  private volatile boolean checked;

  /**
   * What a version is made of; another version is built only when one of these differs.
   *
   * @param upstream the entity, or one made up for a plain host
   * @param targets with the addresses they resolved to
   * @param certificate what addresses are shown over TLS
   * @param balancer the factory of its algorithm
   * @param checkers all that are loaded
   */
  record Inputs(
      Upstream upstream,
      List<ResolvedTarget> targets,
      Optional<Certificate> certificate,
      Optional<LoadBalancerFactory> balancer,
      List<HealthCheckerFactory> checkers) {}

  UpstreamRuntime(
      long since,
      Seat seat,
      Inputs inputs,
      List<KernelTarget> addresses,
      List<KernelTarget> leaving,
      RetryBudget budget,
      Environment environment) {
    this.since = since;
    this.seat = seat;
    this.inputs = inputs;
    this.targets = inputs.targets();
    this.leaving = List.copyOf(leaving);
    this.budget = budget;
    this.environment = environment;
    this.view =
        new UpstreamView(
            inputs.upstream(),
            List.<TargetState>copyOf(addresses),
            inputs.certificate(),
            environment.policy().with(inputs.upstream()));
    this.balancer = inputs.balancer().map(factory -> factory.build(view));
    this.pickers = new Picker[environment.loops()];
  }

  /** The number of the snapshot that it is new in. */
  long since() {
    return since;
  }

  /** Where its versions follow each other. */
  public Seat seat() {
    return seat;
  }

  /** Has those find it who lead to its seat; when nothing can keep the snapshot that it is new in from serving. */
  public void lead() {
    seat.take(this);
  }

  Inputs inputs() {
    return inputs;
  }

  /** The upstream. */
  public Upstream upstream() {
    return inputs.upstream();
  }

  /** The certificate that its addresses are shown over TLS, unless a service has one of its own. */
  public Optional<Certificate> clientCertificate() {
    return inputs.certificate();
  }

  /** Tells the names that its addresses come from. */
  public void names(Consumer<AddressBook.Name> use) {
    targets.forEach(target -> use.accept(new AddressBook.Name(target.target().host(), target.target().port())));
  }

  /** The addresses. */
  public List<TargetState> addresses() {
    return view.addresses();
  }

  /** Whether somebody can take a request. */
  public boolean available() {
    return view.addresses().stream().anyMatch(each -> each.healthy() && each.weight() > 0);
  }

  /** Addresses of the versions before, at which requests may still be under way. */
  List<KernelTarget> leaving() {
    return leaving;
  }

  List<ResolvedTarget> targets() {
    return targets;
  }

  RetryBudget budget() {
    return budget;
  }

  /** Seconds after which clients shall come back when nobody can be picked; 0 tells them nothing. */
  public int retryAfter() {
    return view.policy().retryAfter();
  }

  /** Whether health checks are on. */
  public boolean checked() {
    return checked;
  }

  /** Whether no address is known although there is a target: its name does not resolve. */
  public boolean unresolved() {
    return view.addresses().isEmpty() && !targets.isEmpty();
  }

  /** Why it is not known whether a plain host's name has an address; empty when that is known, either way. */
  public Optional<String> unsure() {
    return unresolved() && targets.get(0).unsure() ? Optional.of(targets.get(0).dns()) : Optional.empty();
  }

  /** Whether a checker of a factory watches this upstream; on the control thread. */
  public boolean watchedBy(HealthCheckerFactory factory) {
    return watching.contains(factory);
  }

  /** Whether a target is given by a name. */
  public boolean named() {
    return targets.stream().anyMatch(target -> !AddressBook.literal(target.target().host()));
  }

  /** Begins health checks; on the control thread. */
  public void start() {
    List<HealthChecker> made = new ArrayList<>();
    for (HealthCheckerFactory factory : inputs.checkers()) {
      try {
        factory
            .create(view, this::report)
            .ifPresent(
                checker -> {
                  made.add(checker);
                  watching.add(factory);
                });
      } catch (RuntimeException e) {
        log.error("health checker {} cannot watch upstream {}", factory.name(), upstream().name(), e);
      }
    }
    checked = made.stream().anyMatch(HealthChecker::canEject);
    checkers = made.toArray(HealthChecker[]::new);
  }

  /** Ends health checks; on the control thread. */
  public void close() {
    for (HealthChecker checker : checkers) {
      try {
        checker.close();
      } catch (RuntimeException e) {
        log.warn("a health checker of upstream {} failed to close", upstream().name(), e);
      }
    }
  }

  /**
   * Chooses an address, on an event loop.
   *
   * @param loop the number of the event loop
   */
  public Optional<TargetState> pick(int loop, PickContext context) {
    return picker(loop).pick(context);
  }

  private Picker picker(int loop) {
    Picker picker = pickers[loop];
    if (picker == null) {
      picker = balancer.map(LoadBalancer::newPicker).orElseGet(this::onlyAddress);
      pickers[loop] = picker;
    }
    return picker;
  }

  /**
   * Says what chance each address has to be chosen, on an event loop; choosing nobody.
   *
   * @return empty when that is not known
   */
  public Optional<Map<TargetState, Double>> chances(int loop, PickContext context) {
    List<TargetState> addresses = view.addresses();
    return addresses.size() == 1 && balancer.isEmpty()
        ? Optional.of(Map.of(addresses.get(0), 1.0))
        : picker(loop).chances(context);
  }

  /** A plain host with one address needs no algorithm; anything else does, and without one nobody is picked. */
  private Picker onlyAddress() {
    List<TargetState> addresses = view.addresses();
    Optional<TargetState> only =
        addresses.size() == 1 ? ((KernelTarget) addresses.get(0)).some() : Optional.empty();
    return context -> only;
  }

  /**
   * Counts a request that is about to be sent for the first time; on its event loop.
   *
   * @param nanos the present time
   */
  public void began(int loop, long nanos) {
    budget.request(loop, nanos);
  }

  /**
   * Whether a request may be tried again, which counts as done then; on its event loop. It may for nothing when nobody
   * has had anything of it and there is somebody who has not refused it: it makes no more work for the upstream than
   * any other request. All else is taken out of the budget.
   *
   * @param reached whether the attempt that failed had a connection
   * @param tried knows at which addresses it has failed
   */
  public boolean mayRetry(int loop, boolean reached, PickContext tried) {
    if (!reached && view.addresses().stream().anyMatch(each -> each.weight() > 0 && each.healthy() && !tried.failedAt(each))) {
      budget.free();
      return true;
    }
    long nanos = System.nanoTime();
    boolean may = budget.take(loop, nanos, view.policy().retryBudget(), view.policy().retryFloor());
    if (!may && budget.tells(nanos)) {
      log.warn(
          "upstream {}: its retry budget is spent, {} retries have not been made so far",
          upstream().name(),
          budget.refused());
    }
    return may;
  }

  /** Passes on how an attempt ended, on the event loop of the request. */
  public void outcome(int loop, TargetState target, Outcome outcome) {
    Picker picker = pickers[loop];
    if (picker != null) {
      picker.onOutcome(target, outcome);
    }
    for (HealthChecker checker : checkers) {
      checker.onOutcome(target, outcome);
    }
  }

  private void report(TargetState target, HealthSink.Observation observation, int limit) {
    KernelTarget known = (KernelTarget) target;
    if (known.state().report(observation, limit)) {
      changed(known);
    }
  }

  /** Marks an address by hand. */
  void mark(KernelTarget target, boolean healthy) {
    if (target.state().set(healthy)) {
      changed(target);
    }
  }

  private void changed(KernelTarget target) {
    if (target.healthy()) {
      target.state().backSince(others(target) ? environment.clock().millis() : 0);
    }
    log.atLevel(target.healthy() ? Level.INFO : Level.WARN)
        .log("upstream {}: {} is {}", upstream().name(), target, target.healthy() ? "healthy" : "unhealthy");
    balancer.ifPresent(LoadBalancer::healthChanged);
    environment.onHealthChange().accept(this, target);
  }

  /** Whether somebody else of its group serves. */
  @SuppressWarnings("ReferenceEquality")
  private boolean others(KernelTarget target) {
    return view.addresses().stream()
        .map(KernelTarget.class::cast)
        .anyMatch(each -> each.state() != target.state() && each.serves(target.target().priority()));
  }
}
