package dev.sluice.plugins.ldapauth;

import dev.sluice.testkit.EchoGateway;
import dev.sluice.testkit.RawOrigin;
import dev.sluice.testkit.fake.MovableClock;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static dev.sluice.testkit.EchoGateway.header;
import static dev.sluice.testkit.EchoGateway.refused;
import static org.assertj.core.api.Assertions.assertThat;

class LdapAuthFilterTest {

  private static TestDirectory directory;
  private static EchoGateway gateway;
  private static MovableClock clock;
  private static JsonObject guest;

  @BeforeAll
  static void start() {
    directory = new TestDirectory();
    clock = new MovableClock(Instant.now());
    gateway = EchoGateway.with(clock, new LdapAuthPlugin());
    guest = gateway.gateway().consumer("guest");
    guard("/plain", new JsonObject());
    guard("/uncached", new JsonObject().put("cache_ttl", 0));
    guard("/once", new JsonObject().put("cache_ttl", 0).put("keepalive", 0));
    guard("/start-tls", new JsonObject().put("start_tls", true).put("cache_ttl", 0));
    guard("/ldaps", new JsonObject().put("ldaps", true).put("ldap_port", directory.tlsPort()).put("cache_ttl", 0));
    guard("/verified", new JsonObject().put("ldaps", true).put("ldap_port", directory.tlsPort())
        .put("verify_ldap_host", true));
    guard("/hide", new JsonObject().put("hide_credentials", true));
    guard("/basic", new JsonObject().put("header_type", "basic").put("realm", "zone"));
    guard("/guest", new JsonObject().put("anonymous", "guest"));
  }

  private static void guard(String path, JsonObject config) {
    JsonObject whole = new JsonObject()
        .put("ldap_host", "127.0.0.1")
        .put("ldap_port", directory.port())
        .put("base_dn", TestDirectory.BASE)
        .put("attribute", "uid")
        .mergeIn(config);
    gateway.guard(path, "ldap-auth", whole);
  }

  @AfterAll
  static void stop() {
    gateway.close();
    directory.close();
  }

  private static String ldap(String pair) {
    return "ldap " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<Buffer> get(String path, String pair) {
    return gateway.get(path, "Authorization", ldap(pair));
  }

  private static void isUser(HttpResponse<Buffer> answer, String name) {
    assertThat(header(answer, "x-credential-identifier")).containsExactly(name);
    assertThat(header(answer, "x-consumer-id")).isEmpty();
    assertThat(header(answer, "x-anonymous-consumer")).isEmpty();
  }

  @Test
  void whomTheDirectoryKnowsGetsIn() {
    isUser(get("/plain", "bob:kong"), "bob");
    isUser(get("/plain", "a,b:p:w"), "a,b");
    isUser(gateway.get("/plain", "Authorization", "LDAP  " + ldap("bob:kong").substring(5)), "bob");
    isUser(gateway.get("/plain", "Proxy-Authorization", ldap("bob:kong")), "bob");
    isUser(gateway.get("/plain",
        Map.of("Proxy-Authorization", ldap("bob:x"), "Authorization", ldap("bob:kong"))), "bob");
    HttpResponse<Buffer> spoofed = gateway.get("/plain",
        Map.of("Authorization", ldap("bob:kong"), "X-Consumer-ID", "1", "X-Anonymous-Consumer", "true"));
    isUser(spoofed, "bob");
  }

  @Test
  void nobodyElseDoes() {
    for (String pair : new String[] {"bob:wrong", "bob:", "bob", ":kong", "nobody:kong", "bob,ou=people:kong", "*:kong"}) {
      refused(get("/plain", pair), 401, "Unauthorized");
    }
    refused(gateway.get("/plain", "Authorization", "Basic Ym9iOmtvbmc="), 401, "Unauthorized");
    assertThat(gateway.get("/plain").getHeader("WWW-Authenticate")).isEqualTo("LDAP");
    assertThat(gateway.get("/basic").getHeader("WWW-Authenticate")).isEqualTo("basic realm=\"zone\"");
    isUser(gateway.get("/basic", "Authorization", "Basic Ym9iOmtvbmc="), "bob");
  }

  @Test
  void theConnectionMayBeEncrypted() {
    isUser(get("/start-tls", "bob:kong"), "bob");
    refused(get("/start-tls", "bob:wrong"), 401, "Unauthorized");
    isUser(get("/ldaps", "bob:kong"), "bob");
    refused(get("/ldaps", "bob:wrong"), 401, "Unauthorized");
    refused(get("/verified", "bob:kong"), 500, "An unexpected error occurred");
  }

  @Test
  void anAnswerHoldsForSomeTime() {
    guard("/cached", new JsonObject().put("cache_ttl", 30));
    int before = directory.binds();
    isUser(get("/cached", "bob:kong"), "bob");
    isUser(get("/cached", "bob:kong"), "bob");
    assertThat(directory.binds()).isEqualTo(before + 1);
    refused(get("/cached", "bob:wrong"), 401, "Unauthorized");
    refused(get("/cached", "bob:wrong"), 401, "Unauthorized");
    assertThat(directory.binds()).isEqualTo(before + 3);
    clock.advance(Duration.ofSeconds(30));
    isUser(get("/cached", "bob:kong"), "bob");
    assertThat(directory.binds()).isEqualTo(before + 4);
  }

  @Test
  void connectionsAreUsedAgain() {
    get("/uncached", "bob:kong");
    get("/uncached", "bob:kong");
    int before = directory.connections();
    for (int i = 0; i < 20; i++) {
      isUser(get("/uncached", "bob:kong"), "bob");
    }
    assertThat(directory.connections() - before).as("one for each event loop at most").isLessThanOrEqualTo(2);
    directory.closeConnections();
    isUser(get("/uncached", "bob:kong"), "bob");
    int kept = directory.connections();
    isUser(get("/once", "bob:kong"), "bob");
    isUser(get("/once", "bob:kong"), "bob");
    assertThat(directory.connections()).isEqualTo(kept + 2);
  }

  @Test
  void aDirectoryInTroubleIsAnError() {
    int port;
    try (TestDirectory gone = new TestDirectory()) {
      port = gone.port();
    }
    guard("/away", new JsonObject().put("ldap_port", port));
    refused(get("/away", "bob:kong"), 500, "An unexpected error occurred");
    refused(gateway.get("/away"), 401, "Unauthorized");
  }

  @Test
  void aDirectoryThatSaysNothingIsAnError() {
    try (RawOrigin silent = RawOrigin.saying("")) {
      guard("/silent", new JsonObject().put("ldap_port", silent.port()).put("timeout", 300));
      refused(get("/silent", "bob:kong"), 500, "An unexpected error occurred");
    }
  }

  @Test
  void credentialsCanBeHidden() {
    HttpResponse<Buffer> answer = get("/hide", "bob:kong");
    isUser(answer, "bob");
    assertThat(header(answer, "authorization")).isEmpty();
  }

  @Test
  void theAnonymousConsumerStandsIn() {
    EchoGateway.isAnonymous(gateway.get("/guest"), guest);
    EchoGateway.isAnonymous(get("/guest", "bob:wrong"), guest);
    isUser(get("/guest", "bob:kong"), "bob");
  }
}
