package dev.sluice.plugins.mtlsauth;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.TrustsAll;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.X509KeyManager;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.plugins.mtlsauth.MtlsFixture.client;
import static dev.sluice.plugins.mtlsauth.Pki.named;
import static org.assertj.core.api.Assertions.assertThat;

/** Which clients are asked for a certificate, and what they are told of authorities. */
@Timeout(120)
class AskingTest {

  private static final String HOST = MtlsFixture.HOST;
  private static final String NO_NAME = "";
  private static final List<String> NOT_ASKED = List.of("not asked");

  private static MtlsFixture fixture;
  private static Pki root;

  @BeforeAll
  static void start() throws Exception {
    fixture = new MtlsFixture();
    root = Pki.root("root");
    fixture.gateway.consumer("ada");
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @AfterEach
  void clear() {
    fixture.clear();
  }

  /** The names of authorities that a client is told, who has no certificate. */
  private List<String> told(
      SSLContext context, AtomicReference<List<String>> heard, String serverName, String protocol) throws Exception {
    heard.set(NOT_ASKED);
    try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("127.0.0.1", fixture.port())) {
      socket.setSoTimeout(10_000);
      SSLParameters parameters = socket.getSSLParameters();
      parameters.setProtocols(new String[] {protocol});
      if (!serverName.isEmpty()) {
        parameters.setServerNames(List.of(new SNIHostName(serverName)));
      }
      socket.setSSLParameters(parameters);
      socket.startHandshake();
      // The session can be resumed only when what follows the handshake was read.
      String request = "GET / HTTP/1.1\r\nHost: " + HOST + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      socket.getInputStream().readAllBytes();
    }
    return heard.get();
  }

  private List<String> told(String serverName, String protocol) throws Exception {
    AtomicReference<List<String>> heard = new AtomicReference<>(NOT_ASKED);
    return told(TrustsAll.context(new Listening(heard)), heard, serverName, protocol);
  }

  private List<String> told(String serverName) throws Exception {
    return told(serverName, "TLSv1.3");
  }

  private record Listening(AtomicReference<List<String>> heard) implements X509KeyManager {
    @Override
    public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
      List<String> names = new ArrayList<>();
      if (issuers != null) {
        Arrays.stream(issuers).map(Principal::getName).forEach(names::add);
      }
      heard.set(names);
      return null;
    }

    @Override
    public String[] getClientAliases(String type, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public String[] getServerAliases(String type, Principal[] issuers) {
      return new String[0];
    }

    @Override
    public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
      return null;
    }

    @Override
    public X509Certificate[] getCertificateChain(String alias) {
      return new X509Certificate[0];
    }

    @Override
    public PrivateKey getPrivateKey(String alias) {
      return null;
    }
  }

  @Test
  void nobodyWithoutThePlugin() throws Exception {
    fixture.gateway.route("/", fixture.backend);
    assertThat(told("api.test")).isEqualTo(NOT_ASKED);
    assertThat(told(NO_NAME)).isEqualTo(NOT_ASKED);
  }

  @Test
  void thoseWhoNameTheServerOfARoute() throws Exception {
    fixture.guard("/", fixture.config(root), "only.test", "*.wild.test");
    fixture.gateway.route("/open", fixture.backend);
    assertThat(told("only.test")).isEmpty();
    assertThat(told("ONLY.test")).isEmpty();
    assertThat(told("a.wild.test")).isEmpty();
    assertThat(told("other.test")).isEqualTo(NOT_ASKED);
    assertThat(told(NO_NAME)).isEqualTo(NOT_ASKED);
    assertThat(fixture.get("/", client(root.issue(named("ada"))).names("only.test")).status()).isEqualTo(200);
    assertThat(fixture.get("/", client(root.issue(named("ada"))).names("other.test")).status())
        .as("who was not asked has shown nothing")
        .isEqualTo(401);
  }

  @Test
  void aNameWithACertificateOfItsOwn() throws Exception {
    var shown = Pki.root("server").issue(named("only.test"));
    fixture.gateway.create(
        CoreEntities.CERTIFICATES,
        new JsonObject().put("cert", shown.cert()).put("key", shown.key()).put("snis", new JsonArray().add("only.test")));
    assertThat(told("only.test")).isEqualTo(NOT_ASKED);
    fixture.guard("/", fixture.config(root), "only.test");
    assertThat(told("only.test")).isEmpty();
    assertThat(told("localhost")).isEqualTo(NOT_ASKED);
    fixture.clear();
    assertThat(told("only.test")).isEqualTo(NOT_ASKED);
  }

  @Test
  void everybodyWhereARouteTakesAnyName() throws Exception {
    JsonObject route = fixture.gateway.route("/", fixture.backend);
    assertThat(told("api.test")).isEqualTo(NOT_ASKED);
    JsonObject plugin = fixture.gateway.plugin("mtls-auth", fixture.config(root), route);
    assertThat(told("api.test")).isEmpty();
    assertThat(told("localhost")).isEmpty();
    assertThat(told(NO_NAME)).isEmpty();
    fixture.gateway.update(CoreEntities.PLUGINS, plugin.getString("id"), new JsonObject().put("enabled", false));
    assertThat(told("api.test")).isEqualTo(NOT_ASKED);
  }

  @Test
  void everybodyWhereItIsGlobal() throws Exception {
    fixture.guard("/", fixture.config(root), "only.test");
    assertThat(told("api.test")).isEqualTo(NOT_ASKED);
    fixture.gateway.plugin("mtls-auth", fixture.config(root));
    assertThat(told("api.test")).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void authoritiesAreNamedWhereThatIsWanted(String protocol) throws Exception {
    fixture.guard("/", fixture.config(root).put("send_ca_dn", true), "only.test");
    fixture.guard("/other", fixture.config(Pki.root("other")), "other.test");
    assertThat(told("only.test", protocol)).containsExactly("CN=root");
    assertThat(told("other.test", protocol)).isEmpty();
  }

  /** Or the client could never show one as long as its session lasts. */
  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aSessionFromBeforeIsNotResumed(String protocol) throws Exception {
    JsonObject route = fixture.gateway.route("/", fixture.backend);
    AtomicReference<List<String>> heard = new AtomicReference<>(NOT_ASKED);
    SSLContext context = TrustsAll.context(new Listening(heard));
    assertThat(told(context, heard, "api.test", protocol)).isEqualTo(NOT_ASKED);
    fixture.gateway.plugin("mtls-auth", fixture.config(root), route);
    assertThat(told(context, heard, "api.test", protocol)).isEmpty();
  }
}
