package dev.sluice.kernel.boot;

import dev.sluice.api.admin.AdminRequest;
import dev.sluice.api.admin.AdminResponse;
import dev.sluice.api.admin.AdminSurface;
import dev.sluice.kernel.accesslog.AccessLogs;
import dev.sluice.kernel.listener.AdminGate;
import dev.sluice.kernel.listener.AdminVerticle;
import dev.sluice.kernel.listener.ProxyAddress;
import dev.sluice.kernel.listener.ProxyVerticle;
import dev.sluice.kernel.listener.TlsMaterial;
import dev.sluice.kernel.pipeline.ListenerInfo;
import dev.sluice.kernel.pipeline.Loop;
import dev.sluice.kernel.pipeline.NodeSettings;
import dev.sluice.kernel.pipeline.RequestObservers;
import dev.sluice.kernel.snapshot.Snapshots;
import dev.sluice.kernel.stream.StreamListeners;
import dev.sluice.kernel.stream.StreamTls;
import dev.sluice.kernel.tls.AskedClients;
import dev.sluice.kernel.tls.ServerKeys;
import dev.sluice.kernel.tls.ServerSuite;
import dev.sluice.kernel.tls.SniCertificates;
import dev.sluice.kernel.tls.VerifiedClients;
import dev.sluice.kernel.trust.TlsBook;
import dev.sluice.kernel.upstream.Origins;
import io.vertx.core.AbstractVerticle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** The listeners of the node. */
final class Servers {

  /** Ports that the system chooses have numbers of their own here, to be one for all event loops. */
  private static final int STREAM_PORTS = 1000;

  /** How long what serves those who administer stays for their calls, when it is to go. */
  private static final long ADMIN_PATIENCE_MILLIS = 10_000;

  private final Vertx vertx;
  private final NodeConfig config;
  private final NodeSettings settings;
  private final Snapshots snapshots;
  private final SniCertificates certificates;
  private final List<Loop> loops;
  private final Map<String, Integer> ports;
  private final Function<String, Optional<AdminSurface>> surfaces;
  private final EventLoops eventLoops;
  private final Origins origins;
  private final TlsBook tls;
  private final AccessLogs logs;
  private final RequestObservers observers;
  private final ServerSuite suite;
  private final Optional<VerifiedClients> clients;
  private final AskedClients asked;
  private volatile Optional<AdminGate> access = Optional.empty();
  private final List<ProxyVerticle> proxies = new CopyOnWriteArrayList<>();
  private final List<AdminVerticle> admins = new CopyOnWriteArrayList<>();
  private final Map<Integer, ListenerInfo> listeners = new ConcurrentSkipListMap<>();
  private final AtomicInteger numbers = new AtomicInteger();

  Servers(
      Vertx vertx,
      NodeConfig config,
      NodeSettings settings,
      Snapshots snapshots,
      List<Loop> loops,
      Map<String, Integer> ports,
      Function<String, Optional<AdminSurface>> surfaces,
      EventLoops eventLoops,
      Origins origins,
      TlsBook tls,
      AccessLogs logs,
      RequestObservers observers) {
    this.vertx = vertx;
    this.config = config;
    this.settings = settings;
    this.snapshots = snapshots;
    this.certificates = new SniCertificates(
        () -> snapshots.current().tables(), () -> snapshots.current().registry().certificates());
    this.loops = loops;
    this.ports = ports;
    this.surfaces = surfaces;
    this.eventLoops = eventLoops;
    this.origins = origins;
    this.tls = tls;
    this.logs = logs;
    this.observers = observers;
    this.suite = ListenerTlsReader.suite(config);
    this.clients = ListenerTlsReader.clients(config);
    this.asked = new AskedClients(snapshots::current);
  }

  /**
   * Opens the plain listeners, then those with TLS, whose certificate may have to be made first.
   *
   * @param served is asked, once the proxy listens, to have ready what the administrative listeners show
   */
  Future<Void> listen(Supplier<Future<Void>> served) {
    return eventLoops
        .startEverywhere(this::verticle)
        .compose(deployed -> proxy(false))
        .compose(open -> served.get())
        .compose(open -> access())
        .compose(open -> admin("admin", "admin_listen"))
        .compose(open -> admin("admin_gui", "admin_gui_listen"))
        .compose(open -> admin("status", "status_listen"))
        .compose(open -> proxy(true))
        .compose(open -> streams());
  }

  private TlsMaterial tls(String prefix, String name) {
    List<String> certificates = config.list(prefix + "ssl_cert");
    List<String> keys = config.list(prefix + "ssl_cert_key");
    if (certificates.isEmpty() != keys.isEmpty()) {
      throw new ConfigException(prefix + (keys.isEmpty() ? "ssl_cert_key" : "ssl_cert") + " must be specified");
    }
    if (certificates.size() != keys.size()) {
      throw new ConfigException(
          prefix + "ssl_cert was specified " + certificates.size() + " times while " + prefix
              + "ssl_cert_key was specified " + keys.size() + " times");
    }
    Path folder = config.prefix().resolve("ssl");
    return new TlsMaterial(certificates, keys, folder, name);
  }

  private Future<HttpServerOptions> secured(HttpServerOptions options, boolean ssl, String prefix) {
    if (!ssl) {
      return Future.succeededFuture(options);
    }
    // One that is made is shown by both listeners of those who administer: the second need not wait for another.
    TlsMaterial material = tls(prefix, prefix.startsWith("admin_") ? "admin_default" : prefix + "default");
    return vertx.executeBlocking(
        () -> {
          material.configure(options);
          suite.configure(options);
          return options;
        });
  }

  private Future<Void> proxy(boolean ssl) {
    List<Listen> listens = Listen.parse(config, "proxy_listen");
    List<Future<ProxyAddress>> made = new ArrayList<>();
    List<Integer> positions = new ArrayList<>();
    for (int i = 0; i < listens.size(); i++) {
      Listen listen = listens.get(i);
      if (listen.ssl() == ssl) {
        positions.add(i);
        int bind = listen.port() == 0 ? -(i + 1) : listen.port();
        made.add(
            secured(options(listen), ssl, "")
                .map(this::withConfigured)
                .map(this::verifying)
                .map(
                    options ->
                        new ProxyAddress(listen.host(), listen.port(), bind, ssl, options, settings.portMaps())));
      }
    }
    if (made.isEmpty()) {
      return Future.succeededFuture();
    }
    return Future.all(made)
        .compose(
            all -> {
              List<ProxyAddress> addresses = all.list();
              return open(addresses, (index, port) -> listening(positions.get(index), port, addresses.get(index)));
            });
  }

  private void listening(int position, int port, ProxyAddress address) {
    ports.put("proxy_listen." + position, port);
    listeners.put(position, address.info(port));
  }

  /** What requests are told of the listeners of the proxy, in the order of the setting. */
  List<ListenerInfo> proxyListeners() {
    return List.copyOf(listeners.values());
  }

  private Future<Void> streams() {
    List<Listen> listens = Listen.parse(config, "stream_listen");
    List<Future<StreamListeners.Address>> made = new ArrayList<>();
    for (int i = 0; i < listens.size(); i++) {
      Listen listen = listens.get(i);
      int bind = listen.port() == 0 ? -(STREAM_PORTS + i) : listen.port();
      Future<Optional<StreamTls>> tls =
          listen.ssl()
              ? secured(ProxyAddress.options(listen.backlog(), true, false), true, "")
                  .map(this::withConfigured)
                  .compose(options -> vertx.executeBlocking(() -> Optional.of(new StreamTls(vertx, options, suite))))
              : Future.succeededFuture(Optional.empty());
      made.add(
          tls.map(
              found ->
                  new StreamListeners.Address(
                      listen.host(), listen.port(), bind, listen.backlog(), listen.proxyProtocol(), found)));
    }
    if (made.isEmpty()) {
      return Future.succeededFuture();
    }
    return Future.all(made)
        .compose(
            all -> {
              List<Future<Void>> open = new ArrayList<>();
              for (ProxyVerticle proxy : proxies) {
                open.add(proxy.openStreams(all.list(), (index, port) -> ports.put("stream_listen." + index, port)));
              }
              return Future.all(open).mapEmpty();
            });
  }

  /** Where HTTP/2 may be spoken without TLS, a connection is none for Vert.x before its first byte: nobody else watches it. */
  private HttpServerOptions options(Listen listen) {
    HttpServerOptions options =
        ProxyAddress.options(listen.backlog(), listen.ssl(), listen.http2()).setUseProxyProtocol(listen.proxyProtocol());
    return listen.http2() && !listen.ssl()
        ? options.setIdleTimeoutUnit(TimeUnit.MILLISECONDS).setIdleTimeout((int) settings.clientTimeouts().headMillis())
        : options;
  }

  /** Where the node verifies all its clients, they are asked already. */
  private HttpServerOptions verifying(HttpServerOptions options) {
    if (options.isSsl()) {
      clients.ifPresentOrElse(verified -> verified.configure(options), () -> suite.asking(options, asked));
    }
    return options;
  }

  private HttpServerOptions withConfigured(HttpServerOptions options) {
    return options.isSsl()
        ? options.setKeyCertOptions(new ServerKeys(options.getKeyCertOptions(), certificates, asked))
        : options;
  }

  private Future<Void> open(List<ProxyAddress> addresses, BiConsumer<Integer, Integer> onListening) {
    List<Future<Void>> open = new ArrayList<>();
    proxies.forEach(proxy -> open.add(proxy.open(addresses, onListening)));
    return Future.all(open).mapEmpty();
  }

  private ProxyVerticle verticle() {
    ProxyVerticle verticle = new ProxyVerticle(this::loop, origins, tls);
    proxies.add(verticle);
    return verticle;
  }

  /** The state of an event loop, made on it. */
  private Loop loop(AbstractVerticle verticle) {
    Loop loop =
        new Loop(
            numbers.getAndIncrement(),
            verticle.getVertx(),
            Vertx.currentContext(),
            settings,
            snapshots,
            logs,
            observers);
    loops.add(loop);
    return loop;
  }

  private Future<Void> admin(String name, String setting) {
    List<Listen> listens = Listen.parse(config, setting);
    if (listens.isEmpty()) {
      return Future.succeededFuture();
    }
    List<Future<AdminVerticle.Address>> made = new ArrayList<>();
    for (Listen listen : listens) {
      HttpServerOptions options =
          ProxyAddress.options(listen.backlog(), listen.ssl(), listen.http2())
              .setUseProxyProtocol(listen.proxyProtocol());
      made.add(
          secured(options.setIdleTimeout(75), listen.ssl(), name + "_")
              .map(ready -> new AdminVerticle.Address(listen.host(), listen.port(), ready)));
    }
    return Future.all(made)
        .compose(all -> deploy(name, setting, all.list(), gate(name)));
  }

  private Future<Void> access() {
    return vertx
        .executeBlocking(() -> AdminAccess.gate(config, Node.machine(), Servers::show))
        .map(gate -> {
          // Not beside the way, by onSuccess: whoever comes next might be told before the gate is there.
          access = Optional.of(gate);
          return null;
        });
  }

  private AdminGate gate(String name) {
    return switch (name) {
      case "admin" -> access.orElseThrow();
      case "admin_gui" -> access.orElseThrow().ofPages();
      default -> AdminGate.open();
    };
  }

  /** The Admin API for those within the node who pass calls on: it asks for the same token as its listener. */
  Future<AdminResponse> adminApi(AdminRequest request) {
    Optional<AdminSurface> surface = surfaces.apply("admin");
    if (access.isEmpty() || surface.isEmpty()) {
      return Future.succeededFuture(AdminResponse.message(503, "the Admin API does not serve"));
    }
    return access
        .get()
        .refusal(request)
        .map(Future::succeededFuture)
        .orElseGet(() -> surface.get().handle(request));
  }

  /** Not into the log, which is kept and read by many. */
  private static void show(String token) {
    System.out.println("The Admin API can be reached from other machines and asks for a token (Kong-Admin-Token).");
    System.out.println("This is it; it is not shown again: " + token);
  }

  private Future<Void> deploy(String name, String setting, List<AdminVerticle.Address> addresses, AdminGate gate) {
    AdminVerticle verticle =
        new AdminVerticle(
            name,
            addresses,
            config.size("nginx_admin_client_max_body_size"),
            gate,
            logs.requests(name),
            () -> surfaces.apply(name),
            (index, port) -> ports.put(setting + "." + index, port));
    admins.add(verticle);
    return eventLoops.startAside(verticle);
  }

  /** Completes once the administrative calls that are under way now are answered, or take too long. */
  Future<Void> settledAdmins() {
    return Future.join(admins.stream().map(admin -> admin.settled(ADMIN_PATIENCE_MILLIS)).toList()).mapEmpty();
  }

  /** Has the administrative listeners answer what they are asked, and closes them. */
  Future<Void> closeAdmins() {
    return Future.join(admins.stream().map(admin -> admin.end(ADMIN_PATIENCE_MILLIS)).toList()).mapEmpty();
  }

  /** Takes no more connections, waits for the requests that are under way, and cuts off those that take too long. */
  Future<Void> drain(long patienceMillis) {
    List<Future<Void>> quiet = new ArrayList<>();
    for (Loop loop : loops) {
      Promise<Void> done = Promise.promise();
      loop.run(
          () -> {
            proxies.forEach(proxy -> proxy.stopAcceptingOn(loop));
            loop.drain(done);
          });
      quiet.add(done.future());
      Promise<Void> streamless = Promise.promise();
      loop.run(() -> proxies.forEach(proxy -> proxy.drainStreams(loop, streamless)));
      quiet.add(streamless.future());
    }
    Promise<Void> enough = Promise.promise();
    Future.all(quiet).onComplete(all -> enough.tryComplete());
    if (patienceMillis > 0) {
      vertx.setTimer(patienceMillis, late -> enough.tryComplete());
    } else {
      enough.tryComplete();
    }
    return enough.future().compose(over -> cutOff());
  }

  /** Has the access logs opened anew, by the names of their files. */
  void reopenLogs() {
    logs.reopen();
  }

  /** Has what was noted written, and closes the access logs. */
  Future<Void> closeLogs() {
    List<Future<Void>> ended = new ArrayList<>();
    for (Loop loop : loops) {
      Promise<Void> done = Promise.promise();
      loop.run(
          () -> {
            loop.endLogs();
            done.complete();
          });
      ended.add(done.future());
    }
    return Future.all(ended)
        .compose(
            all ->
                vertx.executeBlocking(
                    () -> {
                      logs.close();
                      return null;
                    }));
  }

  private Future<Void> cutOff() {
    List<Future<Void>> cut = new ArrayList<>();
    for (Loop loop : loops) {
      Promise<Void> done = Promise.promise();
      loop.run(
          () -> {
            proxies.forEach(proxy -> proxy.cutOff(loop));
            done.complete();
          });
      cut.add(done.future());
    }
    return Future.all(cut).mapEmpty();
  }
}
