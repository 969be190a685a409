package dev.sluice.plugins.acme;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.Await;
import io.vertx.core.Promise;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What clients and authorities meet at the proxy. */
class ChallengeTest {

  private static AcmeFixture fixture;

  @BeforeAll
  static void start() {
    fixture = new AcmeFixture();
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  @AfterEach
  void reset() {
    fixture.reset();
  }

  @Test
  void answersChallengesOfItsDomains() {
    fixture.gateway.plugin("acme", AcmeFixture.config("a.test", "*.b.test"));
    fixture.gateway.create(EntityStorage.TYPE, new JsonObject().put("key", "one#http-01").put("value", "one.print"));
    for (String host : List.of("a.test", "A.test:80", "x.y.b.test")) {
      assertThat(fixture.challenge(host, "one").statusCode()).as(host).isEqualTo(200);
      assertThat(fixture.challenge(host, "one").bodyAsString()).isEqualTo("one.print");
      assertThat(fixture.challenge(host, "two").statusCode()).isEqualTo(404);
      assertThat(fixture.challenge(host, "two").bodyAsString()).isEqualTo("Not found\n");
    }
    assertThat(fixture.challenge("other.test", "one").bodyAsString()).as("goes upstream").contains("other.test");
    assertThat(fixture.gateway.get("/.well-known/acme-challenge/").statusCode()).isEqualTo(200);
  }

  @Test
  void aHandshakeWithoutCertificateIsNotKeptWaitingAndTheNextHasOne() {
    fixture.gateway.plugin("acme", AcmeFixture.config("a.test"));
    Promise<Void> held = fixture.authority.hold();
    for (int i = 0; i < 5; i++) {
      assertThat(TlsClient.isFor(TlsClient.get(fixture.tlsPort(), "a.test", "/"), "a.test")).isFalse();
      assertThat(TlsClient.isFor(TlsClient.get(fixture.tlsPort(), "b.test", "/"), "b.test")).isFalse();
    }
    Await.until("the order", () -> !fixture.authority.orders.isEmpty());
    held.complete();
    Await.until("the certificate", () ->
        TlsClient.isFor(TlsClient.get(fixture.tlsPort(), "a.test", "/"), "a.test"));
    assertThat(fixture.authority.orders).as("one order, and none for strangers").containsExactly("a.test");
    assertThat(fixture.sni("a.test")).isPresent();
  }

  @Test
  void orderedOnceForAllWhoAskAtTheSameTime() {
    fixture.gateway.plugin("acme", AcmeFixture.config().put("allow_any_domain", true));
    Promise<Void> held = fixture.authority.hold();
    TlsClient.get(fixture.tlsPort(), "a.test", "/");
    Await.until("the order", () -> !fixture.authority.orders.isEmpty());
    for (int i = 0; i < 4; i++) {
      TlsClient.get(fixture.tlsPort(), "a.test", "/");
    }
    TlsClient.get(fixture.tlsPort(), "b.test", "/");
    Await.until("another order", () -> fixture.authority.orders.size() > 1);
    assertThat(fixture.authority.orders).containsExactly("a.test", "b.test");
    held.complete();
    Await.until("both", () -> fixture.sni("a.test").isPresent() && fixture.sni("b.test").isPresent());
  }

  @Test
  void leavesHostsAloneThatHaveACertificate() {
    Issued wildcard = TestAuthority.issue("*.have.test", fixture.clock.instant(), TestAuthority.LIFE);
    fixture.gateway.create(
        CoreEntities.CERTIFICATES,
        new JsonObject()
            .put("cert", wildcard.certificate())
            .put("key", wildcard.key())
            .put("snis", new JsonArray().add("*.have.test")));
    fixture.gateway.plugin("acme", AcmeFixture.config().put("allow_any_domain", true));
    assertThat(TlsClient.isFor(TlsClient.get(fixture.tlsPort(), "a.have.test", "/"), "*.have.test")).isTrue();
    TlsClient.get(fixture.tlsPort(), "new.test", "/");
    Await.until("the other order", () -> !fixture.authority.orders.isEmpty());
    assertThat(fixture.authority.orders).containsExactly("new.test");
  }
}
