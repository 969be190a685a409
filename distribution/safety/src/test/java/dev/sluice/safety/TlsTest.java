package dev.sluice.safety;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.security.PemKeys;
import dev.sluice.api.security.X509;
import dev.sluice.testkit.TestCertificate;
import dev.sluice.testkit.TrustsAll;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clients that show certificates, and clients that name whatever they like (cases TL). */
class TlsTest {

  private static final String PASSWORD = "changeit";

  @TempDir private static Path folder;
  private static Rig rig;
  private static TestCertificate trusted;
  private static TestCertificate revoked;
  private static TestCertificate stranger;

  @BeforeAll
  static void start() throws Exception {
    revoked = TestCertificate.of(folder, "revoked", "EC");
    Path list = revocations(revoked);
    trusted = TestCertificate.of(folder, "trusted", "EC");
    stranger = TestCertificate.of(folder, "stranger", "EC");
    Path authorities = Files.writeString(folder.resolve("authorities.pem"), trusted.cert() + revoked.cert());
    rig = new Rig(Map.of("proxy_listen", "127.0.0.1:0, 127.0.0.1:0 ssl http2", "nginx_worker_processes", "1",
        "nginx_proxy_ssl_verify_client", "on", "nginx_proxy_ssl_client_certificate", authorities.toString(),
        "nginx_proxy_ssl_crl", list.toString()));
    rig.gateway.create(CoreEntities.CERTIFICATES, new JsonObject().put("cert", stranger.cert()).put("key", stranger.key())
        .put("snis", new JsonArray().add("*.many.test").add("a.test")));
  }

  @AfterAll
  static void stop() {
    rig.close();
  }

  /** A list of revoked certificates with the one that is alone in the folder's only key store. */
  private static Path revocations(TestCertificate certificate) throws Exception {
    Path store;
    try (Stream<Path> files = Files.list(folder)) {
      store = files.filter(file -> file.toString().endsWith(".p12")).findFirst().orElseThrow();
    }
    Path list = folder.resolve("revoked.pem");
    String serial = X509.chain(certificate.cert()).get(0).getSerialNumber().toString();
    Process keytool =
        new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "keytool").toString(), "-gencrl", "-rfc", "-alias", "a",
                "-id", serial, "-keystore", store.toString(), "-storepass", PASSWORD, "-file", list.toString())
            .redirectErrorStream(true)
            .start();
    String said = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (keytool.waitFor() != 0) {
      throw new AssertionError("keytool: " + said);
    }
    return list;
  }

  /** Shows its certificate whoever is wanted. */
  private static final class Insistent extends X509ExtendedKeyManager {
    private final X509KeyManager keys;

    Insistent(X509KeyManager keys) {
      this.keys = keys;
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[] {"a"};
    }

    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      return "a";
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return "a";
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return keys.getCertificateChain(alias);
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return keys.getPrivateKey(alias);
    }
  }

  /** A client of its own each time: the JDK would go on with the session before, and with the name that was named there. */
  private static SSLContext client(KeyManager... keys) {
    return TrustsAll.context(keys);
  }

  private static KeyManager shows(TestCertificate certificate) throws GeneralSecurityException, IOException {
    KeyStore store = KeyStore.getInstance("PKCS12");
    store.load(null, PASSWORD.toCharArray());
    Certificate[] chain = X509.chain(certificate.cert()).toArray(Certificate[]::new);
    store.setKeyEntry("a", PemKeys.privateKey(certificate.key()), PASSWORD.toCharArray(), chain);
    KeyManagerFactory factory = KeyManagerFactory.getInstance("SunX509");
    factory.init(store, PASSWORD.toCharArray());
    return new Insistent((X509KeyManager) factory.getKeyManagers()[0]);
  }

  /** The status of an answer to a client that names a server in the handshake, and a host in its request. */
  private static String asks(SSLContext client, int port, String serverName, String host) throws IOException {
    try (SSLSocket socket = (SSLSocket) client.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(20_000);
      if (!serverName.isEmpty()) {
        SSLParameters parameters = socket.getSSLParameters();
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
        socket.setSSLParameters(parameters);
      }
      socket.getOutputStream().write(("GET /x HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
      Answer answer = Answer.read(socket.getInputStream(), new StringBuilder(), false);
      return String.valueOf(answer.status());
    } catch (IOException e) {
      return "refused";
    }
  }

  private static int tlsPort() {
    return rig.gateway.kernel().port("proxy_listen.1");
  }

  @Test
  void whoMayComeIn() throws Exception {
    try (Trial trial = new Trial(rig, "TL-04", "clients that show a good certificate, none, one of a stranger's, a revoked one; with and without a name that has a certificate",
        "200; the handshake fails")) {
      // Others that the gateway's machine believes are no better.
      for (String name : List.of("", "a.test")) {
        String host = name.isEmpty() ? "h" : name;
        List<String> seen = new ArrayList<>();
        seen.add(asks(client(shows(trusted)), tlsPort(), name, host));
        trial.accepted(seen.get(0).equals("200") ? 1 : 0);
        seen.add(asks(client(), tlsPort(), name, host));
        seen.add(asks(client(shows(stranger)), tlsPort(), name, host));
        seen.add(asks(client(shows(revoked)), tlsPort(), name, host));
        trial.saw(seen.toString(), seen.equals(List.of("200", "refused", "refused", "refused")), "name " + name);
      }
    }
  }

  @Test
  void oneNameInAndAnotherOut() throws Exception {
    try (Trial trial = new Trial(rig, "TL-06", "a server name in the handshake and another host in the request, where clients show certificates",
        "421; 200 when they are the same, or none was named")) {
      for (List<String> each : List.of(
          List.of("a.test", "b.test", "421"),
          List.of("a.test", "a.test.evil.test", "421"),
          List.of("a.test", "A.test:8443", "200"),
          List.of("", "b.test", "200"))) {
        String status = asks(client(shows(trusted)), tlsPort(), each.get(0), each.get(1));
        trial.accepted(status.equals("200") ? 1 : 0);
        trial.saw(status, status.equals(each.get(2)), each.toString());
      }
    }
  }

  @Test
  void randomNames() throws Exception {
    int names = Suite.times(12, 2_000);
    try (Trial trial = new Trial(rig, "TL-05", names + " server names that nobody has named before, half of them below a wildcard certificate",
        "200 each, memory stays")) {
      KeyManager shown = shows(trusted);
      asks(client(shown), tlsPort(), "first.many.test", "first.many.test");
      long before = rig.memory();
      AtomicInteger good = new AtomicInteger();
      for (int i = 0; i < names; i++) {
        String name = "n" + i + "-" + Long.toHexString(Suite.seed()) + (i % 2 == 0 ? ".many.test" : ".unknown.test");
        good.addAndGet(asks(client(shown), tlsPort(), name, name).equals("200") ? 1 : 0);
      }
      trial.accepted(good.get() + 1);
      trial.saw("200 each", good.get() == names, good + " of " + names);
      long more = rig.memory() - before;
      trial.saw("memory stays", more < 24 << 20, (more >> 10) + " KB more");
    }
  }
}
