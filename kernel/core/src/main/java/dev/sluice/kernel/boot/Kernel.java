package dev.sluice.kernel.boot;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.NodeInfo;
import dev.sluice.api.PluginId;
import dev.sluice.api.admin.AdminSurface;
import dev.sluice.api.admin.ApiError;
import dev.sluice.api.entity.Entities;
import dev.sluice.api.event.Event;
import dev.sluice.api.schema.SchemaRun;
import dev.sluice.api.upstream.BalancingPolicy;
import dev.sluice.kernel.accesslog.AccessLogs;
import dev.sluice.kernel.config.Background;
import dev.sluice.kernel.config.ControlPlane;
import dev.sluice.kernel.config.ControlThread;
import dev.sluice.kernel.config.EntityService;
import dev.sluice.kernel.config.LastGoodCopy;
import dev.sluice.kernel.config.StoreKeeper;
import dev.sluice.kernel.declare.ErrorText;
import dev.sluice.kernel.event.EventBoard;
import dev.sluice.kernel.explain.NodeExplainer;
import dev.sluice.kernel.host.PluginHost;
import dev.sluice.kernel.intake.PluginFolder;
import dev.sluice.kernel.pipeline.Loop;
import dev.sluice.kernel.pipeline.NodeSettings;
import dev.sluice.kernel.pipeline.RequestObservers;
import dev.sluice.kernel.registry.Enabled;
import dev.sluice.kernel.registry.Registry;
import dev.sluice.kernel.snapshot.EntityTables;
import dev.sluice.kernel.snapshot.GatewaySnapshot;
import dev.sluice.kernel.snapshot.SecretReader;
import dev.sluice.kernel.snapshot.SnapshotCompiler;
import dev.sluice.kernel.snapshot.Snapshots;
import dev.sluice.kernel.snapshot.Withdrawals;
import dev.sluice.kernel.trust.NodeTls;
import dev.sluice.kernel.trust.TlsBook;
import dev.sluice.kernel.upstream.AddressBook;
import dev.sluice.kernel.upstream.DeniedAddresses;
import dev.sluice.kernel.upstream.Environment;
import dev.sluice.kernel.upstream.KernelTarget;
import dev.sluice.kernel.upstream.Origins;
import dev.sluice.kernel.upstream.UpstreamBoard;
import dev.sluice.kernel.upstream.UpstreamBuilder;
import dev.sluice.kernel.upstream.UpstreamRuntime;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.WorkerExecutor;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One gateway: puts the parts together, starts them in order and stops them in the opposite one. */
public final class Kernel {

  private static final Logger log = LoggerFactory.getLogger(Kernel.class);
  private static final long JAR_LOOK_MILLIS = 250;
  private static final long NAME_LOOK_MILLIS = 1000;
  private static final long STORE_LOOK_MILLIS = 1000;
  private static final long STOP_MILLIS = 20_000;
  private static final int OWN_THREADS = 4;
  private static final int LENT_THREADS = 8;
  private static final int BACKGROUND_THREADS = 4;

  private final List<GatewayPlugin> builtIn;
  private final NodeConfig config;
  private final Clock clock;
  private final NodeSettings settings;
  private final NodeTls upstreamTls;
  private final BalancingPolicy balancing;
  private final int loopCount;
  private final ControlThread control = new ControlThread();
  private final EventBoard events = new EventBoard(control);
  private final List<Loop> loops = new CopyOnWriteArrayList<>();
  private final Map<String, Integer> ports = new ConcurrentHashMap<>();
  private final Map<String, AdminSurface> surfaces = new ConcurrentHashMap<>();
  private final NodeStatus status;
  private final Node node;
  private final Vertx vertx;
  private final Watchdog watchdog;
  private Snapshots snapshots;
  private ControlPlane plane;
  private EntityService entities;
  private UpstreamBoard board;
  private LentContext.Lender lender;
  private PluginHost host;
  private JarKeeper jars;
  private StoreKeeper stores;
  private Servers servers;
  private Withdrawals withdrawals;
  private long noted;
  private boolean administered;

  /**
   * Puts a gateway together; nothing runs before {@link #start}.
   *
   * @param clock for everything that is not a measurement
   * @throws ConfigException when a setting cannot be used
   */
  public Kernel(NodeConfig config, Clock clock) {
    this(config, clock, List.of());
  }

  /**
   * Puts a gateway together that has some plugins without their jars.
   *
   * @param builtIn plugins that never leave
   */
  public Kernel(NodeConfig config, Clock clock, List<GatewayPlugin> builtIn) {
    this.builtIn = List.copyOf(builtIn);
    this.config = config;
    this.clock = clock;
    ListenerTlsReader.tellProcess(config);
    this.settings = SettingsReader.read(config);
    this.upstreamTls = UpstreamTlsReader.read(config);
    this.balancing = SettingsReader.balancing(config);
    this.loopCount = loopCount(config);
    this.status = new NodeStatus(loops);
    this.watchdog = new Watchdog(loops, (long) (config.number("filter_block_timeout", 2) * 1000));
    this.node = new Node(config, status::report);
    this.vertx =
        Vertx.vertx(
            new VertxOptions()
                .setEventLoopPoolSize(loopCount + 1)
                .setWorkerPoolSize(OWN_THREADS)
                .setInternalBlockingPoolSize(OWN_THREADS)
                .setPreferNativeTransport(true)
                .setDisableTCCL(true));
  }

  private static int loopCount(NodeConfig config) {
    String workers = config.string("nginx_worker_processes");
    int processors = Runtime.getRuntime().availableProcessors();
    if (!workers.matches("auto|[1-9][0-9]{0,3}")) {
      throw new ConfigException("nginx_worker_processes is neither 'auto' nor a number: '" + workers + "'");
    }
    int wanted = workers.equals("auto") ? processors : Integer.parseInt(workers);
    return Math.max(1, (int) config.number("event_loops", wanted));
  }

  /**
   * Starts: jars, store, configuration, listeners.
   *
   * @return fails, with everything stopped again, when the node cannot serve
   */
  public Future<Kernel> start() {
    config.warnings().forEach(warning -> log.warn("{}", warning));
    Promise<Kernel> started = Promise.promise();
    EventLoops eventLoops = new EventLoops(vertx);
    Context side = eventLoops.side();
    control
        .serial(() -> boot(eventLoops))
        .compose(ready -> servers.listen(() -> control.serial(this::administer)))
        .onSuccess(
            listening -> {
              control.execute(() -> watch(side));
              stepBack(side);
              ShortTurns.begin(lender.background(), work(), loops);
              watchdog.start();
              // A port that the machine has chosen is known only now.
              control.serial(plane::readdress);
              status.ready(true);
              started.complete(this);
            })
        .onFailure(cause -> stop(0).onComplete(stopped -> started.fail(cause)));
    return started.future();
  }

  /** Not before all loops and pools have their threads: a thread is born as far back as the one that asks for it. */
  private void stepBack(Context side) {
    control.execute(Background::enter);
    side.runOnContext(here -> Background.enter());
  }

  private Path work() {
    return config.prefix().resolve("work");
  }

  private Future<Void> boot(EventLoops eventLoops) {
    WorkerExecutor blocking =
        vertx.createSharedWorkerExecutor("sluice-plugins", LENT_THREADS, 60, TimeUnit.SECONDS);
    WorkerExecutor background =
        vertx.createSharedWorkerExecutor("sluice-background", BACKGROUND_THREADS, 60, TimeUnit.SECONDS);
    WarmUp.threads(vertx, OWN_THREADS);
    WarmUp.threads(blocking, LENT_THREADS, () -> {});
    WarmUp.threads(background, BACKGROUND_THREADS, Background::enter);
    AddressBook book = new AddressBook(clock, control);
    DeniedAddresses denied = denied();
    Environment environment = new Environment(loopCount, clock, balancing, this::healthChanged);
    UpstreamBuilder upstreams = new UpstreamBuilder(book, denied, environment);
    Origins origins = new Origins(denied, environment);
    String flavor = config.string("router_flavor");
    TlsBook tls = new TlsBook(upstreamTls);
    // Beside the jars, not before them: it takes as long as a handful of those.
    vertx.executeBlocking(
        () -> {
          tls.prepare();
          return true;
        },
        false);
    withdrawals = Withdrawals.in(config.prefix().resolve("withdrawn-strategies"));
    SnapshotCompiler compiler = new SnapshotCompiler(flavor, upstreams, tls, withdrawals::has);
    Registry none = Registry.of(0, List.of(), Enabled.ALL);
    snapshots = new Snapshots(SnapshotCompiler.empty(none, EntityTables.empty(clock)));
    String database = config.string("database");
    stores = new StoreKeeper(database, control, () -> new LentContext(storeId(database), lender));
    LastGoodCopy copies =
        new LastGoodCopy(vertx, clock, config.prefix().resolve("last-good"), database, config.flag("last_good_copy"));
    plane =
        new ControlPlane(
            vertx, clock, control, compiler, snapshots, book, stores, copies, this::secrets, this::published);
    entities = new EntityService(plane, clock, flavor);
    board = new UpstreamBoard(() -> snapshots.current().upstreams());
    RequestObservers observers = new RequestObservers(loopCount);
    NodeExplainer explainer = new NodeExplainer(vertx, loops, () -> servers.proxyListeners(), origins);
    lender =
        new LentContext.Lender(
            vertx, eventLoops.side(), blocking, background, node, clock, entities, stores::counters, plane::catalog, board,
            explainer, request -> servers.adminApi(request), observers, events);
    host = new PluginHost(work(), id -> new LentContext(id, lender));
    PluginFolder folder = new PluginFolder(pluginsFolder(config), work());
    jars =
        new JarKeeper(
            new JarKeeper.Parts(folder, host, control, plane, snapshots, events, new Usage(flavor, database)),
            new Enabled(config.list("plugins"), config.list("vaults")),
            this::drained);
    try {
      Files.createDirectories(config.prefix());
      AccessLogs logs = AccessLogs.open(AccessLogReader.read(config));
      servers =
          new Servers(
              vertx, config, settings, snapshots, loops, ports, this::surface, eventLoops, origins, tls, logs, observers);
      Registry first = jars.first(builtIn);
      status.jars(jars, () -> snapshots.current());
      status.database(stores, plane::serving);
      status.declarations(entities.declarations());
      return plane.begin(first).compose(served -> entities.declarationService().begin()).recover(Kernel::told);
    } catch (IOException e) {
      return Future.failedFuture(e);
    }
  }

  /** A declaration that cannot serve is shown as the tree of what is wrong with it. */
  private static Future<Void> told(Throwable cause) {
    return Future.failedFuture(
        cause instanceof ApiError refusal && refusal.body().getValue("fields") instanceof JsonObject fields
            ? new ConfigException("error parsing declarative config:\n" + ErrorText.lines(fields))
            : cause);
  }

  private DeniedAddresses denied() {
    Set<Integer> configured = new HashSet<>();
    for (String setting : List.of("admin_listen", "admin_gui_listen")) {
      Listen.parse(config, setting).forEach(listen -> configured.add(listen.port()));
    }
    try {
      return new DeniedAddresses(config.list("denied_targets"), port -> configured.contains(port) || isAdmin(port));
    } catch (IllegalArgumentException e) {
      throw new ConfigException("denied_targets: " + e.getMessage());
    }
  }

  private boolean isAdmin(int port) {
    return ports.entrySet().stream()
        .anyMatch(each -> each.getKey().startsWith("admin_") && each.getValue() == port);
  }

  private SecretReader secrets(Registry registry) {
    SchemaRun run =
        new SchemaRun(clock, registry.configs(), config.string("router_flavor"), registry.vaultConfigs());
    return new SecretReader(registry.vaults(), run, config::text);
  }

  static PluginId storeId(String database) {
    return new PluginId("store", Version.SLUICE, database);
  }

  static Path pluginsFolder(NodeConfig config) {
    return config
        .text("plugins_dir")
        .map(Path::of)
        .orElseGet(() -> Path.of(System.getProperty("sluice.home", "."), "plugins"))
        .toAbsolutePath();
  }

  private void watch(Context side) {
    side.runOnContext(
            here -> {
              vertx.setPeriodic(JAR_LOOK_MILLIS, timer -> control.serial(jars::look));
              vertx.setPeriodic(NAME_LOOK_MILLIS, timer -> control.serial(plane::refreshNames));
              vertx.setPeriodic(NAME_LOOK_MILLIS, timer -> status.probe());
              vertx.setPeriodic(STORE_LOOK_MILLIS, timer -> plane.follow());
            });
  }

  private void published(GatewaySnapshot snapshot) {
    if (snapshot.registry().version() != noted) {
      noted = snapshot.registry().version();
      withdrawals.note(snapshot);
      if (administered) {
        surfaces(snapshot.registry());
      }
    }
    status.published(snapshot.version());
    events.happened(new Event.SnapshotPublished(snapshot.version()));
  }

  /** What administers shows all that there is, which takes time to put together: only once requests are served. */
  private Future<Void> administer() {
    administered = true;
    surfaces(snapshots.current().registry());
    return Future.succeededFuture();
  }

  private void surfaces(Registry registry) {
    Map<String, AdminSurface> made = new HashMap<>();
    for (String listener : List.of("admin", "admin_gui", "status")) {
      registry.surface(listener).ifPresent(factory -> made.put(listener, factory.create(registry)));
    }
    surfaces.keySet().retainAll(made.keySet());
    surfaces.putAll(made);
  }

  private Optional<AdminSurface> surface(String listener) {
    return Optional.ofNullable(surfaces.get(listener));
  }

  private void healthChanged(UpstreamRuntime upstream, KernelTarget target) {
    events.happened(
        new Event.TargetHealthChanged(upstream.upstream().name(), target.toString(), target.healthy()));
  }

  /** Completes once no request holds a snapshot up to a version, nor a call to those who administer what served before. */
  private Future<Void> drained(long version) {
    List<Future<Void>> each = new ArrayList<>();
    if (servers != null) {
      each.add(servers.settledAdmins());
    }
    for (Loop loop : loops) {
      Promise<Void> done = Promise.promise();
      loop.run(() -> loop.pins().whenDrained(version, done));
      each.add(done.future());
    }
    return Future.all(each).mapEmpty();
  }

  /**
   * Stops: takes no more connections, lets requests end, then closes everything.
   *
   * @param patienceMillis how long requests may take to end
   */
  public Future<Void> stop(long patienceMillis) {
    status.ready(false);
    watchdog.close();
    Future<Void> quiet = servers == null ? Future.succeededFuture() : servers.drain(patienceMillis);
    Promise<Void> stopped = Promise.promise();
    // Nothing that a plugin does or leaves undone keeps a node from stopping. Vert.x's timers may be gone by then.
    CompletableFuture.delayedExecutor(patienceMillis + STOP_MILLIS, TimeUnit.MILLISECONDS)
        .execute(
            () -> {
              if (stopped.tryComplete()) {
                log.error("the node did not come to an end within {} s of draining", STOP_MILLIS / 1000);
              }
            });
    quiet
        .otherwiseEmpty()
        // Up to here it can be asked whether it is ready, and why not.
        .compose(drained -> servers == null ? Future.<Void>succeededFuture() : servers.closeAdmins())
        .otherwiseEmpty()
        .compose(closed -> control.serial(this::closeParts))
        .otherwiseEmpty()
        .compose(closed -> vertx.close())
        .onComplete(
            closed -> {
              try {
                control.close();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
              stopped.tryComplete();
            });
    return stopped.future();
  }

  private Future<Void> closeParts() {
    if (snapshots != null) {
      snapshots.current().upstreams().values().forEach(UpstreamRuntime::close);
    }
    Future<Void> written = plane == null ? Future.succeededFuture() : plane.close();
    return written
        .otherwiseEmpty()
        .compose(ended -> servers == null ? Future.<Void>succeededFuture() : control.here(servers.closeLogs()))
        .otherwiseEmpty()
        .compose(ended -> host == null ? Future.<Void>succeededFuture() : control.here(host.finishAll()))
        .compose(ended -> stores == null ? Future.<Void>succeededFuture() : stores.close())
        .otherwiseEmpty()
        .map(
            closed -> {
              if (host != null) {
                host.close();
              }
              return null;
            });
  }

  /** The ports that are served, by setting and position, such as {@code proxy_listen.0}. */
  public int port(String listener) {
    Integer port = ports.get(listener);
    if (port == null) {
      throw new IllegalArgumentException("nothing listens at " + listener + "; there are " + ports.keySet());
    }
    return port;
  }

  /** All ports that are served, by setting and position. */
  public Map<String, Integer> ports() {
    return new TreeMap<>(ports);
  }

  /**
   * Checks settings as a start would, as far as that goes without starting.
   *
   * @throws ConfigException when a setting cannot be used
   */
  public static void check(NodeConfig config) {
    SettingsReader.read(config);
    UpstreamTlsReader.read(config);
    ListenerTlsReader.suite(config);
    ListenerTlsReader.dhGroup(config);
    AccessLogReader.read(config);
    ListenerTlsReader.clients(config);
    for (String listener : List.of("proxy", "admin", "admin_gui", "status", "stream")) {
      Listen.parse(config, listener + "_listen");
    }
    config.size("nginx_admin_client_max_body_size");
    loopCount(config);
  }

  /**
   * Takes over those settings that the request path reads, and opens the access logs anew; from any thread.
   *
   * @throws ConfigException when a setting cannot be used; then all stay as they were
   */
  public void reload(NodeConfig next) {
    check(next);
    NodeSettings fresh = SettingsReader.read(next);
    loops.forEach(loop -> loop.run(() -> loop.settings(fresh)));
    servers.reopenLogs();
  }

  /** Reads the declaration again that the settings name, when there is one; what served before stays when it fails. */
  public Future<Void> declareAgain() {
    return entities.declarationService().again().recover(Kernel::told);
  }

  /** The door to entities. */
  public Entities entities() {
    return entities;
  }

  /** The snapshot that serves. */
  public GatewaySnapshot snapshot() {
    return snapshots.current();
  }

  /** Class loaders of jars that are gone and not collected yet. */
  public Future<Integer> uncollectedLoaders() {
    return control.serial(() -> Future.succeededFuture(jars.uncollected()));
  }

  /** The node. */
  public NodeInfo node() {
    return node;
  }
}
