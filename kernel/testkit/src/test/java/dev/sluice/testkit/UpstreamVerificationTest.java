package dev.sluice.testkit;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

/** Certificates of upstreams are verified for services that say so, and for no others. */
@Timeout(180)
class UpstreamVerificationTest {

  private static final JsonObject UNVERIFIED = new JsonObject();

  @TempDir private static Path folder;
  private static TestAuthority root;
  private static TestAuthority stranger;
  private static TestAuthority nodes;
  private static TlsFixture fixture;
  private static TlsServer right;
  private static TlsServer expired;
  private static TlsServer selfSigned;
  private static TlsServer untrusted;

  @BeforeAll
  static void start() throws Exception {
    root = TestAuthority.root("root");
    stranger = TestAuthority.root("stranger");
    nodes = TestAuthority.root("nodes");
    Path trusted = Files.writeString(folder.resolve("trusted.pem"), nodes.cert());
    fixture = new TlsFixture(Map.of("lua_ssl_trusted_certificate", trusted.toString()));
    right = fixture.server(root.issue("api", "api.test", "*.wild.test", "127.0.0.1"));
    expired = fixture.server(root.expired("api", "api.test"));
    selfSigned = fixture.server(TestAuthority.root("self", "api.test").itself());
    untrusted = fixture.server(stranger.issue("api", "api.test"));
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void nobodyIsVerifiedUnlessTheServiceSaysSo() {
    for (TlsServer server : new TlsServer[] {right, expired, selfSigned, untrusted}) {
      JsonObject service = fixture.service("api.test", server.port(), UNVERIFIED);
      assertThat(fixture.seen(service)).isEqualTo("api.test nobody");
    }
  }

  @Test
  void chainTimeAndNameAreVerified() throws Exception {
    JsonObject verified = fixture.verified(root);
    JsonObject good = fixture.service("api.test", right.port(), verified);
    assertThat(fixture.seen(good)).isEqualTo("api.test nobody");
    assertThat(fixture.seen(fixture.service("a.wild.test", right.port(), verified))).isEqualTo("a.wild.test nobody");
    refused(fixture.service("other.test", right.port(), verified), "other.test");
    refused(fixture.service("a.b.wild.test", right.port(), verified), "a.b.wild.test");
    refused(fixture.service("api.test", expired.port(), verified), "NotAfter");
    refused(fixture.service("api.test", selfSigned.port(), verified), "certification path");
    refused(fixture.service("api.test", untrusted.port(), verified), "certification path");
    assertThat(fixture.status(fixture.service("api.test", untrusted.port(), fixture.verified(stranger, root))))
        .isEqualTo(200);
  }

  private static void refused(JsonObject service, String reason) {
    var answer = fixture.gateway().get(TlsFixture.path(service), Map.of("Accept", "application/json"));
    assertThat(answer.statusCode()).isEqualTo(TlsFixture.REFUSED);
    assertThat(answer.bodyAsJsonObject().getString("message"))
        .isEqualTo("An invalid response was received from the upstream server");
    assertThat(fixture.told(service))
        .contains("at 127.0.0.1:" + service.getInteger("port"))
        .contains("the certificate of " + service.getString("host") + " is refused")
        .contains(reason);
  }

  /** What the gateway sends must not depend on who has asked before: the services share host, port and machine. */
  @Test
  void aConnectionThatWasNotVerifiedNeverServesWhoVerifies() throws Exception {
    JsonObject verified = fixture.verified(root);
    for (TlsServer server : new TlsServer[] {expired, selfSigned, untrusted}) {
      onlyTheUnverified(server, "api.test", verified);
    }
    onlyTheUnverified(right, "wrong.test", verified);
  }

  private static void onlyTheUnverified(TlsServer server, String host, JsonObject verified) {
    JsonObject open = fixture.service(host, server.port(), UNVERIFIED);
    JsonObject closed = fixture.service(host, server.port(), verified);
    int connections = server.connections();
    for (int i = 0; i < 5; i++) {
      assertThat(fixture.status(open)).isEqualTo(200);
      assertThat(fixture.status(closed)).as("after one that was not verified").isEqualTo(TlsFixture.REFUSED);
    }
    assertThat(server.connections() - connections).as("the open one kept its connection").isEqualTo(1);
    fixture.change(open, verified);
    assertThat(fixture.status(open)).as("it verifies now").isEqualTo(TlsFixture.REFUSED);
    fixture.change(open, new JsonObject().put("tls_verify", false));
    assertThat(fixture.status(open)).isEqualTo(200);
  }

  @Test
  void aConnectionForOneNameServesNoOther() throws Exception {
    JsonObject verified = fixture.verified(root);
    JsonObject good = fixture.service("api.test", right.port(), verified);
    JsonObject wrong = fixture.service("wrong.test", right.port(), verified);
    for (int i = 0; i < 3; i++) {
      assertThat(fixture.status(good)).isEqualTo(200);
      assertThat(fixture.status(wrong)).isEqualTo(TlsFixture.REFUSED);
    }
  }

  @Test
  void theNameIsThatOfTheHostHeader() throws Exception {
    JsonObject verified = fixture.verified(root);
    JsonObject kept =
        fixture.service("other.test", right.port(), verified, new JsonObject().put("preserve_host", true));
    String path = TlsFixture.path(kept);
    assertThat(fixture.gateway().get(path, Map.of("Host", "api.test:1")).bodyAsString()).isEqualTo("api.test nobody");
    assertThat(fixture.gateway().get(path, Map.of("Host", "other.test")).statusCode()).isEqualTo(502);

    fixture.upstream("named.upstream", right.port(), new JsonObject().put("host_header", "api.test:99"));
    assertThat(fixture.seen(fixture.service("named.upstream", 1, verified))).isEqualTo("api.test nobody");
    fixture.upstream("plain.upstream", right.port(), new JsonObject());
    assertThat(fixture.status(fixture.service("plain.upstream", 1, verified)))
        .as("it is the target's name that counts").isEqualTo(502);
    assertThat(fixture.seen(fixture.service("plain.upstream", 1, UNVERIFIED))).isEqualTo("target.test nobody");
    assertThat(fixture.seen(fixture.service("127.0.0.1", right.port(), verified)))
        .as("an address is no server name, but a certificate may be for one").isEqualTo("null nobody");
  }

  @Test
  void chainsMayBeAsLongAsTheServiceSays() throws Exception {
    TlsServer one = fixture.server(root.below("one").issue("api", "api.test"));
    TlsServer two = fixture.server(root.below("one").below("two").issue("api", "api.test"));
    JsonObject verified = fixture.verified(root);
    JsonObject oneBetween = fixture.service("api.test", one.port(), verified);
    JsonObject twoBetween = fixture.service("api.test", two.port(), verified);
    assertThat(fixture.status(oneBetween)).as("one may lie between by default").isEqualTo(200);
    assertThat(fixture.status(twoBetween)).isEqualTo(502);
    assertThat(fixture.told(twoBetween)).contains("more than 1 certificates lie between it and an authority");
    fixture.change(oneBetween, new JsonObject().put("tls_verify_depth", 0));
    fixture.change(twoBetween, new JsonObject().put("tls_verify_depth", 2));
    assertThat(fixture.status(oneBetween)).isEqualTo(502);
    assertThat(fixture.status(twoBetween)).isEqualTo(200);
    JsonObject direct = fixture.service("api.test", right.port(), verified.copy().put("tls_verify_depth", 0));
    assertThat(fixture.status(direct)).isEqualTo(200);
  }

  @Test
  void whoNamesNoAuthorityTrustsThoseOfTheNode() throws Exception {
    TlsServer ofNodes = fixture.server(nodes.issue("api", "api.test"));
    JsonObject verify = new JsonObject().put("tls_verify", true);
    assertThat(fixture.status(fixture.service("api.test", ofNodes.port(), verify))).isEqualTo(200);
    assertThat(fixture.status(fixture.service("api.test", right.port(), verify))).isEqualTo(502);
    assertThat(fixture.status(fixture.service("api.test", ofNodes.port(), fixture.verified(root)))).isEqualTo(502);
  }

  @Test
  void anAuthorityThatIsNotThereClosesTheWay() {
    JsonObject settings =
        new JsonObject()
            .put("tls_verify", true)
            .put("ca_certificates", new JsonArray().add(UUID.randomUUID().toString()));
    JsonObject service = fixture.service("api.test", right.port(), settings);
    assertThat(fixture.status(service)).isEqualTo(502);
    assertThat(fixture.told(service)).contains("which is not there");
    fixture.change(service, new JsonObject().put("tls_verify", false));
    assertThat(fixture.status(service)).as("nobody asks for it").isEqualTo(200);
  }

  @Test
  void theNodeMayVerifyWhereTheServiceLeavesItOpen() throws Exception {
    Path trusted = Files.writeString(folder.resolve("injected.pem"), root.cert());
    Map<String, String> settings =
        Map.of(
            "nginx_proxy_proxy_ssl_verify", "on",
            "nginx_proxy_proxy_ssl_trusted_certificate", trusted.toString(),
            "nginx_proxy_proxy_ssl_verify_depth", "0");
    try (TlsFixture strict = new TlsFixture(settings)) {
      JsonObject open = strict.service("api.test", untrusted.port(), UNVERIFIED);
      assertThat(strict.status(open)).isEqualTo(502);
      strict.change(open, new JsonObject().put("tls_verify", false));
      assertThat(strict.status(open)).isEqualTo(200);
      assertThat(strict.status(strict.service("api.test", right.port(), UNVERIFIED))).isEqualTo(200);
      TlsServer below = strict.server(root.below("one").issue("api", "api.test"));
      assertThat(strict.status(strict.service("api.test", below.port(), UNVERIFIED))).isEqualTo(502);
    }
  }

  /** As TLS 1.3 has it: one side may be done while the other is not. */
  @Test
  void aServerThatSaysThatItIsDoneIsNotWaitedFor() throws Exception {
    CompletableFuture<Integer> end = new CompletableFuture<>();
    try (SSLServerSocket server = TlsServer.socket(root.issue("api", "api.test"))) {
      Thread serving = new Thread(() -> sayGoodbye(server, end), "goodbye");
      serving.setDaemon(true);
      serving.start();
      JsonObject settings = fixture.verified(root).put("read_timeout", 20_000);
      JsonObject service = fixture.service("api.test", server.getLocalPort(), settings);
      assertThat(fixture.seen(service)).isEqualTo("goodbye");
      assertThat(end.get(10, TimeUnit.SECONDS)).as("the gateway says goodbye, too").isEqualTo(-1);
    }
  }

  private static void sayGoodbye(SSLServerSocket server, CompletableFuture<Integer> end) {
    try (SSLSocket socket = (SSLSocket) server.accept()) {
      InputStream in = socket.getInputStream();
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        head.append((char) in.read());
      }
      socket.getOutputStream().write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\ngoodbye".getBytes(US_ASCII));
      socket.shutdownOutput();
      end.complete(in.read());
    } catch (IOException e) {
      end.completeExceptionally(e);
    }
  }
}
