package dev.sluice.kernel.upstream;

import dev.sluice.api.upstream.TargetResolver;
import dev.sluice.api.upstream.TargetResolver.Address;
import dev.sluice.api.upstream.TargetResolver.Resolution;
import dev.sluice.api.upstream.UnresolvedException;
import io.netty.util.NetUtil;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The addresses of all names that the configuration uses. Names are looked up before a configuration that uses them is
 * compiled and looked up again when their time has passed, so that no request waits for a name. Lives on the control
 * thread.
 */
public final class AddressBook {

  private static final Logger log = LoggerFactory.getLogger(AddressBook.class);
  private static final Duration RETRY = Duration.ofSeconds(5);

  private static final Comparator<Address> ORDER =
      Comparator.comparing(Address::ip)
          .thenComparingInt(Address::port)
          .thenComparingInt(Address::weight)
          .thenComparing(Address::name);

  private final Clock clock;
  private final Executor control;
  private final Map<Name, Entry> entries = new HashMap<>();

  /**
   * A name to resolve.
   *
   * @param host the name
   * @param port for addresses whose record names none
   */
  public record Name(String host, int port) {}

  /**
   * What is known of a name.
   *
   * @param dns the type of its records, or why there are none
   * @param absent whether it is known that there are none
   * @param expiresAt when to ask again
   * @param staleUntil how long the addresses are used when nobody answers
   */
  private record Entry(String dns, List<Address> addresses, boolean absent, long expiresAt, long staleUntil) {

    Entry askedAgainAt(long time) {
      return new Entry(dns, addresses, absent, time, staleUntil);
    }
  }

  /**
   * Makes an empty book.
   *
   * @param control runs tasks on the control thread
   */
  public AddressBook(Clock clock, Executor control) {
    this.clock = clock;
    this.control = control;
  }

  /** Whether a host is an address and needs no resolving. */
  static boolean literal(String host) {
    return NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
  }

  /**
   * Looks up the names that are not known yet.
   *
   * @return succeeds in any case, once each name has an answer or the lookup has failed
   */
  public Future<Void> learn(Set<Name> names, Optional<TargetResolver> resolver) {
    List<Future<Boolean>> lookups = new ArrayList<>();
    for (Name name : names) {
      if (!literal(name.host()) && !entries.containsKey(name)) {
        lookups.add(lookUp(name, resolver));
      }
    }
    return lookups.isEmpty() ? Future.succeededFuture() : Future.join(lookups).mapEmpty();
  }

  /**
   * Looks up again what has expired and forgets what is not used.
   *
   * @return whether an address has changed
   */
  public Future<Boolean> refresh(Set<Name> used, Optional<TargetResolver> resolver) {
    entries.keySet().retainAll(used);
    long now = clock.millis();
    List<Future<Boolean>> lookups = new ArrayList<>();
    for (Map.Entry<Name, Entry> entry : new HashMap<>(entries).entrySet()) {
      if (entry.getValue().expiresAt() <= now) {
        lookups.add(lookUp(entry.getKey(), resolver));
      }
    }
    return lookups.isEmpty()
        ? Future.succeededFuture(false)
        : Future.join(lookups).map(done -> done.<Boolean>list().contains(true));
  }

  private Future<Boolean> lookUp(Name name, Optional<TargetResolver> resolver) {
    if (resolver.isEmpty()) {
      return Future.succeededFuture(put(name, failed(name, "no resolver is loaded", false, RETRY)));
    }
    Promise<Boolean> done = Promise.promise();
    asked(resolver.get(), name)
        .onComplete(
            answer -> control.execute(() -> done.complete(put(name, entry(name, answer.result(), answer.cause())))));
    return done.future();
  }

  private static Future<Resolution> asked(TargetResolver resolver, Name name) {
    try {
      return resolver.resolve(name.host(), name.port());
    } catch (RuntimeException | LinkageError e) {
      return Future.failedFuture(e);
    }
  }

  private Entry entry(Name name, Resolution answer, Throwable failure) {
    if (failure == null) {
      List<Address> sorted = new ArrayList<>(new HashSet<>(answer.addresses()));
      sorted.sort(ORDER);
      long expiresAt = later(answer.ttl());
      return new Entry(
          answer.recordType(), List.copyOf(sorted), false, expiresAt, expiresAt + answer.stale().toMillis());
    }
    return failure instanceof UnresolvedException unresolved
        ? failed(name, unresolved.getMessage(), unresolved.absent(), unresolved.ttl())
        : failed(name, String.valueOf(failure.getMessage()), false, RETRY);
  }

  /** An answer that was good is better than none, for its time, unless it is known to hold no more. */
  private Entry failed(Name name, String why, boolean absent, Duration retry) {
    Entry before = entries.get(name);
    long again = later(retry);
    boolean usable = before != null && !before.addresses().isEmpty() && clock.millis() < before.staleUntil();
    if (usable && !absent) {
      return before.askedAgainAt(again);
    }
    if (before != null && !before.addresses().isEmpty()) {
      log.warn("{} does not resolve any more: {}", name.host(), why);
    }
    return new Entry(why, List.of(), absent, again, 0);
  }

  private boolean put(Name name, Entry entry) {
    Entry before = entries.put(name, entry);
    return before == null
        || !before.addresses().equals(entry.addresses())
        || !before.dns().equals(entry.dns());
  }

  private long later(Duration wait) {
    return clock.millis() + Math.max(1000, wait.toMillis());
  }

  List<Address> addresses(Name name) {
    if (literal(name.host())) {
      return List.of(new Address(name.host(), name.port(), 0));
    }
    Entry entry = entries.get(name);
    return entry == null ? List.of() : entry.addresses();
  }

  /** Whether nobody could say if a name has addresses, and none from before are usable. */
  boolean unsure(Name name) {
    Entry entry = entries.get(name);
    return !literal(name.host()) && (entry == null || entry.addresses().isEmpty() && !entry.absent());
  }

  String dns(Name name) {
    if (literal(name.host())) {
      return NetUtil.isValidIpV6Address(name.host()) ? "AAAA" : "A";
    }
    Entry entry = entries.get(name);
    return entry == null ? "not resolved" : entry.dns();
  }
}
