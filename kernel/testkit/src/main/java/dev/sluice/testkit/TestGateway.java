package dev.sluice.testkit;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Entities.WriteOptions;
import dev.sluice.api.entity.EntityKey;
import dev.sluice.api.entity.EntityType;
import dev.sluice.kernel.boot.Kernel;
import dev.sluice.kernel.boot.NodeConfig;
import dev.sluice.testkit.fake.TestParts;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A real kernel in the process of a test, on ports of its own, with the plugins under test and simple stand-ins for
 * the parts that no kernel can do without.
 */
public final class TestGateway implements AutoCloseable {

  private final Kernel kernel;
  private final Vertx clientVertx = Vertx.vertx();
  private final WebClient client;
  private final Path folder;
  private final boolean keep;
  private final List<TestBackend> backends = new ArrayList<>();

  private TestGateway(Builder builder) {
    try {
      this.keep = builder.folder.isPresent();
      this.folder = keep ? builder.folder.get() : Files.createTempDirectory("sluice-test");
      Files.createDirectories(builder.pluginsDir.orElse(folder.resolve("plugins")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Map<String, String> settings = new HashMap<>();
    settings.put("prefix", folder.resolve("node").toString());
    settings.put("plugins_dir", builder.pluginsDir.orElse(folder.resolve("plugins")).toString());
    settings.put("proxy_listen", "127.0.0.1:0");
    settings.put("admin_listen", "127.0.0.1:0");
    settings.put("admin_gui_listen", "off");
    settings.put("status_listen", "127.0.0.1:0");
    settings.put("event_loops", "2");
    settings.put("proxy_access_log", "off");
    settings.put("proxy_stream_access_log", "off");
    settings.put("admin_access_log", "off");
    settings.putAll(builder.settings);
    List<GatewayPlugin> plugins = new ArrayList<>(builder.plugins);
    if (builder.parts) {
      plugins.add(new TestParts(builder.routing));
    }
    this.kernel =
        Await.result(
            new Kernel(NodeConfig.load(Optional.empty(), Map.of(), settings), builder.clock, plugins).start());
    this.client =
        WebClient.create(
            clientVertx,
            new WebClientOptions().setDefaultHost("127.0.0.1").setFollowRedirects(false).setKeepAlive(false));
  }

  /** Begins to put a gateway together. */
  public static Builder with(GatewayPlugin... plugins) {
    return new Builder(List.of(plugins));
  }

  /** Collects what a gateway is started with. */
  public static final class Builder {
    private final List<GatewayPlugin> plugins;
    private final Map<String, String> settings = new HashMap<>();
    private Clock clock = Clock.systemUTC();
    private boolean parts = true;
    private boolean routing = true;
    private Optional<Path> pluginsDir = Optional.empty();
    private Optional<Path> folder = Optional.empty();

    private Builder(List<GatewayPlugin> plugins) {
      this.plugins = plugins;
    }

    /** A setting of the node. */
    public Builder setting(String name, String value) {
      settings.put(name, value);
      return this;
    }

    /** More settings of the node. */
    public Builder settings(Map<String, String> more) {
      settings.putAll(more);
      return this;
    }

    /** A folder of the test's, for a node that is started again; it stays when the gateway is closed. */
    public Builder folder(Path given) {
      folder = Optional.of(given);
      return this;
    }

    /** The clock of the node. */
    public Builder clock(Clock other) {
      clock = other;
      return this;
    }

    /** The plugins bring the router. */
    public Builder ownRouter() {
      routing = false;
      return this;
    }

    /** The plugins bring store, router and balancer. */
    public Builder ownParts() {
      parts = false;
      return this;
    }

    /** The folder to take jars from. */
    public Builder jars(Path folder) {
      pluginsDir = Optional.of(folder);
      return this;
    }

    /** Starts the gateway. */
    public TestGateway start() {
      return new TestGateway(this);
    }
  }

  /** The kernel. */
  public Kernel kernel() {
    return kernel;
  }

  /** The folder that jars are taken from, unless another one was given. */
  public Path pluginsFolder() {
    return folder.resolve("plugins");
  }

  /** Creates an entity; it is live when this returns. */
  public JsonObject create(EntityType<?> type, JsonObject body) {
    return Await.result(kernel.entities().insert(type, body, WriteOptions.JSON));
  }

  /** Changes an entity; the change is live when this returns. */
  public JsonObject update(EntityType<?> type, String id, JsonObject patch) {
    return Await.result(kernel.entities().update(type, new EntityKey.Id(id), patch, WriteOptions.JSON));
  }

  /** Deletes an entity with all that goes along. */
  public void delete(EntityType<?> type, String id) {
    Await.result(kernel.entities().delete(type, new EntityKey.Id(id)));
  }

  /** The type that a loaded plugin brings, as one that comes from a jar has it. */
  public EntityType<?> type(String name) {
    return kernel.snapshot().registry().entityType(name).orElseThrow();
  }

  /** Creates a consumer. */
  public JsonObject consumer(String username) {
    return create(CoreEntities.CONSUMERS, new JsonObject().put("username", username));
  }

  /** Starts an echoing backend, and a service and a route that lead to it; gives back the route. */
  public JsonObject route(String path) {
    return route(path, backend(TestBackend.echo()));
  }

  /** Makes a service and a route that lead to a backend; gives back the route. */
  public JsonObject route(String path, TestBackend backend) {
    JsonObject service =
        create(
            CoreEntities.SERVICES, new JsonObject().put("host", "127.0.0.1").put("port", backend.port()));
    return create(
        CoreEntities.ROUTES,
        new JsonObject()
            .put("paths", new JsonArray().add(path))
            .put("strip_path", false)
            .put("service", new JsonObject().put("id", service.getString("id"))));
  }

  /** Has a backend closed with the gateway. */
  public TestBackend backend(TestBackend backend) {
    backends.add(backend);
    return backend;
  }

  /** Configures a filter globally. */
  public JsonObject plugin(String name, JsonObject config) {
    return create(CoreEntities.PLUGINS, new JsonObject().put("name", name).put("config", config));
  }

  /** Configures a filter on a route. */
  public JsonObject plugin(String name, JsonObject config, JsonObject route) {
    return create(
        CoreEntities.PLUGINS,
        new JsonObject()
            .put("name", name)
            .put("config", config)
            .put("route", new JsonObject().put("id", route.getString("id"))));
  }

  /** Sends a GET through the proxy. */
  public HttpResponse<Buffer> get(String uri) {
    return get(uri, Map.of());
  }

  /** Sends a GET with headers through the proxy. */
  public HttpResponse<Buffer> get(String uri, Map<String, String> headers) {
    return send(HttpMethod.GET, uri, headers, Buffer.buffer());
  }

  /** Sends a request through the proxy. */
  public HttpResponse<Buffer> send(HttpMethod method, String uri, Map<String, String> headers, Buffer body) {
    return call("proxy_listen.0", method, uri, multi(headers), body);
  }

  /** Sends a request through the proxy whose headers may repeat. */
  public HttpResponse<Buffer> send(HttpMethod method, String uri, MultiMap headers, Buffer body) {
    return call("proxy_listen.0", method, uri, headers, body);
  }

  /** Sends a request to the Admin API. */
  public HttpResponse<Buffer> admin(HttpMethod method, String uri, Map<String, String> headers, Buffer body) {
    return call("admin_listen.0", method, uri, multi(headers), body);
  }

  private HttpResponse<Buffer> call(
      String listener, HttpMethod method, String uri, MultiMap headers, Buffer body) {
    var request = client.request(method, kernel.port(listener), "127.0.0.1", uri);
    request.headers().addAll(headers);
    return Await.result(body.length() == 0 ? request.send() : request.sendBuffer(body));
  }

  private static MultiMap multi(Map<String, String> headers) {
    return MultiMap.caseInsensitiveMultiMap().addAll(headers);
  }

  /** The port of the proxy. */
  public int proxyPort() {
    return kernel.port("proxy_listen.0");
  }

  /** The port of the Admin API. */
  public int adminPort() {
    return kernel.port("admin_listen.0");
  }

  @Override
  public void close() {
    Await.result(kernel.stop(5000));
    backends.forEach(TestBackend::close);
    client.close();
    Await.result(clientVertx.close());
    if (keep) {
      return;
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(file -> file.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
