package dev.sluice.plugins.mtlsauth;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.plugins.mtlsauth.MtlsFixture.Got;
import dev.sluice.testkit.TestCertificate;
import dev.sluice.testkit.fake.MovableClock;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.plugins.mtlsauth.MtlsFixture.client;
import static dev.sluice.plugins.mtlsauth.Pki.named;
import static org.assertj.core.api.Assertions.assertThat;

/** Who is let in by a certificate, through real handshakes. */
@Timeout(120)
class MtlsAuthTest {

  private static final String FAILED = "TLS certificate failed verification";
  private static final String MISSING = "No required TLS certificate was sent";

  private static Pki root;
  private static Pki middle;
  private static Pki stranger;
  private static TestCertificate ada;
  private static MtlsFixture fixture;
  private static JsonObject adaConsumer;

  @BeforeAll
  static void start() throws Exception {
    root = Pki.root("root");
    middle = root.below("middle");
    stranger = Pki.root("stranger");
    ada = root.issue(named("ada"));
    fixture = new MtlsFixture();
    adaConsumer = fixture.gateway.consumer("ada");
    fixture.guard("/plain", fixture.config(root));
  }

  @AfterAll
  static void stop() {
    fixture.close();
  }

  private static void refused(Got got, String message) {
    assertThat(got.status()).as(String.valueOf(got.body())).isEqualTo(401);
    assertThat(got.body().getString("message")).isEqualTo(message);
  }

  private static void isAda(Got got) {
    assertThat(got.status()).as(String.valueOf(got.body())).isEqualTo(200);
    assertThat(got.seen("x-consumer-id")).contains(adaConsumer.getString("id"));
    assertThat(got.seen("x-consumer-username")).contains("ada");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TLSv1.2", "TLSv1.3"})
  void aCertificateSaysWhoItIs(String protocol) {
    isAda(fixture.get("/plain", client(ada).speaks(protocol)));
    refused(fixture.get("/plain", client().speaks(protocol)), MISSING);
  }

  @Test
  void overHttp2Too() {
    Got got = fixture.get("/plain", client(ada).http2());
    assertThat(got.version()).isEqualTo(HttpVersion.HTTP_2);
    isAda(got);
    refused(fixture.get("/plain", client().http2()), MISSING);
  }

  @Test
  void withoutTlsThereIsNone() {
    var answer = fixture.gateway.get("/plain");
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.bodyAsJsonObject().getString("message")).isEqualTo(MISSING);
  }

  @Test
  void othersAreRefused() throws Exception {
    refused(fixture.get("/plain", client(stranger.issue(named("ada")))), FAILED);
    refused(fixture.get("/plain", client(Pki.root("root").issue(named("ada")))), FAILED);
    refused(fixture.get("/plain", client(root.issue(named("ada").left(Duration.ofHours(-1))))), FAILED);
    refused(fixture.get("/plain", client(root.issue(named("ada").forServers()))), FAILED);
    isAda(fixture.get("/plain", client(root.issue(named("ada").forClients()))));
  }

  @Test
  void aClientIsNoAuthority() throws Exception {
    refused(fixture.get("/plain", client(root.impostor("eve").issue(named("ada")))), FAILED);
  }

  @Test
  void anAuthorityWhoseTimeIsOverVouchesForNobody() throws Exception {
    MovableClock clock = new MovableClock(Instant.now());
    try (MtlsFixture later = new MtlsFixture(clock)) {
      later.gateway.consumer("ada");
      Pki old = Pki.root("old", Duration.ofHours(1));
      TestCertificate vouched = old.issue(named("ada"));
      later.guard("/both", later.config(old, root).put("cert_cache_ttl", 86_400_000));
      assertThat(later.get("/both", client(vouched)).status()).isEqualTo(200);
      clock.advance(Duration.ofHours(2));
      refused(later.get("/both", client(vouched)), FAILED);
      assertThat(later.get("/both", client(ada)).status()).isEqualTo(200);
    }
  }

  @Test
  void chainsLeadThroughAuthoritiesBetween() throws Exception {
    isAda(fixture.get("/plain", client(middle.issue(named("ada")))));
    refused(fixture.get("/plain", client(middle.alone(named("ada")))), FAILED);
    fixture.guard("/known-middle", fixture.config(root, middle));
    isAda(fixture.get("/known-middle", client(middle.alone(named("ada")))));
    fixture.guard("/middle-alone", fixture.config(middle));
    refused(fixture.get("/middle-alone", client(middle.issue(named("ada")))), FAILED);
    fixture.guard("/partial", fixture.config(middle).put("allow_partial_chain", true));
    isAda(fixture.get("/partial", client(middle.alone(named("ada")))));
    refused(fixture.get("/partial", client(ada)), FAILED);
  }

  @Test
  void whatWasAskedUnderOneNameIsNoGoodForAnother() {
    Got got = fixture.get("/plain", client(ada).asksFor("other.test"));
    assertThat(got.status()).isEqualTo(421);
    assertThat(fixture.get("/plain", client(ada).http2().asksFor("other.test")).status()).isEqualTo(421);
  }

  @Test
  void alternativeNamesComeFirst() throws Exception {
    fixture.gateway.consumer("mail@ada.test");
    fixture.gateway.create(
        CoreEntities.CONSUMERS, new JsonObject().put("username", "by-dns").put("custom_id", "dns.ada.test"));
    Pki.Wish both = named("ada").email("mail@ada.test").dns("dns.ada.test");
    assertThat(fixture.get("/plain", client(root.issue(both))).seen("x-consumer-username")).contains("by-dns");
    assertThat(fixture.get("/plain", client(root.issue(named("ada").email("mail@ada.test")))).seen("x-consumer-username"))
        .contains("mail@ada.test");
    fixture.guard("/by-name", fixture.config(root).put("consumer_by", new JsonArray().add("username")));
    isAda(fixture.get("/by-name", client(root.issue(named("ada").dns("dns.ada.test")))));
  }

  @Test
  void whatIsSaidOfANameCounts() throws Exception {
    JsonObject bob = fixture.gateway.consumer("bob");
    JsonObject eve = fixture.gateway.consumer("eve");
    said("said.test", bob, null);
    said("said.test", eve, fixture.authority(stranger));
    fixture.guard("/said", fixture.config(root, stranger).put("consumer_by", new JsonArray()));
    Got ofRoot = fixture.get("/said", client(root.issue(named("x").dns("said.test"))));
    assertThat(ofRoot.seen("x-consumer-username")).contains("bob");
    assertThat(ofRoot.seen("x-credential-identifier")).isPresent();
    assertThat(fixture.get("/said", client(stranger.issue(named("said.test")))).seen("x-consumer-username"))
        .contains("eve");
    refused(fixture.get("/said", client(ada)), FAILED);
  }

  private static void said(String name, JsonObject consumer, String authority) {
    JsonObject body =
        new JsonObject().put("subject_name", name).put("consumer", new JsonObject().put("id", consumer.getString("id")));
    if (authority != null) {
      body.put("ca_certificate", new JsonObject().put("id", authority));
    }
    fixture.gateway.create(MtlsCredential.TYPE, body);
  }

  @Test
  void nobodysMayBeSomebodys() throws Exception {
    TestCertificate nobody = root.issue(named("nobody"));
    refused(fixture.get("/plain", client(nobody)), FAILED);
    fixture.guard("/default", fixture.config(root).put("default_consumer", "ada"));
    isAda(fixture.get("/default", client(nobody)));
    refused(fixture.get("/default", client(stranger.issue(named("nobody")))), FAILED);
    fixture.guard("/anonymous", fixture.config(root).put("anonymous", adaConsumer.getString("id")));
    for (Got got :
        new Got[] {
          fixture.get("/anonymous", client()),
          fixture.get("/anonymous", client(nobody)),
          fixture.get("/anonymous", client(stranger.issue(named("x"))))
        }) {
      isAda(got);
      assertThat(got.seen("x-anonymous-consumer")).contains("true");
    }
    assertThat(fixture.get("/anonymous", client(ada)).seen("x-anonymous-consumer")).isEmpty();
  }

  @Test
  void withoutConsumersTheNamesAreTold() throws Exception {
    fixture.guard("/skip", fixture.config(root).put("skip_consumer_lookup", true));
    TestCertificate named = root.issue(new Pki.Wish("CN=any one,O=Org").dns("a.test").email("b@a.test"));
    Got got = fixture.get("/skip", client(named), Map.of("X-Client-Cert-DN", "made up", "X-Consumer-Username", "ada"));
    assertThat(got.status()).isEqualTo(200);
    assertThat(got.seen("x-client-cert-dn")).contains("O=Org,CN=any one");
    assertThat(got.seen("x-client-cert-san")).contains("a.test, b@a.test");
    assertThat(got.seen("x-consumer-username")).isEmpty();
    refused(fixture.get("/skip", client(stranger.issue(named("x")))), FAILED);
  }

  @Test
  void anAuthorityThatIsTakenOutOfTheConfigurationLetsNobodyInAnyMore() throws Exception {
    JsonObject route = fixture.gateway.route("/changing", fixture.backend);
    JsonObject plugin = fixture.gateway.plugin("mtls-auth", fixture.config(root), route);
    isAda(fixture.get("/changing", client(ada)));
    fixture.gateway.update(
        CoreEntities.PLUGINS, plugin.getString("id"), new JsonObject().put("config", fixture.config(stranger)));
    refused(fixture.get("/changing", client(ada)), FAILED);
  }
}
