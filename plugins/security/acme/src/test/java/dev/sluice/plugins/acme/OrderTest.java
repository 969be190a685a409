package dev.sluice.plugins.acme;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.entity.Documents;
import dev.sluice.testkit.Await;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static dev.sluice.plugins.acme.AcmeFixture.message;
import static org.assertj.core.api.Assertions.assertThat;

/** What operators order and see. */
class OrderTest {

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

  private static void assertAnswer(HttpResponse<Buffer> answer, int status, String text) {
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(status);
    assertThat(message(answer)).isEqualTo(text);
  }

  @Test
  void thereIsNothingWithoutAConfiguration() {
    HttpResponse<Buffer> answer = fixture.order("a.test");
    assertThat(answer.statusCode()).isEqualTo(404);
    assertThat(answer.getHeader("Content-Type")).isEqualTo("text/html; charset=UTF-8");
    assertThat(fixture.gateway.admin(HttpMethod.GET, "/acme/certificates", Map.of(), Buffer.buffer()).statusCode())
        .isEqualTo(404);
  }

  @Test
  void refusesWhatIsNoHostOfIts() {
    fixture.gateway.plugin("acme", AcmeFixture.config("a.test"));
    assertAnswer(
        fixture.admin(HttpMethod.POST, "/acme", new JsonObject()),
        400,
        "host must be provided and containing a single domain");
    assertAnswer(fixture.order("a.test:80"), 400, "port is not allowed in host");
    assertAnswer(
        fixture.order("b.test"), 400, "failed to update certificate: host is not included in plugin config.domains");
    assertAnswer(
        fixture.admin(
            HttpMethod.POST, "/acme", new JsonObject().put("host", "b.test").put("test_http_challenge_flow", true)),
        400,
        "problem found running sanity check for b.test: host is not included in plugin config.domains");
    assertThat(fixture.authority.orders).isEmpty();
  }

  @Test
  void testsWhetherChallengesComeHere() {
    fixture.gateway.plugin("acme", AcmeFixture.config("localhost"));
    JsonObject body = new JsonObject().put("host", "localhost").put("test_http_challenge_flow", true);
    assertAnswer(
        fixture.admin(HttpMethod.POST, "/acme", body), 200, "sanity test for host localhost passed");
    fixture.challengePort.set(1);
    HttpResponse<Buffer> refused = fixture.admin(HttpMethod.POST, "/acme", body);
    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(message(refused)).startsWith("problem found running sanity check for localhost: ");
  }

  @Test
  void ordersAndShows() {
    fixture.gateway.plugin("acme", AcmeFixture.config("a.test"));
    assertAnswer(fixture.order("A.test"), 201, "certificate for host a.test is created");
    JsonObject shown = fixture
        .gateway
        .admin(HttpMethod.GET, "/acme/certificates/a.test", Map.of(), Buffer.buffer())
        .bodyAsJsonObject()
        .getJsonObject("data");
    assertThat(shown.getString("host")).isEqualTo("a.test");
    assertThat(shown.getString("issuer_cn")).isEqualTo("Test Root");
    assertThat(shown.getString("pubkey_type")).isEqualTo("id-ecPublicKey");
    assertThat(shown.getBoolean("valid")).isTrue();
    fixture.clock.advance(TestAuthority.LIFE.plusDays(1));
    JsonArray all = fixture
        .gateway
        .admin(HttpMethod.GET, "/acme/certificates", Map.of(), Buffer.buffer())
        .bodyAsJsonObject()
        .getJsonArray("data");
    assertThat(all).hasSize(1);
    assertThat(all.getJsonObject(0).getBoolean("valid")).isFalse();
    assertAnswer(
        fixture.gateway.admin(HttpMethod.GET, "/acme/certificates/none.test", Map.of(), Buffer.buffer()),
        404,
        "Certificate for host none.testnot found in storage");
  }

  @Test
  void leavesAHostAloneAfterAFailure() {
    fixture.gateway.plugin("acme", AcmeFixture.config("a.test"));
    fixture.authority.refusal = Optional.of("not today");
    assertAnswer(fixture.order("a.test"), 500, "failed to update certificate: not today");
    fixture.authority.refusal = Optional.empty();
    assertAnswer(
        fixture.order("a.test"),
        500,
        "failed to update certificate: please try again in 300 seconds for host a.test because of previous failure;"
            + " this is configurable with config.fail_backoff_minutes");
    TlsClient.get(fixture.tlsPort(), "a.test", "/");
    assertThat(fixture.authority.orders).hasSize(1);
    fixture.clock.advance(Duration.ofMinutes(6));
    assertAnswer(fixture.order("a.test"), 201, "certificate for host a.test is created");
  }

  @Test
  void waitsForAnotherNodeUntilThatIsGone() {
    fixture.gateway.plugin("acme", AcmeFixture.config("a.test"));
    fixture.gateway.create(
        EntityStorage.TYPE,
        new JsonObject().put("key", StorageKeys.lock("a.test")).put("value", "other").put("ttl", Issuer.LOCK_SECONDS));
    assertAnswer(fixture.order("a.test"), 202, "certificate for host a.test is already being created");
    assertThat(fixture.authority.orders).isEmpty();
    fixture.clock.advance(Duration.ofSeconds(Issuer.LOCK_SECONDS + 1));
    assertAnswer(fixture.order("a.test"), 201, "certificate for host a.test is created");
  }

  @Test
  void renewsWhatIsAboutToEnd() {
    fixture.gateway.plugin("acme", AcmeFixture.config("a.test", "gone.test"));
    fixture.order("a.test");
    fixture.order("gone.test");
    String certificate = Documents.reference(fixture.sni("a.test").orElseThrow(), "certificate").orElseThrow();
    fixture.gateway.delete(CoreEntities.SNIS, fixture.sni("gone.test").orElseThrow().getString("id"));
    renew();
    Await.until("what is gone is forgotten", () -> storedRenewals() == 1);
    assertThat(fixture.authority.orders).as("all are good for long").hasSize(2);
    fixture.clock.advance(TestAuthority.LIFE.minusDays(13));
    renew();
    Await.until("the renewal", () -> fixture.authority.orders.size() == 3);
    awaitNewOne();
    assertThat(Documents.reference(fixture.sni("a.test").orElseThrow(), "certificate")).contains(certificate);
    assertThat(fixture.authority.orders).containsExactly("a.test", "gone.test", "a.test");
  }

  @Test
  void renewsWhatTheStorageHasForgotten() {
    fixture.gateway.plugin("acme", AcmeFixture.config("a.test").put("storage", "shm"));
    fixture.order("a.test");
    fixture.gateway.delete(CoreEntities.PLUGINS, plugin());
    JsonObject other = new JsonObject().put("shm", new JsonObject().put("shm_name", "empty"));
    fixture.gateway.plugin("acme", AcmeFixture.config("a.test").put("storage", "shm").put("storage_config", other));
    fixture.clock.advance(TestAuthority.LIFE.minusDays(1));
    renew();
    awaitNewOne();
    assertThat(fixture.authority.orders).containsExactly("a.test", "a.test");
  }

  private static void awaitNewOne() {
    Await.until("a certificate of now is shown", () -> TlsClient
        .get(fixture.tlsPort(), "a.test", "/")
        .getNotBefore()
        .toInstant()
        .equals(fixture.clock.instant()));
  }

  private static String plugin() {
    return Await
        .result(Rows.all(fixture.gateway.kernel().entities(), CoreEntities.PLUGINS, Optional.empty()))
        .get(0)
        .getString("id");
  }

  private void renew() {
    assertAnswer(
        fixture.admin(HttpMethod.PATCH, "/acme", new JsonObject()), 202, "Renewal process started successfully");
  }

  private long storedRenewals() {
    return Await
        .result(Rows.all(fixture.gateway.kernel().entities(), EntityStorage.TYPE, Optional.empty()))
        .stream()
        .filter(row -> row.getString("key").startsWith(StorageKeys.RENEWALS))
        .count();
  }

  @Test
  void aCertificateOfSomebodyElseIsNotWrittenOver() {
    Issued other = TestAuthority.issue("a.test", fixture.clock.instant(), Duration.ofDays(1));
    JsonObject kept = fixture.gateway.create(CoreEntities.CERTIFICATES, new JsonObject()
        .put("cert", other.certificate())
        .put("key", other.key())
        .put("snis", new JsonArray().add("a.test").add("b.test")));
    fixture.gateway.plugin("acme", AcmeFixture.config("a.test"));
    fixture.order("a.test");
    assertThat(Documents.reference(fixture.sni("a.test").orElseThrow(), "certificate"))
        .isNotEqualTo(Optional.of(kept.getString("id")));
    assertThat(Documents.reference(fixture.sni("b.test").orElseThrow(), "certificate"))
        .contains(kept.getString("id"));
  }

  @Test
  void renewsInTime() {
    long day = 86_400;
    assertThat(Renewals.isDue(100 * day, 14, 85 * day)).isFalse();
    assertThat(Renewals.isDue(100 * day, 14, 86 * day)).isTrue();
    assertThat(Renewals.isDue(100 * day, 14, 200 * day)).isTrue();
  }
}
