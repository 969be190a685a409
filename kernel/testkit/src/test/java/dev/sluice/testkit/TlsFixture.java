package dev.sluice.testkit;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.LogLine;
import dev.sluice.api.PluginContext;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.upstream.TargetResolver;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway for which all names are this machine, with services over TLS. */
final class TlsFixture implements AutoCloseable {

  static final int REFUSED = 502;
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  private final List<LogLine> lines = new CopyOnWriteArrayList<>();
  private final List<TlsServer> servers = new ArrayList<>();
  private final Map<String, JsonObject> authorities = new HashMap<>();
  private final Map<String, String> routesOf = new HashMap<>();
  private final TestGateway gateway;

  TlsFixture(Map<String, String> settings) {
    gateway = TestGateway.with(new Plugin()).setting("event_loops", "1").settings(settings).start();
  }

  private final class Plugin implements GatewayPlugin {
    @Override
    public void start(PluginContext context) {
      context.onLog(lines::add);
    }

    @Override
    public List<TargetResolver> resolvers() {
      return List.of(
          (host, port) ->
              Future.succeededFuture(
                  new TargetResolver.Resolution(
                      "A", List.of(new TargetResolver.Address("127.0.0.1", port, 0)), Duration.ofHours(1))));
    }
  }

  TestGateway gateway() {
    return gateway;
  }

  TlsServer server(TestCertificate certificate) {
    TlsServer server = new TlsServer(certificate, Optional.empty());
    servers.add(server);
    return server;
  }

  TlsServer server(TestCertificate certificate, TestAuthority clients) throws Exception {
    TlsServer server = new TlsServer(certificate, Optional.of(clients.cert()));
    servers.add(server);
    return server;
  }

  /** A service, and a route to it whose path is the service's name. */
  JsonObject service(String host, int port, JsonObject settings) {
    return service(host, port, settings, new JsonObject());
  }

  JsonObject service(String host, int port, JsonObject settings, JsonObject routes) {
    String name = "service-" + NUMBERS.incrementAndGet() + "-";
    JsonObject service =
        gateway.create(
            CoreEntities.SERVICES,
            new JsonObject()
                .put("name", name)
                .put("protocol", "https")
                .put("host", host)
                .put("port", port)
                .put("retries", 0)
                .mergeIn(settings));
    JsonObject route =
        gateway.create(
            CoreEntities.ROUTES,
            new JsonObject()
                .put("paths", new JsonArray().add("/" + name))
                .put("service", ref(service))
                .mergeIn(routes));
    routesOf.put(service.getString("id"), route.getString("id"));
    return service;
  }

  /** Takes a service away, with its route. */
  void remove(JsonObject service) {
    gateway.delete(CoreEntities.ROUTES, routesOf.remove(service.getString("id")));
    gateway.delete(CoreEntities.SERVICES, service.getString("id"));
  }

  void change(JsonObject service, JsonObject settings) {
    gateway.update(CoreEntities.SERVICES, service.getString("id"), settings);
  }

  JsonObject upstream(String name, int port, JsonObject settings) {
    JsonObject upstream =
        gateway.create(CoreEntities.UPSTREAMS, new JsonObject().put("name", name).mergeIn(settings));
    gateway.create(
        CoreEntities.TARGETS,
        new JsonObject().put("target", "target.test:" + port).put("upstream", ref(upstream)));
    return upstream;
  }

  JsonObject certificate(TestCertificate made) {
    return gateway.create(
        CoreEntities.CERTIFICATES, new JsonObject().put("cert", made.cert()).put("key", made.key()));
  }

  /** Settings of a service that verifies by these authorities. */
  JsonObject verified(TestAuthority... authorities) throws Exception {
    JsonArray ids = new JsonArray();
    for (TestAuthority authority : authorities) {
      ids.add(authority(authority).getString("id"));
    }
    return new JsonObject().put("tls_verify", true).put("ca_certificates", ids);
  }

  private JsonObject authority(TestAuthority authority) throws Exception {
    return authorities.computeIfAbsent(
        authority.cert(), cert -> gateway.create(CoreEntities.CA_CERTIFICATES, new JsonObject().put("cert", cert)));
  }

  static JsonObject shown(JsonObject certificate) {
    return new JsonObject().put("client_certificate", ref(certificate));
  }

  static JsonObject ref(JsonObject entity) {
    return new JsonObject().put("id", entity.getString("id"));
  }

  static String path(JsonObject service) {
    return "/" + service.getString("name");
  }

  int status(JsonObject service) {
    return gateway.get(path(service)).statusCode();
  }

  /** What the server has seen: the server name and the client's common name. */
  String seen(JsonObject service) {
    return gateway.get(path(service)).bodyAsString();
  }

  /** The last line of the log about a service. */
  String told(JsonObject service) {
    return lines.stream()
        .map(LogLine::message)
        .filter(line -> line.contains(service.getString("name")))
        .reduce((first, second) -> second)
        .orElse("nothing");
  }

  @Override
  public void close() {
    gateway.close();
    servers.forEach(TlsServer::close);
  }
}
