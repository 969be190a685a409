package dev.sluice.plugins.dns;

import dev.sluice.api.PluginContext;
import dev.sluice.api.upstream.TargetResolver;
import dev.sluice.plugins.dns.DnsSettings.Family;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Asks the system, which reads the hosts file and {@code resolv.conf}. It says nothing of how long an answer holds, so
 * that all hold equally long. Safe for all threads; names that are asked for again meanwhile are asked for once.
 */
final class SystemResolver implements TargetResolver {

  /** Addresses written as such do not change. */
  private static final Duration FOR_EVER = Duration.ofDays(3650);

  private static final int LONGEST_NAME = 253;

  /**
   * Names that may be looked up: no empty label, and a last one that is no number, or the system would take it for an
   * address in one of its ancient forms.
   */
  private static final Pattern NAME =
      Pattern.compile("(?:[A-Za-z0-9_-]{1,63}\\.)*(?!(?:[0-9]+|0[xX][0-9A-Fa-f]*)\\.?$)[A-Za-z0-9_-]{1,63}\\.?");

  private final PluginContext context;
  private final DnsSettings settings;
  private final Lookup lookup;
  private final Map<String, Future<Found>> underWay = new ConcurrentHashMap<>();

  /** The system's resolver; blocks. */
  @FunctionalInterface
  interface Lookup {
    InetAddress[] all(String host) throws UnknownHostException;
  }

  private record Found(Family family, List<String> addresses) {

    Resolution at(int port, Duration ttl) {
      return new Resolution(
          family.name(), addresses.stream().map(ip -> new Address(ip, port, 0)).toList(), ttl);
    }
  }

  SystemResolver(PluginContext context, DnsSettings settings, Lookup lookup) {
    this.context = context;
    this.settings = settings;
    this.lookup = lookup;
  }

  @Override
  public Future<Resolution> resolve(String host, int port) {
    String name = host.toLowerCase(Locale.ROOT);
    if (Literal.isIpv4(name)) {
      return known(Family.A, name, port);
    }
    if (name.equals("localhost") || name.equals("localhost.")) {
      return known(Family.A, "127.0.0.1", port);
    }
    return Literal.ipv6(host)
        .map(address -> known(Family.AAAA, address, port))
        .orElseGet(() -> find(name).map(found -> found.at(port, settings.ttl())));
  }

  private static Future<Resolution> known(Family family, String address, int port) {
    return Future.succeededFuture(new Found(family, List.of(address)).at(port, FOR_EVER));
  }

  private Future<Found> find(String name) {
    if (name.length() > LONGEST_NAME || !NAME.matcher(name).matches() || isReservedAsInvalid(name)) {
      return Future.failedFuture(new NameException(NameException.NAME_ERROR));
    }
    Future<Found> running = underWay.get(name);
    if (running != null) {
      return onContextOfCaller(running);
    }
    Future<Found> lookup = context.blocking(() -> lookUp(name));
    underWay.put(name, lookup);
    lookup.onComplete(over -> underWay.remove(name, lookup));
    return lookup;
  }

  /** A future that was begun for somebody else calls back on that one's context. */
  private static Future<Found> onContextOfCaller(Future<Found> running) {
    Context caller = Vertx.currentContext();
    if (caller == null) {
      return running;
    }
    Promise<Found> promise = Promise.promise();
    running.onComplete(over -> caller.runOnContext(now -> promise.handle(over)));
    return promise.future();
  }

  /** Names below {@code invalid} never exist (RFC 6761): asking would only cost time. */
  private static boolean isReservedAsInvalid(String name) {
    return name.endsWith(".invalid") || name.endsWith(".invalid.");
  }

  private Found lookUp(String name) {
    InetAddress[] all;
    try {
      all = lookup.all(name);
    } catch (UnknownHostException e) {
      throw NameException.of(e);
    }
    for (Family family : settings.order()) {
      List<String> addresses = Stream.of(all)
          .filter(address -> address instanceof Inet4Address == (family == Family.A))
          .map(InetAddress::getHostAddress)
          .distinct()
          .sorted()
          .toList();
      if (!addresses.isEmpty()) {
        return new Found(family, addresses);
      }
    }
    throw new NameException(NameException.NAME_ERROR);
  }
}
