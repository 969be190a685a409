package dev.sluice.kernel.upstream;

import dev.sluice.api.entity.Target;
import dev.sluice.api.entity.Upstream;
import dev.sluice.api.upstream.LoadBalancer;
import dev.sluice.api.upstream.LoadBalancerFactory;
import dev.sluice.api.upstream.PickContext;
import dev.sluice.api.upstream.Picker;
import dev.sluice.api.upstream.TargetResolver;
import dev.sluice.api.upstream.TargetResolver.Address;
import dev.sluice.api.upstream.TargetResolver.Resolution;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.api.upstream.UnresolvedException;
import dev.sluice.api.upstream.UpstreamView;
import dev.sluice.kernel.upstream.AddressBook.Name;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The addresses of servers that filters and strategies choose, which no service names. They are looked up when they are first
 * wanted, and again after their time; an answer that was good once is better than none. Safe for all threads.
 */
public final class Origins {

  private static final Duration RETRY = Duration.ofSeconds(5);
  private static final int MOST = 4096;

  private final DeniedAddresses denied;
  private final Environment environment;
  private final Clock clock;
  private final Map<Name, Entry> known = new ConcurrentHashMap<>();

  private record Entry(UpstreamRuntime upstream, List<Address> addresses, long expiresAt, long staleUntil) {}

  /**
   * Knows no server yet.
   *
   * @param denied where nothing is sent to
   * @param environment the node
   */
  public Origins(DeniedAddresses denied, Environment environment) {
    this.denied = denied;
    this.environment = environment.untold();
    this.clock = environment.clock();
  }

  /**
   * What a server's name stands for, without addresses when it cannot be resolved. Never fails; the result may arrive
   * on any thread.
   */
  public Future<UpstreamRuntime> find(Name name, Optional<TargetResolver> resolver) {
    Entry entry = known.get(name);
    if (entry != null && clock.millis() < entry.expiresAt()) {
      return Future.succeededFuture(entry.upstream());
    }
    if (AddressBook.literal(name.host())) {
      Resolution itself =
          new Resolution("A", List.of(new Address(name.host(), name.port(), 0)), Duration.ofMinutes(1));
      return Future.succeededFuture(put(name, itself));
    }
    if (resolver.isEmpty()) {
      return Future.succeededFuture(nothing(name, new UnresolvedException("no resolver is loaded", false, RETRY)));
    }
    return resolve(resolver.get(), name)
        .map(answer -> put(name, answer))
        .recover(failure -> Future.succeededFuture(nothing(name, failure)));
  }

  private static Future<Resolution> resolve(TargetResolver resolver, Name name) {
    try {
      return resolver.resolve(name.host(), name.port());
    } catch (RuntimeException | LinkageError e) {
      return Future.failedFuture(e);
    }
  }

  private UpstreamRuntime put(Name name, Resolution answer) {
    List<Address> allowed = answer.addresses().stream().filter(address -> !denied.denies(address)).toList();
    Entry before = known.get(name);
    UpstreamRuntime upstream =
        before != null && before.addresses().equals(allowed) ? before.upstream() : runtime(name, allowed, answer.recordType(), false);
    long expiresAt = later(answer.ttl());
    keep(name, new Entry(upstream, allowed, expiresAt, expiresAt + answer.stale().toMillis()));
    return upstream;
  }

  private UpstreamRuntime nothing(Name name, Throwable failure) {
    boolean absent = failure instanceof UnresolvedException unresolved && unresolved.absent();
    Duration retry = failure instanceof UnresolvedException unresolved ? unresolved.ttl() : RETRY;
    Entry before = known.get(name);
    Entry now =
        before != null && !absent && clock.millis() < before.staleUntil()
            ? new Entry(before.upstream(), before.addresses(), later(retry), before.staleUntil())
            : new Entry(
                runtime(name, List.of(), String.valueOf(failure.getMessage()), !absent), List.of(), later(retry), 0);
    keep(name, now);
    return now.upstream();
  }

  private void keep(Name name, Entry entry) {
    if (known.size() >= MOST) {
      known.clear();
    }
    known.put(name, entry);
  }

  private long later(Duration wait) {
    return clock.millis() + Math.max(1000, wait.toMillis());
  }

  private UpstreamRuntime runtime(Name name, List<Address> addresses, String dns, boolean unsure) {
    String host = name.host().contains(":") ? "[" + name.host() + "]" : name.host();
    String key = host + ":" + name.port();
    Upstream upstream =
        new Upstream(key, name.host(), InTurn.NAME, Optional.empty(), false, new JsonObject(), new JsonObject());
    Target target = new Target(key, key, key, 100);
    List<KernelTarget> targets =
        addresses.stream()
            .map(address -> new KernelTarget(target, address, 100, new AddressState(), 0))
            .toList();
    ResolvedTarget resolved = new ResolvedTarget(target, dns, unsure, addresses);
    return new UpstreamRuntime(
        0,
        new Seat(key),
        new UpstreamRuntime.Inputs(
            upstream, List.of(resolved), Optional.empty(), Optional.of(new InTurn()), List.of()),
        targets,
        List.of(),
        new RetryBudget(environment.loops()),
        environment);
  }

  /** Takes one address after another; it is the kernel's own, so that no jar is held by what is known here. */
  private static final class InTurn implements LoadBalancerFactory {
    static final String NAME = "in-turn";

    @Override
    public String algorithm() {
      return NAME;
    }

    @Override
    public LoadBalancer build(UpstreamView view) {
      List<TargetState> all = view.addresses();
      return () -> new Turns(all);
    }
  }

  /** On one event loop. */
  private static final class Turns implements Picker {
    private final List<TargetState> all;
    private int next;

    Turns(List<TargetState> all) {
      this.all = all;
    }

    @Override
    public Optional<TargetState> pick(PickContext context) {
      TargetState found = null;
      for (int i = 0; i < all.size() && (found == null || context.failedAt(found)); i++) {
        found = all.get(Math.floorMod(next++, all.size()));
      }
      return Optional.ofNullable(found);
    }

    @Override
    public Optional<Map<TargetState, Double>> chances(PickContext context) {
      Map<TargetState, Double> chances = new HashMap<>();
      all.forEach(each -> chances.put(each, 1.0 / all.size()));
      return Optional.of(chances);
    }
  }
}
