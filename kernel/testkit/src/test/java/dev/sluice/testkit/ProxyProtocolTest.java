package dev.sluice.testkit;

import dev.sluice.testkit.fake.EndpointsAlone;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Listeners whose connections begin with whom they are for, between real sockets. */
class ProxyProtocolTest {

  private static final String REQUEST = "GET /echo HTTP/1.1\r\nHost: a\r\nX-Real-IP: 9.9.9.9\r\nConnection: close\r\n\r\n";
  private static final String SIGNATURE = "0D0A0D0A000D0A515549540A";

  private static TestGateway trusting;
  private static TestGateway careful;

  @BeforeAll
  static void start() {
    trusting = gateway("127.0.0.1", "proxy_protocol");
    careful = gateway("10.0.0.0/8", "proxy_protocol");
  }

  private static TestGateway gateway(String trusted, String header) {
    TestGateway gateway =
        TestGateway.with(new EndpointsAlone())
            .setting("proxy_listen", "127.0.0.1:0 proxy_protocol, 127.0.0.1:0 ssl http2 proxy_protocol, 127.0.0.1:0")
            .setting("trusted_ips", trusted)
            .setting("real_ip_header", header)
            .start();
    gateway.route("/echo");
    return gateway;
  }

  @AfterAll
  static void stop() {
    trusting.close();
    careful.close();
  }

  /** Whom the upstream is told that the request is from. */
  private static String client(TestGateway gateway, String listener, byte[]... parts) {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.kernel().port(listener))) {
      socket.setSoTimeout(15_000);
      for (byte[] part : parts) {
        socket.getOutputStream().write(part);
        socket.getOutputStream().flush();
      }
      return client(new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String client(String answer) {
    assertThat(answer).startsWith("HTTP/1.1 200 ");
    JsonObject headers = new JsonObject(answer.substring(answer.indexOf("\r\n\r\n") + 4)).getJsonObject("headers");
    assertThat(headers.getJsonArray("x-forwarded-for")).isEqualTo(headers.getJsonArray("x-real-ip"));
    return headers.getJsonArray("x-real-ip").getString(0);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits);
  }

  private static byte[] joined(byte[] first, byte[] second) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(first);
    all.writeBytes(second);
    return all.toByteArray();
  }

  @Test
  void aLineNamesTheClient() {
    byte[] four = bytes("PROXY TCP4 10.1.2.3 10.0.0.1 56324 443\r\n" + REQUEST);
    assertThat(client(trusting, "proxy_listen.0", four)).isEqualTo("10.1.2.3");
    byte[] six = bytes("PROXY TCP6 2001:db8::7 ::1 56324 443\r\n" + REQUEST);
    assertThat(client(trusting, "proxy_listen.0", six)).isIn("2001:db8::7", "2001:db8:0:0:0:0:0:7");
    byte[] unknown = bytes("PROXY UNKNOWN\r\n" + REQUEST);
    assertThat(client(trusting, "proxy_listen.0", unknown)).isEqualTo("127.0.0.1");
  }

  @Test
  void aLineMayComeInPieces() {
    assertThat(
            client(trusting, "proxy_listen.0", bytes("PRO"), bytes("XY TCP4 10.1.2.3 10.0.0.1 563"), bytes("24 443\r\n" + REQUEST)))
        .isEqualTo("10.1.2.3");
  }

  @Test
  void aBlockNamesTheClient() {
    // Version 2, PROXY, TCP over IPv4, 12 bytes of addresses and a field of 4 that nobody asked for.
    byte[] four = hex(SIGNATURE + "2111" + "0010" + "0A010203" + "0A000001" + "DC04" + "01BB" + "04000100");
    assertThat(client(trusting, "proxy_listen.0", joined(four, bytes(REQUEST)))).isEqualTo("10.1.2.3");
    // A health check of the balancer's own.
    byte[] own = hex(SIGNATURE + "2000" + "0000");
    assertThat(client(trusting, "proxy_listen.0", joined(own, bytes(REQUEST)))).isEqualTo("127.0.0.1");
  }

  @Test
  void aPeerThatIsNotTrustedIsItselfTheClient() {
    byte[] four = bytes("PROXY TCP4 10.1.2.3 10.0.0.1 56324 443\r\n" + REQUEST);
    assertThat(client(careful, "proxy_listen.0", four)).isEqualTo("127.0.0.1");
  }

  @Test
  void aListenerWithoutItIsAsBefore() {
    assertThat(client(trusting, "proxy_listen.2", bytes(REQUEST))).isEqualTo("127.0.0.1");
  }

  @Test
  void itDoesNotCountWhereAHeaderDoes() {
    try (TestGateway gateway = gateway("127.0.0.1", "X-Real-IP")) {
      byte[] four = bytes("PROXY TCP4 10.1.2.3 10.0.0.1 56324 443\r\n" + REQUEST);
      assertThat(client(gateway, "proxy_listen.0", four)).isEqualTo("9.9.9.9");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        REQUEST,
        "PROXY TCP4 10.1.2.3 10.0.0.1 56324\r\n" + REQUEST,
        "PROXY TCP4 10.1.2.333 10.0.0.1 56324 443\r\n" + REQUEST,
        "PROXY NONSENSE a b c d\r\n" + REQUEST,
        "PROXY TCP4 10.1.2.3 10.0.0.1 56324 443 and so on until it is far too long to be a line of this protocol"
            + " aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa\r\n",
        "\r\n\r\n\u0000\r\nQUIX\n"
      })
  void whateverElseComesFirstEndsTheConnection(String garbage) {
    try (RawClient client = new RawClient(trusting.proxyPort())) {
      assertThat(client.send(garbage).readToEnd()).isIn("", "<reset>");
    }
  }

  @Test
  void encryptionBeginsBehindIt() throws Exception {
    int port = trusting.kernel().port("proxy_listen.1");
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(15_000);
      socket.getOutputStream().write(bytes("PROXY TCP4 10.1.2.3 10.0.0.1 56324 443\r\n"));
      try (Socket secure = TrustsAll.context().getSocketFactory().createSocket(socket, "a.test", port, true)) {
        secure.getOutputStream().write(bytes(REQUEST));
        String answer = new String(secure.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
        assertThat(client(answer)).isEqualTo("10.1.2.3");
      }
    }
  }
}
