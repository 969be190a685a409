package dev.sluice.testkit;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.Certificate;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.security.CertificateSource;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Certificates of the configuration, as clients of the proxy meet them. */
class CertificatesTest {

  private static final String NO_NAME = "";
  private static final int ALERT = 21;
  private static final int HANDSHAKE = 22;

  @TempDir private static Path folder;
  private static TestGateway gateway;
  private static TestCertificate one;
  private static TestCertificate two;
  private static TestCertificate rsa;
  private static volatile Optional<Certificate> lent = Optional.empty();

  @BeforeAll
  static void start() throws Exception {
    gateway =
        TestGateway.with(new Lender())
            .setting("proxy_listen", "127.0.0.1:0, 127.0.0.1:0 ssl http2")
            .start();
    gateway.route("/", gateway.backend(TestBackend.echo()));
    one = TestCertificate.of(folder, "one", "EC");
    two = TestCertificate.of(folder, "two", "EC");
    rsa = TestCertificate.of(folder, "rsa", "RSA");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  /** A plugin with a certificate of its own. */
  private static final class Lender implements GatewayPlugin {
    @Override
    public List<CertificateSource> certificates() {
      return List.of(
          name -> {
            if (name.equals("lent.test")) {
              throw new IllegalStateException("no answer");
            }
            return Optional.empty();
          },
          name -> name.endsWith("lent.test") ? lent : Optional.empty());
    }
  }

  /** The common name of the certificate that a client is shown, who then asks for something. */
  private static String shown(String serverName, String... suites) throws IOException, GeneralSecurityException {
    return shown(gateway, serverName, suites);
  }

  private static String shown(TestGateway gateway, String serverName, String... suites)
      throws IOException, GeneralSecurityException {
    SSLContext context = TrustsAll.context();
    int port = gateway.kernel().port("proxy_listen.1");
    try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      SSLParameters parameters = socket.getSSLParameters();
      if (!serverName.isEmpty()) {
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
      }
      if (suites.length > 0) {
        parameters.setProtocols(new String[] {"TLSv1.2"});
        parameters.setCipherSuites(suites);
      }
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      String request = "GET / HTTP/1.1\r\nHost: a.test\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(answer).startsWith("HTTP/1.1 200 ");
      X509Certificate certificate = (X509Certificate) socket.getSession().getPeerCertificates()[0];
      return certificate.getSubjectX500Principal().getName().replace("CN=", "");
    }
  }

  private static JsonObject create(TestCertificate certificate, String... names) {
    JsonObject body =
        new JsonObject()
            .put("cert", certificate.cert())
            .put("key", certificate.key())
            .put("snis", new JsonArray(List.of(names)));
    return gateway.create(CoreEntities.CERTIFICATES, body);
  }

  @Test
  void goByServerName() throws Exception {
    assertThat(shown("a.test")).isEqualTo("localhost");
    assertThat(shown(NO_NAME)).isEqualTo("localhost");
    JsonObject exact = create(one, "a.test");
    JsonObject wild = create(two, "*.b.test", "c.*", "*.test");
    assertThat(shown("a.test")).isEqualTo("one");
    assertThat(shown("A.TEST")).isEqualTo("one");
    assertThat(shown("x.b.test")).isEqualTo("two");
    assertThat(shown("x.y.b.test")).as("a star is one label").isEqualTo("localhost");
    assertThat(shown("b.test")).as("a star before one label is for nobody").isEqualTo("localhost");
    assertThat(shown("c.org")).isEqualTo("two");
    assertThat(shown(NO_NAME)).isEqualTo("localhost");
    JsonObject every = create(rsa, "*");
    assertThat(shown(NO_NAME)).as("the star is for all names, and this is none").isEqualTo("localhost");
    assertThat(shown("b.test")).isEqualTo("rsa");
    assertThat(shown("a.test")).isEqualTo("one");
    for (JsonObject each : List.of(exact, wild, every)) {
      gateway.delete(CoreEntities.CERTIFICATES, each.getString("id"));
    }
    assertThat(shown("a.test")).isEqualTo("localhost");
    assertThat(shown(NO_NAME)).isEqualTo("localhost");
  }

  private static Optional<Certificate> lend(TestCertificate certificate) {
    return Optional.of(
        new Certificate("lent", certificate.cert(), certificate.key(), Optional.empty(), Optional.empty()));
  }

  @Test
  void comeFromPluginsWhereNoneIsConfigured() throws Exception {
    assertThat(shown("lent.test")).isEqualTo("localhost");
    lent = lend(one);
    assertThat(shown("lent.test")).isEqualTo("one");
    lent = lend(rsa);
    assertThat(shown("lent.test")).isEqualTo("rsa");
    assertThat(shown("other.test")).isEqualTo("localhost");
    JsonObject every = create(two, "*", "a.lent.test");
    assertThat(shown("lent.test")).as("before what is for all").isEqualTo("rsa");
    assertThat(shown("a.lent.test")).isEqualTo("two");
    gateway.delete(CoreEntities.CERTIFICATES, every.getString("id"));
    lent = Optional.empty();
    assertThat(shown("lent.test")).isEqualTo("localhost");
  }

  @Test
  void mayBeOfTwoAlgorithms() throws Exception {
    JsonObject both = create(one, "both.test");
    gateway.update(
        CoreEntities.CERTIFICATES,
        both.getString("id"),
        new JsonObject().put("cert_alt", rsa.cert()).put("key_alt", rsa.key()));
    assertThat(shown("both.test", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256")).isEqualTo("one");
    assertThat(shown("both.test", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256")).isEqualTo("rsa");
  }

  @Test
  void areReplacedUnderLoadWithoutAnError() throws Exception {
    JsonObject certificate = create(one, "live.test");
    AtomicBoolean ended = new AtomicBoolean();
    ExecutorService clients = Executors.newFixedThreadPool(4);
    try {
      List<Future<Integer>> loads = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        Callable<Integer> load =
            () -> {
              int count = 0;
              while (!ended.get()) {
                assertThat(shown("live.test")).isIn("one", "two");
                count++;
              }
              return count;
            };
        loads.add(clients.submit(load));
      }
      for (int i = 0; i < 30; i++) {
        TestCertificate next = i % 2 == 0 ? two : one;
        gateway.update(
            CoreEntities.CERTIFICATES,
            certificate.getString("id"),
            new JsonObject().put("cert", next.cert()).put("key", next.key()));
        assertThat(shown("live.test")).as("live when the write is answered").isEqualTo(i % 2 == 0 ? "two" : "one");
      }
      ended.set(true);
      for (Future<Integer> load : loads) {
        assertThat(load.get()).isPositive();
      }
    } finally {
      ended.set(true);
      clients.shutdownNow();
    }
  }

  @Test
  void whatIsWeakIsRefused() throws Exception {
    create(rsa, "rsa.test");
    assertThat(shown("rsa.test", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384")).isEqualTo("rsa");
    for (String weak :
        List.of(
            "TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA256",
            "TLS_ECDHE_RSA_WITH_AES_256_CBC_SHA",
            "TLS_RSA_WITH_AES_128_GCM_SHA256",
            "TLS_DHE_RSA_WITH_AES_128_CBC_SHA")) {
      assertThatThrownBy(() -> shown("rsa.test", weak)).as(weak).isInstanceOf(SSLException.class);
    }
    assertThat(hello(0x0303)).as("a first message of TLS 1.2 is answered").isEqualTo(HANDSHAKE);
    for (int old : List.of(0x0300, 0x0301, 0x0302)) {
      assertThat(hello(old)).as("an older one is not").isIn(ALERT, -1);
    }
  }

  /** The kind of what the gateway answers to a client that knows one version alone; -1 for nothing. */
  private static int hello(int version) throws IOException {
    byte[] ciphers = {(byte) 0xc0, 0x2b, (byte) 0xc0, 0x09, (byte) 0xc0, 0x13, 0x00, 0x2f};
    // Curves and signatures, without which nobody could be served.
    byte[] extensions = {0, 10, 0, 4, 0, 2, 0, 23, 0, 13, 0, 6, 0, 4, 4, 3, 2, 3, 0, 11, 0, 2, 1, 0};
    ByteBuffer hello = ByteBuffer.allocate(2 + 32 + 1 + 2 + ciphers.length + 2 + 2 + extensions.length);
    hello.putShort((short) version).put(new byte[32]).put((byte) 0);
    hello.putShort((short) ciphers.length).put(ciphers).put((byte) 1).put((byte) 0);
    hello.putShort((short) extensions.length).put(extensions);
    ByteBuffer record = ByteBuffer.allocate(5 + 4 + hello.capacity());
    record.put((byte) HANDSHAKE).putShort((short) Math.min(version, 0x0301)).putShort((short) (4 + hello.capacity()));
    record.putInt((1 << 24) + hello.capacity()).put(hello.array());
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), gateway.kernel().port("proxy_listen.1"))) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(record.array());
      return socket.getInputStream().read();
    }
  }

  @Test
  void whoStallsInTheHandshakeIsCutOff() throws IOException {
    try (TestGateway hasty =
        TestGateway.with()
            .setting("proxy_listen", "127.0.0.1:0 ssl")
            .setting("nginx_http_client_header_timeout", "1s")
            .start()) {
      int port = hasty.proxyPort();
      try (Socket silent = new Socket(InetAddress.getLoopbackAddress(), port);
          Socket halfway = new Socket(InetAddress.getLoopbackAddress(), port)) {
        halfway.getOutputStream().write(new byte[] {HANDSHAKE, 3, 1, 2, 0, 1});
        for (Socket socket : List.of(silent, halfway)) {
          socket.setSoTimeout(60_000);
          assertThat(socket.getInputStream().read()).isEqualTo(-1);
        }
      }
    }
  }

  @Test
  void manyNamesLeadToOneCertificate() throws Exception {
    JsonObject every = create(one, "*.many.test");
    // More than there are contexts that are kept.
    for (int i = 0; i < 40; i++) {
      assertThat(shown("name-" + i + ".many.test")).isEqualTo("one");
    }
    gateway.delete(CoreEntities.CERTIFICATES, every.getString("id"));
    assertThat(shown("name-1.many.test")).isEqualTo("localhost");
  }

  @Test
  void thoseOfTheSettingsMayBeTextsThemselves() throws Exception {
    String encoded = Base64.getEncoder().encodeToString(two.cert().getBytes(StandardCharsets.US_ASCII));
    try (TestGateway own =
        TestGateway.with()
            .setting("proxy_listen", "127.0.0.1:0, 127.0.0.1:0 ssl")
            .setting("ssl_cert", encoded)
            .setting("ssl_cert_key", two.key())
            .start()) {
      own.route("/", own.backend(TestBackend.echo()));
      assertThat(shown(own, NO_NAME)).isEqualTo("two");
      assertThat(shown(own, "a.test")).isEqualTo("two");
    }
  }
}
