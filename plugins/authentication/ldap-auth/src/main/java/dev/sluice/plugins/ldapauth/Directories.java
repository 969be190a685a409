package dev.sluice.plugins.ldapauth;

import dev.sluice.api.PluginContext;
import io.vertx.core.Future;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The connections of this node to directories: those that are idle are used again, by the event loop that they are on. */
final class Directories {

  private static final Duration WATCH = Duration.ofMillis(100);

  private final PluginContext context;
  private final Map<Directory, NetClient> clients = new ConcurrentHashMap<>();
  private final Map<Place, Deque<LdapConnection>> idle = new ConcurrentHashMap<>();
  private final Set<LdapConnection> all = ConcurrentHashMap.newKeySet();

  /** A directory as one event loop sees it. */
  private record Place(Directory directory, Thread loop) {}

  Directories(PluginContext context) {
    this.context = context;
  }

  Clock clock() {
    return context.clock();
  }

  /** Closes connections that are late from now on. */
  void watch() {
    context.every(WATCH, () -> {
      long now = System.nanoTime() / 1_000_000;
      all.removeIf(connection -> connection.closeWhenLate(now));
    });
  }

  /** Whether a directory takes a password for someone's; fails when it cannot be asked. On an event loop. */
  Future<Boolean> check(Directory directory, String name, byte[] password) {
    Deque<LdapConnection> free =
        idle.computeIfAbsent(new Place(directory, Thread.currentThread()), place -> new ArrayDeque<>());
    LdapConnection known = free.poll();
    while (known != null && !known.isOpen()) {
      known = free.poll();
    }
    if (known == null) {
      return open(directory).compose(fresh -> ask(directory, fresh, free, name, password));
    }
    // The directory may have closed it at this very moment: then it is asked once more.
    return ask(directory, known, free, name, password)
        .recover(cause -> open(directory).compose(fresh -> ask(directory, fresh, free, name, password)));
  }

  private Future<Boolean> ask(
      Directory directory, LdapConnection connection, Deque<LdapConnection> free, String name, byte[] password) {
    connection.deadline(in(directory.timeout()));
    return connection.bind(name, password).map(taken -> {
      if (directory.keepalive() > 0 && connection.isOpen()) {
        connection.deadline(in(directory.keepalive()));
        free.push(connection);
      } else {
        connection.close();
      }
      return taken;
    });
  }

  private static long in(int millis) {
    return System.nanoTime() / 1_000_000 + millis;
  }

  private Future<LdapConnection> open(Directory directory) {
    return clients
        .computeIfAbsent(directory, wanted -> context.netClient(options(wanted)))
        .connect(directory.port(), directory.host())
        .compose(socket -> {
          LdapConnection connection = new LdapConnection(socket);
          connection.deadline(in(directory.timeout()));
          all.add(connection);
          return directory.tls() == Directory.Tls.STARTED
              ? connection.startTls().onFailure(cause -> connection.close())
              : Future.succeededFuture(connection);
        });
  }

  private static NetClientOptions options(Directory directory) {
    NetClientOptions options = new NetClientOptions().setConnectTimeout(Math.max(1, directory.timeout()));
    if (directory.tls() == Directory.Tls.NONE) {
      return options;
    }
    return options
        .setSsl(directory.tls() == Directory.Tls.FROM_THE_BEGINNING)
        .setTrustAll(!directory.verified())
        .setHostnameVerificationAlgorithm(directory.verified() ? "LDAPS" : "");
  }
}
