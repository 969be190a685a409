package dev.sluice.testkit;

import dev.sluice.api.entity.CoreEntities;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** WebSockets, by a real client through the proxy to a real server. */
@Timeout(180)
class WebSocketTest {

  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";

  private static TestGateway gateway;
  private static Vertx vertx;
  private static HttpServer server;
  private static WebSocketClient client;
  private static final List<ServerWebSocket> open = new CopyOnWriteArrayList<>();
  private static final AtomicInteger flooded = new AtomicInteger();

  @BeforeAll
  static void start() {
    vertx = Vertx.vertx();
    HttpServerOptions options =
        new HttpServerOptions().setPort(0).setHost("127.0.0.1").setWebSocketSubProtocols(List.of("chat"));
    server =
        Await.result(
            vertx
                .createHttpServer(options)
                .requestHandler(WebSocketTest::answer)
                .listen());
    gateway = TestGateway.with().setting("proxy_listen", "127.0.0.1:0, 127.0.0.1:0 ssl http2").start();
    route("/", server.actualPort(), new JsonObject());
    client = vertx.createWebSocketClient(new WebSocketClientOptions().setTryUsePerMessageCompression(true));
  }

  @AfterAll
  static void stop() {
    gateway.close();
    Await.result(vertx.close());
  }

  private static void answer(HttpServerRequest request) {
    if (request.path().startsWith("/refused")) {
      request.response().setStatusCode(403).end();
    } else if (request.headers().contains("Sec-WebSocket-Key")) {
      request.toWebSocket().onSuccess(WebSocketTest::serve);
    } else {
      request.response().setStatusCode(418).end("no socket");
    }
  }

  private static void serve(ServerWebSocket socket) {
    open.add(socket);
    if (socket.path().startsWith("/flood")) {
      flood(socket);
    } else {
      socket.textMessageHandler(text -> socket.writeTextMessage("re: " + text));
      socket.binaryMessageHandler(socket::writeBinaryMessage);
    }
  }

  private static void flood(ServerWebSocket socket) {
    Buffer message = Buffer.buffer(new byte[16 * 1024]);
    while (!socket.writeQueueFull() && flooded.get() < 4000) {
      socket.writeBinaryMessage(message);
      flooded.incrementAndGet();
    }
    socket.drainHandler(drained -> flood(socket));
  }

  private static void route(String path, int port, JsonObject settings) {
    JsonObject service =
        gateway.create(CoreEntities.SERVICES, settings.copy().put("host", "127.0.0.1").put("port", port));
    gateway.create(
        CoreEntities.ROUTES,
        new JsonObject()
            .put("paths", new JsonArray().add(path))
            .put("strip_path", false)
            .put("service", new JsonObject().put("id", service.getString("id"))));
  }

  private static WebSocketConnectOptions to(String path, boolean tls) {
    return new WebSocketConnectOptions()
        .setHost("127.0.0.1")
        .setPort(gateway.kernel().port(tls ? "proxy_listen.1" : "proxy_listen.0"))
        .setSsl(tls)
        .setURI(path);
  }

  private static WebSocket connect(String path) {
    return Await.result(client.connect(to(path, false)));
  }

  private static BlockingQueue<String> texts(WebSocket socket) {
    BlockingQueue<String> texts = new LinkedBlockingQueue<>();
    socket.textMessageHandler(texts::add);
    return texts;
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void messagesGoBothWays(boolean tls) throws InterruptedException {
    WebSocketClient trusting =
        vertx.createWebSocketClient(new WebSocketClientOptions().setTrustAll(true).setVerifyHost(false));
    WebSocketConnectOptions options = to("/echo", tls).addSubProtocol("chat");
    WebSocket socket = Await.result(trusting.connect(options));
    assertThat(socket.subProtocol()).isEqualTo("chat");
    BlockingQueue<String> texts = texts(socket);
    for (int i = 0; i < 100; i++) {
      socket.writeTextMessage("message " + i);
      assertThat(texts.poll(60, TimeUnit.SECONDS)).isEqualTo("re: message " + i);
    }
    Await.result(socket.close((short) 1000, "done"));
    trusting.close();
  }

  @Test
  void whatBothSidesAgreeOnIsTheirMatter() throws InterruptedException {
    WebSocket socket = connect("/compressed");
    Await.until("the server has it", () -> open.stream().anyMatch(each -> each.path().equals("/compressed")));
    assertThat(find("/compressed").headers().get("Sec-WebSocket-Extensions")).contains("permessage-deflate");
    BlockingQueue<String> texts = texts(socket);
    String text = "again and ".repeat(10_000);
    socket.writeTextMessage(text);
    assertThat(texts.poll(60, TimeUnit.SECONDS)).isEqualTo("re: " + text);
    Await.result(socket.close());
  }

  private static String granting(String accept) {
    List<String> lines =
        List.of(
            "HTTP/1.1 101 Switching Protocols", "Upgrade: websocket", "Connection: Upgrade", "X-Own: 1",
            "Sec-WebSocket-Accept: " + accept, "", "");
    return String.join("\r\n", lines);
  }

  @Test
  void theHandshakeGoesOnAsOne() {
    String accept = granting("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");
    RawOrigin.Script script =
        call -> {
          call.send(accept);
          call.send(call.read(5));
          return false;
        };
    try (RawOrigin origin = new RawOrigin(script)) {
      route("/raw", origin.port(), new JsonObject());
      String answer;
      try (RawClient raw = new RawClient(gateway.proxyPort())) {
        answer = raw.send(handshake("/raw", KEY)).readUntil("\r\n\r\n") + raw.send("hello").readToEnd();
      }
      assertThat(answer)
          .startsWith("HTTP/1.1 101 Switching Protocols\r\n")
          .containsIgnoringCase("\r\nConnection: upgrade\r\n")
          .containsIgnoringCase("\r\nUpgrade: websocket\r\n")
          .contains("\r\nX-Own: 1\r\n", "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", "X-Kong-Upstream-Latency")
          .endsWith("\r\n\r\nhello");
      assertThat(origin.heads().get(0))
          .contains("\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n", KEY, "X-Forwarded-For");
    }
  }

  private static String handshake(String path, String key) {
    return "GET " + path + " HTTP/1.1\r\nHost: h\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
        + "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " + key + "\r\n\r\n";
  }

  @Test
  void whatIsNoHandshakeOpensNoTunnel() {
    String close = "Connection: close\r\n\r\n";
    try (RawOrigin origin = RawOrigin.saying("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok")) {
      route("/none", origin.port(), new JsonObject());
      for (String head :
          List.of(
              handshake("/none", "short"),
              handshake("/none", KEY).replace("GET", "HEAD"),
              handshake("/none", KEY).replace("Upgrade: websocket", "Upgrade: h2c"))) {
        try (RawClient raw = new RawClient(gateway.proxyPort())) {
          assertThat(raw.send(head.replace("\r\n\r\n", "\r\n") + close).readToEnd()).startsWith("HTTP/1.1 200 ");
        }
      }
      assertThat(origin.heads()).allSatisfy(head -> assertThat(head).doesNotContainIgnoringCase("upgrade"));
    }
  }

  @Test
  void anAnswerThatDoesNotFitTheRequestOpensNone() {
    String wrong = granting("AAAAAAAAAAAAAAAAAAAAAAAAAAA=") + "HTTP/1.1 200 OK\r\n\r\n";
    try (RawOrigin origin = RawOrigin.saying(wrong)) {
      route("/wrong", origin.port(), new JsonObject().put("retries", 0));
      try (RawClient raw = new RawClient(gateway.proxyPort())) {
        String head = handshake("/wrong", KEY).replace("keep-alive, Upgrade", "close, Upgrade");
        assertThat(raw.send(head).readToEnd()).startsWith("HTTP/1.1 502 ");
      }
    }
  }

  @Test
  void aServerThatRefusesIsHeard() {
    assertThatThrownBy(() -> connect("/refused"))
        .satisfies(
            failure -> {
              Throwable cause = failure instanceof UpgradeRejectedException ? failure : failure.getCause();
              assertThat(((UpgradeRejectedException) cause).getStatus()).isEqualTo(403);
            });
    assertThat(gateway.get("/plain").statusCode()).isEqualTo(418);
  }

  @Test
  void theEndOfOneSideIsTheEndOfTheOther() {
    long before = connections();
    WebSocket first = connect("/end/client");
    Await.until("the server has it", () -> open.stream().anyMatch(each -> each.path().equals("/end/client")));
    ServerWebSocket other = find("/end/client");
    first.close((short) 4001, "enough");
    Await.until("the server is told", () -> other.isClosed() && Short.valueOf((short) 4001).equals(other.closeStatusCode()));

    WebSocket second = connect("/end/server");
    Await.until("the server has it", () -> open.stream().anyMatch(each -> each.path().equals("/end/server")));
    find("/end/server").close((short) 4002, "enough");
    Await.until("the client is told", () -> Short.valueOf((short) 4002).equals(second.closeStatusCode()));
    Await.until("both connections are forgotten", () -> connections() <= before);
  }

  private static ServerWebSocket find(String path) {
    return open.stream().filter(each -> each.path().equals(path)).findFirst().orElseThrow();
  }

  private static long connections() {
    return gateway.kernel().node().status().getLong("connections_active");
  }

  @Test
  void aSocketThatIsSilentForTooLongIsClosed() {
    route("/silent", server.actualPort(), new JsonObject().put("read_timeout", 300).put("write_timeout", 200));
    WebSocket socket = connect("/silent");
    Await.until("it is closed", socket::isClosed);
  }

  @Test
  void aClientThatDoesNotReadHoldsTheServerBack() {
    // What is flooded is all zeros: compressed it would be nothing.
    WebSocketClient plain = vertx.createWebSocketClient(new WebSocketClientOptions());
    WebSocket socket = Await.result(plain.connect(to("/flood", false)).onSuccess(WebSocket::pause));
    AtomicInteger read = new AtomicInteger();
    socket.binaryMessageHandler(message -> read.incrementAndGet());
    Await.until("the flood has begun", () -> flooded.get() > 0);
    for (int i = 0; i < 20; i++) {
      assertThat(gateway.get("/plain").statusCode()).isEqualTo(418);
    }
    assertThat(flooded.get()).isLessThan(2000);
    socket.resume();
    Await.until("all has arrived", () -> read.get() == 4000);
    Await.result(socket.close());
    plain.close();
  }

  @Test
  void otherRequestsOfTheClientAreNotTouched() {
    assertThat(gateway.get("/plain", Map.of("Upgrade", "websocket")).statusCode()).isEqualTo(418);
  }
}
