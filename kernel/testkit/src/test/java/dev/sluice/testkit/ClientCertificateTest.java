package dev.sluice.testkit;

import dev.sluice.api.entity.CoreEntities;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** Which certificate a server sees that wants one of its clients. */
@Timeout(180)
class ClientCertificateTest {

  private static final JsonObject NOTHING = new JsonObject();

  @TempDir private static Path folder;
  private static TestAuthority clients;
  private static TlsFixture fixture;
  private static TlsServer server;

  @BeforeAll
  static void start() throws Exception {
    clients = TestAuthority.root("clients");
    fixture = new TlsFixture(Map.of());
    server = fixture.server(clients.issue("api", "api.test", "target.test"), clients);
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @Test
  void whoShowsNoneIsTurnedAway() throws Exception {
    JsonObject service = fixture.service("api.test", server.port(), NOTHING);
    assertThat(fixture.status(service)).isEqualTo(502);
    JsonObject stranger = fixture.certificate(TestAuthority.root("stranger").issue("stranger"));
    assertThat(fixture.status(fixture.service("api.test", server.port(), TlsFixture.shown(stranger)))).isEqualTo(502);
  }

  @Test
  void theServicesComesBeforeTheUpstreams() throws Exception {
    JsonObject ofService = fixture.certificate(clients.below("below").issue("of-service"));
    JsonObject ofUpstream = fixture.certificate(clients.issue("of-upstream"));
    fixture.upstream("both.upstream", server.port(), TlsFixture.shown(ofUpstream));
    JsonObject both = fixture.service("both.upstream", 1, TlsFixture.shown(ofService));
    JsonObject one = fixture.service("both.upstream", 1, NOTHING);
    for (int i = 0; i < 3; i++) {
      assertThat(fixture.seen(both)).isEqualTo("target.test of-service");
      assertThat(fixture.seen(one)).isEqualTo("target.test of-upstream");
    }
    fixture.change(both, new JsonObject().putNull("client_certificate"));
    assertThat(fixture.seen(both)).isEqualTo("target.test of-upstream");
  }

  @Test
  void aNewOneIsShownAtOnce() throws Exception {
    JsonObject ofService = fixture.certificate(clients.issue("before"));
    JsonObject ofUpstream = fixture.certificate(clients.issue("before-too"));
    JsonObject service = fixture.service("api.test", server.port(), TlsFixture.shown(ofService));
    fixture.upstream("new.upstream", server.port(), TlsFixture.shown(ofUpstream));
    JsonObject byUpstream = fixture.service("new.upstream", 1, NOTHING);
    assertThat(fixture.seen(service)).isEqualTo("api.test before");
    assertThat(fixture.seen(byUpstream)).isEqualTo("target.test before-too");
    replace(ofService, clients.issue("after"));
    replace(ofUpstream, clients.issue("after-too"));
    assertThat(fixture.seen(service)).as("past the connection that is open").isEqualTo("api.test after");
    assertThat(fixture.seen(byUpstream)).isEqualTo("target.test after-too");
  }

  private static void replace(JsonObject certificate, TestCertificate by) {
    fixture.gateway().update(
        CoreEntities.CERTIFICATES,
        certificate.getString("id"),
        new JsonObject().put("cert", by.cert()).put("key", by.key()));
  }

  @Test
  void connectionsAreSharedByThoseWhoShowTheSame() throws Exception {
    JsonObject certificate = fixture.certificate(clients.issue("sharing"));
    JsonObject first = fixture.service("api.test", server.port(), TlsFixture.shown(certificate));
    JsonObject second = fixture.service("api.test", server.port(), TlsFixture.shown(certificate));
    int before = server.connections();
    for (int i = 0; i < 3; i++) {
      assertThat(fixture.seen(first)).isEqualTo("api.test sharing");
      fixture.certificate(clients.issue("a write that touches neither"));
      assertThat(fixture.seen(second)).isEqualTo("api.test sharing");
    }
    assertThat(server.connections() - before).isEqualTo(1);
  }

  @Test
  void webSocketsAreOpenedWithIt() throws Exception {
    JsonObject certificate = fixture.certificate(clients.issue("socket"));
    JsonObject service =
        fixture.service("api.test", server.port(), fixture.verified(clients).mergeIn(TlsFixture.shown(certificate)));
    JsonObject refused = fixture.service("wrong.test", server.port(), fixture.verified(clients));
    Vertx vertx = Vertx.vertx();
    try {
      CompletableFuture<String> message = new CompletableFuture<>();
      WebSocketConnectOptions to =
          new WebSocketConnectOptions().setHost("127.0.0.1").setPort(fixture.gateway().proxyPort());
      vertx.createWebSocketClient()
          .connect(new WebSocketConnectOptions(to).setURI(TlsFixture.path(service)))
          .onSuccess(socket -> socket.textMessageHandler(message::complete))
          .onFailure(message::completeExceptionally);
      assertThat(message.get(30, TimeUnit.SECONDS)).isEqualTo("socket");
      assertThat(
              vertx.createWebSocketClient()
                  .connect(new WebSocketConnectOptions(to).setURI(TlsFixture.path(refused)))
                  .toCompletionStage())
          .failsWithin(30, TimeUnit.SECONDS)
          .withThrowableThat()
          .withMessageContaining("502");
    } finally {
      Await.result(vertx.close());
    }
  }

  @Test
  void theNodesOwnIsShownWhereThereIsNoOther() throws Exception {
    TestCertificate made = clients.issue("of-node");
    Path cert = Files.writeString(folder.resolve("client.pem"), made.cert());
    Map<String, String> settings =
        Map.of("client_ssl", "on", "client_ssl_cert", cert.toString(), "client_ssl_cert_key", made.key());
    try (TlsFixture node = new TlsFixture(settings)) {
      assertThat(node.seen(node.service("api.test", server.port(), NOTHING))).isEqualTo("api.test of-node");
      JsonObject other = node.certificate(clients.issue("of-service"));
      assertThat(node.seen(node.service("api.test", server.port(), TlsFixture.shown(other))))
          .isEqualTo("api.test of-service");
    }
  }
}
