package dev.sluice.plugins.acme;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.security.X509;
import dev.sluice.plugins.traffic.RedisLink;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.TestJar;
import dev.sluice.testkit.fake.EndpointsAlone;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.redis.client.Redis;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Object;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.shredzone.acme4j.Session;

import static org.assertj.core.api.Assertions.assertThat;

/** A real authority issues certificates, for a gateway whose plugin comes from a jar, too. */
class PebbleTest {

  @TempDir private Path folder;
  @TempDir private Path jars;
  private Names names;
  private TestGateway gateway;
  private Pebble pebble;

  @BeforeEach
  void start() {
    Pebble.binary();
    names = new Names();
  }

  /** The gateway reads whom it trusts when it starts, and the authority has to know the gateway's port. */
  private void start(boolean externalAccounts, GatewayPlugin... plugins) {
    String trusted = Pebble.trusted(folder).toString();
    TestAuthority.writeRoot(Pebble.trusted(folder));
    gateway = TestGateway.with(plugins)
        .setting("proxy_listen", "127.0.0.1:0, 127.0.0.1:0 ssl")
        .setting("lua_ssl_trusted_certificate", trusted)
        .jars(jars)
        .start();
    pebble = Pebble.start(folder, gateway.proxyPort(), names.address(), externalAccounts);
    gateway.route("/");
  }

  @AfterEach
  void stop() {
    if (gateway != null) {
      gateway.close();
    }
    if (pebble != null) {
      pebble.close();
    }
    if (names != null) {
      names.close();
    }
  }

  private static TestJar jar() {
    return TestJar.ofThisModule("acme")
        .library(RedisLink.class)
        .library(Redis.class)
        .library(Session.class)
        .library(JoseException.class)
        .library(ASN1Object.class)
        .library(X509CertificateHolder.class)
        .library(CMSObjectIdentifiers.class)
        .withInsides();
  }

  private JsonObject config() {
    return AcmeFixture.config("a.test", "b.test", "lost.test")
        .put("api_uri", pebble.directory())
        .put("tos_accepted", true)
        .put("cert_type", "ecc");
  }

  private X509Certificate shown(String host) {
    return TlsClient.get(gateway.kernel().port("proxy_listen.1"), host, "/");
  }

  private HttpResponse<Buffer> order(String host) {
    return gateway.admin(
        HttpMethod.POST, "/acme", Map.of(), new JsonObject().put("host", host).toBuffer());
  }

  private void assertOrdered(String host) {
    HttpResponse<Buffer> answer = order(host);
    assertThat(answer.statusCode()).as(answer.bodyAsString() + "\n" + pebble.log()).isEqualTo(201);
    assertThat(TlsClient.isFor(shown(host), host)).isTrue();
  }

  @Test
  void certificatesAreOrderedShownAndRenewed() {
    jar().stamped("0").into(jars);
    start(false, new EndpointsAlone());
    JsonObject plugin = gateway.plugin("acme", config());
    assertThat(TlsClient.isFor(shown("a.test"), "a.test")).isFalse();
    Await.until("the certificate", () -> TlsClient.isFor(shown("a.test"), "a.test"));
    X509Certificate first = shown("a.test");
    assertThat(first.getPublicKey().getAlgorithm()).isEqualTo("EC");
    assertThat(first.getIssuerX500Principal().getName()).contains("Pebble Intermediate");

    JsonObject rsa = new JsonObject().put("cert_type", "rsa").put("rsa_key_size", 2048).put("storage", "shm")
        .put("preferred_chain", alternateRoot());
    gateway.update(CoreEntities.PLUGINS, plugin.getString("id"), new JsonObject().put("config", rsa));
    assertOrdered("b.test");
    assertThat(shown("b.test").getPublicKey().getAlgorithm()).isEqualTo("RSA");
    assertThat(chainOf("b.test")).as("the chain that is preferred").contains(alternateRoot());

    HttpResponse<Buffer> lost = order("lost.test");
    assertThat(lost.statusCode()).isEqualTo(500);
    assertThat(lost.bodyAsString()).contains("failed to update certificate: the challenge has failed: ");

    JsonObject soon = new JsonObject().put("storage", "kong").put("renew_threshold_days", 100_000);
    gateway.update(CoreEntities.PLUGINS, plugin.getString("id"), new JsonObject().put("config", soon));
    gateway.admin(HttpMethod.PATCH, "/acme", Map.of(), Buffer.buffer());
    Await.until("the renewal", () -> !shown("a.test").getSerialNumber().equals(first.getSerialNumber()));

    jar().stamped("1").into(jars);
    Await.until("the retired class loader is collected", () -> {
      System.gc();
      return gateway.kernel().snapshot().registry().version() > 1
          && Await.result(gateway.kernel().uncollectedLoaders()) == 0;
    });
  }

  @Test
  void accountsAreBoundToOthers() {
    start(true, new AcmePlugin(), new EndpointsAlone());
    JsonObject plugin = gateway.plugin("acme", config());
    assertThat(order("a.test").bodyAsString()).contains("set eab_kid and eab_hmac_key");
    JsonObject bound = new JsonObject()
        .put("eab_kid", Pebble.EAB_ID)
        .put("eab_hmac_key", Pebble.EAB_KEY)
        .put("storage", "shm");
    gateway.update(CoreEntities.PLUGINS, plugin.getString("id"), new JsonObject().put("config", bound));
    assertOrdered("a.test");
  }

  @Test
  void theTermsHaveToBeAccepted() {
    start(false, new AcmePlugin(), new EndpointsAlone());
    gateway.plugin("acme", config().put("tos_accepted", false));
    assertThat(order("a.test").bodyAsString()).contains("terms of service must be accepted, see ");
  }

  /** The issuers in what is kept for a host. */
  private String chainOf(String host) {
    JsonArray found = new JsonArray(Await
        .result(Rows.all(gateway.kernel().entities(), CoreEntities.CERTIFICATES, Optional.empty())));
    StringBuilder issuers = new StringBuilder();
    for (Object row : found) {
      try {
        List<X509Certificate> chain = X509.chain(((JsonObject) row).getString("cert"));
        if (TlsClient.isFor(chain.get(0), host)) {
          chain.forEach(each -> issuers.append(each.getIssuerX500Principal().getName()).append('\n'));
        }
      } catch (CertificateException e) {
        throw new IllegalStateException(e);
      }
    }
    return issuers.toString();
  }

  private String alternateRoot() {
    String pem = TlsClient.body(pebble.managementPort(), "localhost", "/roots/1");
    try {
      return Chains.commonName(X509.chain(pem).get(0).getSubjectX500Principal());
    } catch (CertificateException e) {
      throw new IllegalStateException(e);
    }
  }
}
