package dev.sluice.plugins.tcplog;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TcpLogTest {

  private TestGateway gateway;
  private JsonObject route;
  private ServerSocket listener;

  @BeforeEach
  void start() throws IOException {
    gateway = TestGateway.with(new TcpLogPlugin()).start();
    route = gateway.route("/");
    listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    listener.setSoTimeout(10_000);
  }

  @AfterEach
  void stop() throws IOException {
    gateway.close();
    listener.close();
  }

  private JsonObject config() {
    return new JsonObject().put("host", "127.0.0.1").put("port", listener.getLocalPort());
  }

  private static BufferedReader lines(Socket socket) throws IOException {
    socket.setSoTimeout(10_000);
    return new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
  }

  private static String uri(String line) {
    return new JsonObject(line).getJsonObject("request").getString("uri");
  }

  @Test
  void everyRequestIsALineOnOneConnection() throws IOException {
    gateway.plugin("tcp-log", config(), route);
    gateway.get("/a");
    try (Socket socket = listener.accept()) {
      BufferedReader lines = lines(socket);
      assertThat(uri(lines.readLine())).isEqualTo("/a");
      gateway.get("/b");
      assertThat(uri(lines.readLine())).isEqualTo("/b");
    }
  }

  @Test
  void aConnectionThatIsGoneIsMadeAnew() throws IOException {
    gateway.plugin("tcp-log", config(), route);
    gateway.get("/a");
    try (Socket socket = listener.accept()) {
      assertThat(uri(lines(socket).readLine())).isEqualTo("/a");
    }
    AtomicReference<String> seen = new AtomicReference<>();
    listener.setSoTimeout(200);
    Await.until("an entry arrives on a new connection", () -> {
      gateway.get("/b");
      try (Socket socket = listener.accept()) {
        seen.set(uri(lines(socket).readLine()));
        return true;
      } catch (IOException nobody) {
        return false;
      }
    });
    assertThat(seen).hasValue("/b");
  }

  @Test
  void anIdleConnectionIsClosed() throws IOException {
    gateway.plugin("tcp-log", config().put("keepalive", 100), route);
    gateway.get("/a");
    try (Socket socket = listener.accept()) {
      BufferedReader lines = lines(socket);
      assertThat(lines.readLine()).isNotNull();
      assertThat(lines.readLine()).isNull();
    }
  }

  @Test
  void aServerThatIsDownHarmsNoRequest() throws IOException {
    listener.close();
    gateway.plugin("tcp-log", config(), route);
    assertThat(gateway.get("/a").statusCode()).isEqualTo(200);
  }

  private static Buffer resource(String name) {
    try (InputStream in = TcpLogTest.class.getResourceAsStream(name)) {
      return Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void entriesGoOverTlsWithAServerName() throws InterruptedException {
    Vertx vertx = Vertx.vertx();
    BlockingQueue<String> seen = new LinkedBlockingQueue<>();
    try {
      NetServer server = Await.result(vertx
          .createNetServer(new NetServerOptions()
              .setSsl(true)
              .setSni(true)
              .setKeyCertOptions(new PemKeyCertOptions().setCertValue(resource("log.crt")).setKeyValue(resource("log.key"))))
          .connectHandler(socket -> socket.handler(bytes -> seen.add(socket.indicatedServerName() + " " + bytes)))
          .listen(0, "127.0.0.1"));
      gateway.plugin(
          "tcp-log", config().put("port", server.actualPort()).put("tls", true).put("tls_sni", "log.test"), route);
      gateway.get("/a");
      assertThat(seen.poll(10, TimeUnit.SECONDS)).startsWith("log.test {").endsWith("}\n");
    } finally {
      Await.result(vertx.close());
    }
  }
}
