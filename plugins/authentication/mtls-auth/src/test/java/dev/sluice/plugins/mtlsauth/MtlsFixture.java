package dev.sluice.plugins.mtlsauth;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestCertificate;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.HostAndPort;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SocketAddress;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** A gateway over TLS with routes that ask for certificates, and clients that have some. */
final class MtlsFixture implements AutoCloseable {

  static final String HOST = "api.test";

  final TestGateway gateway;
  final TestBackend backend;
  private final Vertx vertx = Vertx.vertx();
  private final Map<String, String> authorities = new HashMap<>();

  MtlsFixture() throws Exception {
    this(Clock.systemUTC());
  }

  MtlsFixture(Clock clock) throws Exception {
    TestCertificate own = Pki.root("node").issue(Pki.named("localhost").dns("localhost"));
    gateway =
        TestGateway.with(new MtlsAuthPlugin())
            .clock(clock)
            .setting("proxy_listen", "127.0.0.1:0, 127.0.0.1:0 ssl http2")
            .setting("ssl_cert", own.cert())
            .setting("ssl_cert_key", own.key())
            .start();
    backend = gateway.backend(TestBackend.echo());
  }

  /** What came back. */
  record Got(int status, JsonObject body, HttpVersion version) {

    Optional<String> seen(String header) {
      JsonArray values = body.getJsonObject("headers").getJsonArray(header);
      return values == null ? Optional.empty() : Optional.of(values.getString(0));
    }
  }

  /** A client. */
  static final class Client {
    private final HttpClientOptions options =
        new HttpClientOptions().setSsl(true).setTrustAll(true).setVerifyHost(false);
    private String host = HOST;
    private String serverName = HOST;

    Client shows(TestCertificate certificate) {
      options.setKeyCertOptions(
          new PemKeyCertOptions()
              .addCertValue(Buffer.buffer(certificate.cert()))
              .addKeyValue(Buffer.buffer(certificate.key())));
      return this;
    }

    Client speaks(String protocol) {
      options.setEnabledSecureTransportProtocols(Set.of(protocol));
      return this;
    }

    Client http2() {
      options.setProtocolVersion(HttpVersion.HTTP_2).setUseAlpn(true);
      return this;
    }

    Client names(String name) {
      serverName = name;
      host = name;
      return this;
    }

    Client asksFor(String other) {
      host = other;
      return this;
    }
  }

  static Client client() {
    return new Client();
  }

  static Client client(TestCertificate certificate) {
    return new Client().shows(certificate);
  }

  Got get(String path, Client client) {
    return get(path, client, Map.of());
  }

  Got get(String path, Client client, Map<String, String> headers) {
    HttpClient http = vertx.createHttpClient(client.options);
    try {
      return get(http, path, client, headers);
    } finally {
      Await.result(http.close());
    }
  }

  /** Asks, and does not wait. */
  Future<Integer> status(String path, Client client) {
    HttpClient http = vertx.createHttpClient(client.options);
    return send(http, path, client, Map.of()).map(Got::status).eventually(() -> http.close());
  }

  private Got get(HttpClient http, String path, Client client, Map<String, String> headers) {
    return Await.result(send(http, path, client, headers));
  }

  private Future<Got> send(HttpClient http, String path, Client client, Map<String, String> headers) {
    RequestOptions to =
        new RequestOptions()
            .setServer(SocketAddress.inetSocketAddress(port(), "127.0.0.1"))
            .setHost(client.serverName)
            .setPort(443)
            .setMethod(HttpMethod.GET)
            .setURI(path);
    return http.request(to)
        .compose(
            request -> {
              if (!client.host.equals(client.serverName)) {
                request.authority(HostAndPort.authority(client.host, 443));
              }
              headers.forEach(request::putHeader);
              return request.send();
            })
        .compose(
            answer ->
                answer.body().map(body -> new Got(answer.statusCode(), body.toJsonObject(), answer.version())));
  }

  int port() {
    return gateway.kernel().port("proxy_listen.1");
  }

  String authority(Pki authority) throws Exception {
    return authorities.computeIfAbsent(
        authority.cert(),
        cert -> gateway.create(CoreEntities.CA_CERTIFICATES, new JsonObject().put("cert", cert)).getString("id"));
  }

  JsonObject config(Pki... trusted) throws Exception {
    JsonArray ids = new JsonArray();
    for (Pki each : trusted) {
      ids.add(authority(each));
    }
    return new JsonObject().put("ca_certificates", ids);
  }

  /** A route with the plugin. */
  JsonObject guard(String path, JsonObject config, String... snis) {
    JsonObject route = gateway.route(path, backend);
    if (snis.length > 0) {
      gateway.update(
          CoreEntities.ROUTES,
          route.getString("id"),
          new JsonObject().put("protocols", new JsonArray().add("https")).put("snis", new JsonArray(List.of(snis))));
    }
    gateway.plugin("mtls-auth", config, route);
    return route;
  }

  /** Takes away all routes and all that is configured. */
  void clear() {
    var tables = gateway.kernel().snapshot().tables();
    tables.all(CoreEntities.PLUGINS).forEach(each -> gateway.delete(CoreEntities.PLUGINS, each.id()));
    tables.all(CoreEntities.ROUTES).forEach(each -> gateway.delete(CoreEntities.ROUTES, each.id()));
  }

  @Override
  public void close() {
    gateway.close();
    Await.result(vertx.close());
  }
}
