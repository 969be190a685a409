package dev.sluice.plugins.routertraditional;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.PluginConfig;
import dev.sluice.api.entity.Route;
import dev.sluice.api.entity.Service;
import dev.sluice.api.entity.Upstream;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.filter.Filters;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Types;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestCertificate;
import dev.sluice.testkit.TestGateway;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Connections that are passed on as they are, between real sockets. */
@Timeout(180)
final class StreamTest {

  private static final String SERVER = "server.test";
  private static final String SHOWN = "shown.test";
  private static final int PATIENCE_MILLIS = 60_000;

  @TempDir private static Path folder;
  private static Vertx vertx;
  private static TestGateway gateway;
  private static NetServer plain;
  private static NetServer secure;
  private static final AtomicInteger open = new AtomicInteger();
  private static volatile String askedFor = "";

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    plain = Await.result(vertx.createNetServer().connectHandler(StreamTest::serve).listen(0, "127.0.0.1"));
    TestCertificate own = TestCertificate.of(folder, SERVER, "EC");
    NetServerOptions options =
        new NetServerOptions()
            .setSsl(true)
            .setSni(true)
            .setKeyCertOptions(
                new PemKeyCertOptions().addCertValue(Buffer.buffer(own.cert())).addKeyValue(Buffer.buffer(own.key())));
    secure = Await.result(vertx.createNetServer(options).connectHandler(StreamTest::serve).listen(0, "127.0.0.1"));
    gateway =
        TestGateway.with(new RouterTraditionalPlugin(), new Judges())
            .ownRouter()
            .setting(
                "stream_listen",
                "127.0.0.1:0, 127.0.0.1:0 ssl, 127.0.0.1:0 proxy_protocol, 127.0.0.1:0 ssl proxy_protocol")
            .setting("trusted_ips", "127.0.0.1")
            .start();
    TestCertificate shown = TestCertificate.of(folder, SHOWN, "EC");
    JsonObject certificate =
        gateway.create(CoreEntities.CERTIFICATES, new JsonObject().put("cert", shown.cert()).put("key", shown.key()));
    gateway.create(CoreEntities.SNIS, new JsonObject().put("name", SHOWN).put("certificate", id(certificate)));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    Await.result(vertx.close());
  }

  @AfterEach
  void cleared() {
    for (String type : List.of("plugins", "routes", "services", "upstreams")) {
      gateway.kernel().snapshot().tables().all(gateway.type(type)).stream()
          .map(StreamTest::idOf)
          .forEach(id -> gateway.delete(gateway.type(type), id));
    }
  }

  private static String idOf(Object entity) {
    if (entity instanceof Route route) {
      return route.id();
    } else if (entity instanceof Service service) {
      return service.id();
    } else if (entity instanceof Upstream upstream) {
      return upstream.id();
    }
    return ((PluginConfig) entity).id();
  }

  /** Speaks first, then says everything again. */
  private static void serve(NetSocket socket) {
    open.incrementAndGet();
    socket.closeHandler(gone -> open.decrementAndGet());
    if (socket.isSsl()) {
      askedFor = String.valueOf(socket.indicatedServerName());
    }
    socket.write("hello ");
    socket.handler(
        bytes -> {
          if (bytes.toString().equals("bye")) {
            socket.end();
            return;
          }
          socket.write(bytes);
          if (socket.writeQueueFull()) {
            socket.pause();
            socket.drainHandler(drained -> socket.resume());
          }
        });
  }

  private static JsonObject id(JsonObject entity) {
    return new JsonObject().put("id", entity.getString("id"));
  }

  private static JsonObject route(String protocol, JsonObject service, JsonObject fields) {
    return gateway.create(
        CoreEntities.ROUTES,
        fields.put("protocols", new JsonArray().add(protocol)).put("service", id(service)).put("strip_path", false));
  }

  private static JsonObject service(String protocol, NetServer server) {
    return gateway.create(
        CoreEntities.SERVICES,
        new JsonObject().put("protocol", protocol).put("host", "127.0.0.1").put("port", server.actualPort()));
  }

  private static int port(int listener) {
    return gateway.kernel().port("stream_listen." + listener);
  }

  private static JsonObject arriving(int listener) {
    return new JsonObject()
        .put("destinations", new JsonArray().add(new JsonObject().put("port", port(listener))));
  }

  private static Socket connect(int listener) throws IOException {
    Socket socket = new Socket(InetAddress.getLoopbackAddress(), port(listener));
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  private static SSLSocket encrypted(String name) throws IOException, GeneralSecurityException {
    return encrypted(name, connect(1));
  }

  private static SSLSocket encrypted(String name, Socket plain) throws IOException, GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
    SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket(plain, name, plain.getPort(), true);
    socket.setSoTimeout(PATIENCE_MILLIS);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setServerNames(List.of(new SNIHostName(name)));
    socket.setSSLParameters(parameters);
    return socket;
  }

  private static String read(Socket socket, int bytes) throws IOException {
    return new String(socket.getInputStream().readNBytes(bytes), StandardCharsets.UTF_8);
  }

  private static void assertEchoes(Socket socket) throws IOException {
    assertThat(read(socket, 6)).isEqualTo("hello ");
    socket.getOutputStream().write("one two".getBytes(StandardCharsets.UTF_8));
    assertThat(read(socket, 7)).isEqualTo("one two");
  }

  private static void assertClosed(Socket socket) throws IOException {
    int said;
    try {
      said = socket.getInputStream().read();
    } catch (SocketException reset) {
      said = -1;
    }
    assertThat(said).isEqualTo(-1);
  }

  @Test
  void passesTcpBothWays() throws Exception {
    route("tcp", service("tcp", plain), arriving(0));
    try (Socket socket = connect(0)) {
      assertEchoes(socket);
      byte[] much = "0123456789abcdef".repeat(64 * 1024).getBytes(StandardCharsets.UTF_8);
      Thread writer =
          new Thread(
              () -> {
                try {
                  for (int i = 0; i < 8; i++) {
                    socket.getOutputStream().write(much);
                  }
                } catch (IOException e) {
                  throw new IllegalStateException(e);
                }
              });
      writer.start();
      for (int i = 0; i < 8; i++) {
        assertThat(socket.getInputStream().readNBytes(much.length)).isEqualTo(much);
      }
      writer.join();
    }
    Await.until("the server has lost its client", () -> open.get() == 0);
  }

  @Test
  void endsWithTheServer() throws Exception {
    route("tcp", service("tcp", plain), arriving(0));
    try (Socket socket = connect(0)) {
      assertThat(read(socket, 6)).isEqualTo("hello ");
      socket.getOutputStream().write("bye".getBytes(StandardCharsets.UTF_8));
      assertClosed(socket);
    }
  }

  @Test
  void closesWhatHasNoRoute() throws Exception {
    try (Socket socket = connect(0)) {
      assertClosed(socket);
    }
    JsonObject elsewhere =
        new JsonObject().put("sources", new JsonArray().add(new JsonObject().put("ip", "10.0.0.0/8")));
    JsonObject route = route("tcp", service("tcp", plain), elsewhere);
    try (Socket socket = connect(0)) {
      assertClosed(socket);
    }
    JsonArray here = new JsonArray().add(new JsonObject().put("ip", "127.0.0.0/8"));
    gateway.update(CoreEntities.ROUTES, route.getString("id"), new JsonObject().put("sources", here));
    try (Socket socket = connect(0)) {
      assertEchoes(socket);
    }
  }

  @Test
  void endsEncryptionWithTheConfiguredCertificate() throws Exception {
    route("tls", service("tcp", plain), new JsonObject().put("snis", new JsonArray().add(SHOWN)));
    try (SSLSocket socket = encrypted(SHOWN)) {
      assertEchoes(socket);
      assertThat(socket.getSession().getPeerPrincipal().getName()).isEqualTo("CN=" + SHOWN);
    }
    try (SSLSocket socket = encrypted("other.test")) {
      assertClosed(socket);
    }
    try (Socket socket = connect(1)) {
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.UTF_8));
      socket.getInputStream().readAllBytes();
    }
  }

  @Test
  void letsEncryptedConnectionsThrough() throws Exception {
    route("tls_passthrough", service("tcp", secure), new JsonObject().put("snis", new JsonArray().add("through.test")));
    route("tls", service("tcp", plain), new JsonObject().put("snis", new JsonArray().add(SHOWN)));
    try (SSLSocket socket = encrypted("through.test")) {
      assertEchoes(socket);
      assertThat(socket.getSession().getPeerPrincipal().getName()).isEqualTo("CN=" + SERVER);
      assertThat(askedFor).isEqualTo("through.test");
    }
    try (SSLSocket socket = encrypted(SHOWN)) {
      assertEchoes(socket);
      assertThat(socket.getSession().getPeerPrincipal().getName()).isEqualTo("CN=" + SHOWN);
    }
  }

  @Test
  void encryptsTowardsTheServer() throws Exception {
    JsonObject keeps = arriving(1).put("snis", new JsonArray().add(SHOWN)).put("preserve_host", true);
    route("tls", service("tls", secure), keeps);
    route("tcp", service("tls", secure), arriving(0));
    try (Socket socket = connect(0)) {
      assertEchoes(socket);
    }
    try (SSLSocket socket = encrypted(SHOWN)) {
      assertEchoes(socket);
      assertThat(askedFor).isEqualTo(SHOWN);
    }
  }

  @Test
  void meetsNoServerThatIsNotTheOne() throws Exception {
    JsonObject service = service("tls", secure);
    gateway.update(CoreEntities.SERVICES, service.getString("id"), new JsonObject().put("tls_verify", true));
    route("tcp", service, arriving(0));
    try (Socket socket = connect(0)) {
      assertClosed(socket);
    }
  }

  @Test
  void triesTheNextServer() throws Exception {
    int dead;
    try (ServerSocket reserved = new ServerSocket(0)) {
      dead = reserved.getLocalPort();
    }
    JsonObject upstream = gateway.create(CoreEntities.UPSTREAMS, new JsonObject().put("name", "servers"));
    for (int port : List.of(dead, plain.actualPort())) {
      gateway.create(
          CoreEntities.TARGETS, new JsonObject().put("target", "127.0.0.1:" + port).put("upstream", id(upstream)));
    }
    JsonObject service =
        gateway.create(CoreEntities.SERVICES, new JsonObject().put("protocol", "tcp").put("host", "servers"));
    route("tcp", service, arriving(0));
    for (int i = 0; i < 4; i++) {
      try (Socket socket = connect(0)) {
        assertEchoes(socket);
      }
    }
  }

  private static Socket announced(int listener, String line) throws IOException {
    Socket socket = connect(listener);
    socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
    return socket;
  }

  @Test
  void believesATrustedPeerWhomItSpeaksFor() throws Exception {
    JsonArray far = new JsonArray().add(new JsonObject().put("ip", "10.1.0.0/16"));
    route("tcp", service("tcp", plain), new JsonObject().put("sources", far));
    try (Socket socket = announced(2, "PROXY TCP4 10.1.2.3 10.9.9.9 5000 80\r\none two")) {
      assertThat(read(socket, 13)).isEqualTo("hello one two");
    }
    for (String other : List.of("PROXY TCP4 10.2.2.3 10.9.9.9 5000 80\r\n", "one two and more than that\r\n")) {
      try (Socket socket = announced(2, other)) {
        assertClosed(socket);
      }
    }
  }

  @Test
  void readsTheGreetingBehindWhatAPeerAnnounces() throws Exception {
    JsonArray far = new JsonArray().add(new JsonObject().put("ip", "10.1.0.0/16"));
    JsonArray name = new JsonArray().add(SHOWN);
    route("tls", service("tcp", plain), new JsonObject().put("snis", name).put("sources", far));
    try (Socket socket = announced(3, "PROXY TCP4 10.1.2.3 10.9.9.9 5000 443\r\n");
        SSLSocket secure = encrypted(SHOWN, socket)) {
      assertEchoes(secure);
      assertThat(secure.getSession().getPeerPrincipal().getName()).isEqualTo("CN=" + SHOWN);
    }
  }

  @Test
  void endsWhatCarriesNothing() throws Exception {
    JsonObject service = service("tcp", plain);
    gateway.update(CoreEntities.SERVICES, service.getString("id"), new JsonObject().put("read_timeout", 200));
    route("tcp", service, arriving(0));
    try (Socket socket = connect(0)) {
      // Well before the minute of a service that says nothing; what the server says may come in time or not.
      socket.setSoTimeout(PATIENCE_MILLIS / 2);
      assertThat("hello ").startsWith(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
    }
  }

  @Test
  void asksFiltersAndClosesWhatTheyCannotJudge() throws Exception {
    JsonObject route = route("tcp", service("tcp", plain), arriving(0));
    for (String judge : List.of("grants", "refuses", "fails", "knows-no-streams")) {
      JsonObject plugin =
          gateway.create(
              CoreEntities.PLUGINS,
              new JsonObject()
                  .put("name", judge)
                  .put("protocols", new JsonArray().add("tcp"))
                  .put("route", id(route)));
      try (Socket socket = connect(0)) {
        if (judge.equals("grants")) {
          assertEchoes(socket);
        } else {
          assertClosed(socket);
        }
      }
      gateway.delete(CoreEntities.PLUGINS, plugin.getString("id"));
    }
  }

  /** Filters that say one thing each. */
  private static final class Judges implements GatewayPlugin {
    @Override
    public List<FilterFactory<?>> filters() {
      Filter.Preread grants = connection -> connection.clientAddress().equals("127.0.0.1");
      Filter.Preread fails =
          connection -> {
            throw new IllegalStateException(connection.route().id());
          };
      Filter.Preread refuses = connection -> connection.service().isEmpty();
      Filter.Access knowsNoStreams = context -> Filters.CONTINUE;
      return Stream.of(
              new Judge("grants", grants),
              new Judge("fails", fails),
              new Judge("refuses", refuses),
              new Judge("knows-no-streams", knowsNoStreams))
          .<FilterFactory<?>>map(each -> each)
          .toList();
    }
  }

  /** One of them. */
  private record Judge(String name, Filter filter) implements FilterFactory<Optional<String>> {
    @Override
    public int priority() {
      return 1;
    }

    @Override
    public ConfigSchema<Optional<String>> schema() {
      return ConfigSchema.of(config -> Optional.<String>empty()).protocols(Types.protocols()).build();
    }

    @Override
    public Filter create(Optional<String> config) {
      return filter;
    }
  }
}
