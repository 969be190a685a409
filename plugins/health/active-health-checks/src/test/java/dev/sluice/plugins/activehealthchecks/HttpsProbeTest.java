package dev.sluice.plugins.activehealthchecks;

import dev.sluice.api.entity.Certificate;
import dev.sluice.api.upstream.HealthSink.Observation;
import dev.sluice.plugins.activehealthchecks.ScriptedServer.Script;
import dev.sluice.testkit.fake.FakeTargetState;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.ExtendedSSLSession;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIServerName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Probes over TLS against a server with a certificate for api.test. */
class HttpsProbeTest extends ActiveFixture {

  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir
  private static Path folder;

  private final BlockingQueue<List<SNIServerName>> names = new LinkedBlockingQueue<>();
  private boolean wanted;

  @BeforeAll
  static void makeCertificate() throws Exception {
    keytool("-genkeypair", "-alias", "server", "-keyalg", "EC", "-dname", "CN=api.test", "-ext", "san=dns:api.test",
        "-validity", "2", "-storetype", "PKCS12");
    keytool("-exportcert", "-alias", "server", "-rfc", "-file", folder.resolve("server.pem").toString());
  }

  private static void keytool(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(
        Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
        "-keystore", folder.resolve("server.p12").toString(), "-storepass", new String(PASSWORD)));
    command.addAll(List.of(arguments));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0).as(output).isTrue();
  }

  @Test
  void aTrustedCertificateForTheTargetsNameIsGood() throws Exception {
    trust();
    FakeTargetState target = secureTarget("api.test");
    create(target);
    assertThat(nextReport()).isEqualTo(report(target, Observation.SUCCESS));
    assertThat(names.take()).extracting(name -> new String(name.getEncoded(), StandardCharsets.UTF_8))
        .containsExactly("api.test");
  }

  @Test
  void aCertificateOfSomebodyUnknownIsATcpFailure() throws Exception {
    FakeTargetState target = secureTarget("api.test");
    create(target);
    assertThat(nextReport()).isEqualTo(report(target, Observation.TCP_FAILURE));
  }

  @Test
  void aTrustedCertificateForAnotherNameIsATcpFailure() throws Exception {
    trust();
    FakeTargetState target = secureTarget("other.test");
    create(target);
    assertThat(nextReport()).isEqualTo(report(target, Observation.TCP_FAILURE));
  }

  @Test
  void theConfiguredServerNameComesBeforeTheTargets() throws Exception {
    trust();
    active.put("https_sni", "api.test");
    FakeTargetState target = secureTarget("other.test");
    create(target);
    assertThat(nextReport()).isEqualTo(report(target, Observation.SUCCESS));
  }

  @Test
  void theHostHeaderWithoutItsPortIsTheServerName() throws Exception {
    trust();
    upstream.put("host_header", "api.test:8443");
    FakeTargetState target = secureTarget("other.test");
    create(target);
    assertThat(nextReport()).isEqualTo(report(target, Observation.SUCCESS));
  }

  @Test
  void anyCertificateWillDoWhenNoneIsVerified() throws Exception {
    active.put("https_verify_certificate", false);
    FakeTargetState target = secureTarget("127.0.0.1");
    create(target);
    assertThat(nextReport()).isEqualTo(report(target, Observation.SUCCESS));
    assertThat(names.take()).isEmpty();
  }

  @Test
  void aServerThatNeverShakesHandsIsATimeout() throws Exception {
    active.put("type", "https").put("timeout", 0.3);
    FakeTargetState target = target(server(Script.hang()));
    create(target);
    assertThat(nextReport()).isEqualTo(report(target, Observation.TIMEOUT));
  }

  @Test
  void aServerThatSpeaksPlainTextIsATcpFailure() throws Exception {
    active.put("type", "https");
    FakeTargetState target = target(server(Script.answer("HTTP/1.1 400 Bad Request\r\n\r\n")));
    create(target);
    assertThat(nextReport()).isEqualTo(report(target, Observation.TCP_FAILURE));
  }

  @Test
  void theUpstreamsCertificateIsShownBeforeTheNodes() throws Exception {
    trust();
    wanted = true;
    certificate = Optional.of(pem());
    nodeSettings.put("client_ssl", "on");
    nodeSettings.put("client_ssl_cert", "of no use");
    nodeSettings.put("client_ssl_cert_key", "of no use");
    FakeTargetState target = secureTarget("api.test");
    create(target);
    assertThat(nextReport()).isEqualTo(report(target, Observation.SUCCESS));
  }

  @Test
  void theNodesCertificateIsShownWhereTheUpstreamHasNone() throws Exception {
    trust();
    wanted = true;
    nodeSettings.put("client_ssl", "on");
    nodeSettings.put("client_ssl_cert", folder.resolve("server.pem").toString());
    nodeSettings.put("client_ssl_cert_key", pem().key());
    FakeTargetState target = secureTarget("api.test");
    create(target);
    assertThat(nextReport()).isEqualTo(report(target, Observation.SUCCESS));
  }

  @Test
  void whoShowsNoneToAServerThatWantsOneMeetsATcpFailure() throws Exception {
    trust();
    wanted = true;
    FakeTargetState target = secureTarget("api.test");
    create(target);
    assertThat(nextReport()).isEqualTo(report(target, Observation.TCP_FAILURE));
  }

  /** The server's own certificate serves as that of a client, too. */
  private static Certificate pem() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream input = Files.newInputStream(folder.resolve("server.p12"))) {
      store.load(input, PASSWORD);
    }
    String key = Base64.getMimeEncoder().encodeToString(store.getKey("server", PASSWORD).getEncoded());
    return new Certificate(
        "shown",
        Files.readString(folder.resolve("server.pem")),
        "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n",
        Optional.empty(),
        Optional.empty());
  }

  private void trust() {
    nodeSettings.put("lua_ssl_trusted_certificate", folder.resolve("server.pem").toString());
  }

  private static KeyStore trustStore() throws Exception {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, null);
    try (InputStream input = Files.newInputStream(folder.resolve("server.pem"))) {
      store.setCertificateEntry("client", CertificateFactory.getInstance("X.509").generateCertificate(input));
    }
    return store;
  }

  private FakeTargetState secureTarget(String host) throws Exception {
    active.put("type", "https");
    KeyStore store = KeyStore.getInstance("PKCS12");
    try (InputStream input = Files.newInputStream(folder.resolve("server.p12"))) {
      store.load(input, PASSWORD);
    }
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, PASSWORD);
    SSLContext tls = SSLContext.getInstance("TLS");
    TrustManagerFactory clients = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    clients.init(trustStore());
    tls.init(keys.getKeyManagers(), clients.getTrustManagers(), null);
    SSLServerSocket socket =
        (SSLServerSocket) tls.getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    socket.setNeedClientAuth(wanted);
    ScriptedServer server = own(new ScriptedServer(
        socket,
        connection -> {
          names.add(((ExtendedSSLSession) ((SSLSocket) connection).getSession()).getRequestedServerNames());
          Script.answer("HTTP/1.0 200 OK\r\n\r\n").run(connection);
        }));
    return FakeTargetState.of(host, "127.0.0.1", server.port(), 1);
  }
}
