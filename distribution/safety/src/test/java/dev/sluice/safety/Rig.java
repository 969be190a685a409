package dev.sluice.safety;

import com.sun.management.UnixOperatingSystemMXBean;
import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.store.StoreFactory;
import dev.sluice.plugins.activehealthchecks.ActiveHealthChecksPlugin;
import dev.sluice.plugins.keyauth.KeyAuthPlugin;
import dev.sluice.plugins.loadbalancing.LoadBalancingPlugin;
import dev.sluice.plugins.passivehealthchecks.PassiveHealthChecksPlugin;
import dev.sluice.plugins.routertraditional.RouterTraditionalPlugin;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.MemoryStore;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * The gateway of the suite, with the real router, balancer and key-auth, before an origin that takes nothing amiss
 * unnoticed; one for all classes. Its path /admin asks for a key, /api leads
 * to /public of the origin, all else is public.
 */
public final class Rig implements AutoCloseable {

  /** What requests may take for good: caches, code that was compiled, pools that keep what they once had. */
  private static final long HEAP_SLACK = 96L << 20;
  private static final long DIRECT_SLACK = 64L << 20;
  private static final int FILES_SLACK = 8;
  private static final long CALM_SECONDS = 5;

  final TestGateway gateway;
  final StrictOrigin origin = new StrictOrigin();
  private final ErrorLog errors = new ErrorLog();
  private final AtomicInteger number = new AtomicInteger();
  private final Map<String, JsonObject> upstreams = new HashMap<>();
  private final Map<String, JsonObject> routes = new HashMap<>();
  private final Use start;

  /** Hands the one gateway to whoever asks for it. */
  public static final class Shared implements ParameterResolver {
    @Override
    public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
      return parameter.getParameter().getType() == Rig.class;
    }

    @Override
    public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
      return context.getRoot()
          .getStore(ExtensionContext.Namespace.GLOBAL)
          .getOrComputeIfAbsent(Rig.class, key -> new Rig(Map.of()), Rig.class);
    }
  }

  /** What is in use. */
  private record Use(long heap, long direct, long files, long inFlight, long connections) {}

  Rig(Map<String, String> settings) {
    gateway =
        TestGateway.with(
                new RouterTraditionalPlugin(),
                new LoadBalancingPlugin(),
                new PassiveHealthChecksPlugin(),
                new ActiveHealthChecksPlugin(),
                new KeyAuthPlugin(),
                new Faulty(),
                new MemoryOnly())
            .ownParts()
            .setting("proxy_listen", "127.0.0.1:0, 127.0.0.1:0 http2")
            .setting("upstream_keepalive_idle_timeout", "1")
            .setting("nginx_http_client_max_body_size", "4m")
            .settings(settings)
            .start();
    JsonObject service = service(new JsonObject().put("port", origin.port()));
    route(service, new JsonObject().put("paths", new JsonArray().add("/")).put("strip_path", false));
    JsonObject open = service(new JsonObject().put("port", origin.port()).put("path", "/public"));
    route(open, new JsonObject().put("paths", new JsonArray().add("/api")).put("strip_path", true));
    JsonObject admin =
        route(service, new JsonObject().put("paths", new JsonArray().add("/admin")).put("strip_path", false));
    gateway.plugin("key-auth", new JsonObject(), admin);
    JsonObject bob = gateway.consumer("bob");
    gateway.create(
        gateway.type("keyauth_credentials"),
        new JsonObject().put("key", "bobs").put("consumer", new JsonObject().put("id", bob.getString("id"))));
    try (Wire warm = new Wire(port())) {
      warm.send("GET / HTTP/1.1\r\nHost: h\r\n\r\n").answer();
    }
    start = use();
  }

  /** A service at this machine. */
  JsonObject service(JsonObject fields) {
    return gateway.create(CoreEntities.SERVICES, new JsonObject().put("host", "127.0.0.1").mergeIn(fields));
  }

  JsonObject route(JsonObject service, JsonObject fields) {
    return gateway.create(
        CoreEntities.ROUTES, fields.put("service", new JsonObject().put("id", service.getString("id"))));
  }

  /** A path of its own to servers of this machine. */
  String pathTo(JsonObject service, int... ports) {
    return pathTo(new JsonObject(), service, ports);
  }

  /** A path of its own to the origin, with a filter that does what its name or configuration says. */
  String faulty(String filter, String does) {
    String path = "/" + filter + "-" + does + number.incrementAndGet() + "/";
    JsonObject route =
        route(
            service(new JsonObject().put("port", origin.port())),
            new JsonObject().put("paths", new JsonArray().add(path)).put("strip_path", false));
    gateway.plugin(filter, new JsonObject().put("does", does), route);
    return path;
  }

  /** A path of its own to servers of this machine, through an upstream with settings of its own. */
  String pathTo(JsonObject settings, JsonObject service, int... ports) {
    String name = "u" + number.incrementAndGet();
    JsonObject upstream = gateway.create(CoreEntities.UPSTREAMS, settings.copy().put("name", name));
    upstreams.put("/" + name + "/", upstream);
    Arrays.stream(ports).forEach(port -> target(upstream, port));
    JsonObject route =
        route(
            service(service.copy().put("host", name)),
            new JsonObject().put("paths", new JsonArray().add("/" + name + "/")).put("strip_path", false));
    routes.put("/" + name + "/", route);
    return "/" + name + "/";
  }

  /** The route of a path of its own. */
  JsonObject route(String path) {
    return routes.get(path);
  }

  /** The upstream behind a path of its own. */
  JsonObject upstream(String path) {
    return upstreams.get(path);
  }

  void target(JsonObject upstream, int port) {
    target(upstream, port, new JsonObject());
  }

  void target(JsonObject upstream, int port, JsonObject fields) {
    gateway.create(
        CoreEntities.TARGETS,
        fields
            .put("target", "127.0.0.1:" + port)
            .put("upstream", new JsonObject().put("id", upstream.getString("id"))));
  }

  /** How many addresses behind a path of its own are found unhealthy. */
  int unhealthy(String path) {
    return (int)
        gateway.kernel().snapshot().upstreams().get(upstream(path).getString("id")).addresses().stream()
            .filter(each -> !each.healthy())
            .count();
  }

  /** The port for HTTP/1.1. */
  int port() {
    return gateway.proxyPort();
  }

  /** The port for HTTP/2 without TLS. */
  int http2Port() {
    return gateway.kernel().port("proxy_listen.1");
  }

  /** A connection to the proxy. */
  Wire wire() {
    return new Wire(port());
  }

  /** Errors that the gateway has logged and no test has taken for expected. */
  ErrorLog errors() {
    return errors;
  }

  long inFlight() {
    return use().inFlight();
  }

  long connections() {
    return use().connections();
  }

  /** Bytes in use, what the collector would free not counted. */
  long memory() {
    System.gc();
    Use now = use();
    return now.heap() + now.direct();
  }

  private Use use() {
    JsonObject status = gateway.kernel().node().status();
    long direct =
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum();
    long files = ((UnixOperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getOpenFileDescriptorCount();
    return new Use(
        status.getLong("heap_used"), direct, files, status.getLong("requests_in_flight"), status.getLong("connections_active"));
  }

  private static String excess(Use now, Use before) {
    StringBuilder excess = new StringBuilder();
    if (now.inFlight() > 0) {
      excess.append(now.inFlight()).append(" requests in flight; ");
    }
    if (now.connections() > 0) {
      excess.append(now.connections()).append(" clients connected; ");
    }
    if (now.files() > before.files() + FILES_SLACK) {
      excess.append(now.files() - before.files()).append(" more files; ");
    }
    if (now.direct() > before.direct() + DIRECT_SLACK) {
      excess.append(now.direct() - before.direct()).append(" more direct bytes; ");
    }
    if (now.heap() > before.heap() + HEAP_SLACK) {
      System.gc();
      if (ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() > before.heap() + HEAP_SLACK) {
        excess.append(now.heap() - before.heap()).append(" more heap bytes; ");
      }
    }
    return excess.toString();
  }

  /** Waits until all is as it was at the start, and says what is not. */
  String calm() {
    long end = System.nanoTime() + CALM_SECONDS * 1_000_000_000;
    String excess = excess(use(), start);
    while (!excess.isEmpty() && System.nanoTime() < end) {
      LockSupport.parkNanos(5_000_000);
      excess = excess(use(), start);
    }
    return excess;
  }

  @Override
  public void close() {
    gateway.close();
    origin.close();
  }

  /** A store that forgets: what is tested here is the request path. */
  private static final class MemoryOnly implements GatewayPlugin {
    @Override
    public List<StoreFactory> stores() {
      return List.of(MemoryStore.factory("sqlite"));
    }
  }
}
