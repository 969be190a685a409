package dev.sluice.plugins.keyauth;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static dev.sluice.plugins.keyauth.KeyAuthFixture.header;
import static dev.sluice.plugins.keyauth.KeyAuthFixture.key;
import static dev.sluice.plugins.keyauth.KeyAuthFixture.refused;
import static dev.sluice.plugins.keyauth.KeyAuthFixture.seen;
import static org.assertj.core.api.Assertions.assertThat;

/** Keys in headers and queries. */
class KeyPlacesTest {

  private static final String MISSING = "No API key found in request";
  private static KeyAuthFixture f;

  @BeforeAll
  static void start() {
    f = new KeyAuthFixture();
    f.guard("/plain", new JsonObject());
    f.guard("/names", new JsonObject().put("key_names", new JsonArray().add("x-api-key").add("token")));
    f.guard("/header", new JsonObject().put("key_in_query", false));
    f.guard("/query", new JsonObject().put("key_in_header", false));
    f.guard("/under", new JsonObject().put("key_names", new JsonArray().add("api_key")));
    f.guard("/realm", new JsonObject().put("realm", "my-realm"));
    f.guard("/hide", new JsonObject().put("hide_credentials", true));
  }

  @AfterAll
  static void stop() {
    f.close();
  }

  @Test
  void aKnownKeyLetsItsConsumerIn() {
    f.isBob(f.gateway.get("/plain", key("bob-key")));
    f.isBob(f.gateway.get("/plain", Map.of("APIKEY", "bob-key")));
    f.isBob(f.gateway.get("/plain?apikey=bob-key&x=1"));
    f.isBob(f.gateway.get("/plain?api%6Bey=bob%2Dkey"));
  }

  @Test
  void theKeyGoesUpstreamUnlessHidden() {
    assertThat(header(f.gateway.get("/plain", key("bob-key")), "apikey")).containsExactly("bob-key");
    assertThat(seen(f.gateway.get("/plain?apikey=bob-key")).getString("uri")).isEqualTo("/plain?apikey=bob-key");
  }

  @Test
  void withoutAKnownKeyNobodyGetsIn() {
    refused(f.gateway.get("/plain"), 401, MISSING);
    refused(f.gateway.get("/plain", key("")), 401, MISSING);
    refused(f.gateway.get("/plain?apikey"), 401, MISSING);
    refused(f.gateway.get("/plain?apikey="), 401, MISSING);
    refused(f.gateway.get("/plain", Map.of("Authorization", "bob-key")), 401, MISSING);
    refused(f.gateway.get("/plain", key("wrong")), 401, "Unauthorized");
    refused(f.gateway.get("/plain", key("BOB-KEY")), 401, "Unauthorized");
    refused(f.gateway.get("/plain?apikey=wrong"), 401, "Unauthorized");
    refused(f.gateway.send(HttpMethod.OPTIONS, "/plain", Map.of(), Buffer.buffer()), 401, MISSING);
  }

  @Test
  void aRefusalNamesTheScheme() {
    assertThat(f.gateway.get("/plain").getHeader("WWW-Authenticate")).isEqualTo("Key");
    assertThat(f.gateway.get("/plain", key("wrong")).getHeader("WWW-Authenticate")).isEqualTo("Key");
    assertThat(f.gateway.get("/realm").getHeader("WWW-Authenticate")).isEqualTo("Key realm=\"my-realm\"");
    assertThat(f.gateway.get("/plain").getHeader("Content-Type")).isEqualTo("application/json; charset=utf-8");
    var head = f.gateway.send(HttpMethod.HEAD, "/plain", Map.of(), Buffer.buffer());
    assertThat(head.statusCode()).isEqualTo(401);
    assertThat(head.getHeader("WWW-Authenticate")).isEqualTo("Key");
  }

  @Test
  void twoKeysAreNone() {
    MultiMap twice = MultiMap.caseInsensitiveMultiMap().add("apikey", "bob-key").add("apikey", "bob-key");
    var inHeaders = f.gateway.send(HttpMethod.GET, "/plain", twice, Buffer.buffer());
    refused(inHeaders, 401, "Duplicate API key found");
    var inQuery = f.gateway.get("/plain?apikey=bob-key&apikey=bob-key");
    refused(inQuery, 401, "Duplicate API key found");
    assertThat(inQuery.getHeader("WWW-Authenticate")).isEqualTo("Key");
  }

  @Test
  void theFirstPlaceThatHoldsOneDecides() {
    f.isBob(f.gateway.get("/plain?apikey=wrong", key("bob-key")));
    refused(f.gateway.get("/plain?apikey=bob-key", key("wrong")), 401, "Unauthorized");
    f.isBob(f.gateway.get("/names", Map.of("token", "bob-key")));
    f.isBob(f.gateway.get("/names?token=bob-key"));
    f.isBob(f.gateway.get("/names", Map.of("x-api-key", "bob-key", "token", "wrong")));
    refused(f.gateway.get("/names", Map.of("x-api-key", "wrong", "token", "bob-key")), 401, "Unauthorized");
    refused(f.gateway.get("/names", key("bob-key")), 401, MISSING);
  }

  @Test
  void placesCanBeClosed() {
    f.isBob(f.gateway.get("/header", key("bob-key")));
    refused(f.gateway.get("/header?apikey=bob-key"), 401, MISSING);
    f.isBob(f.gateway.get("/query?apikey=bob-key"));
    refused(f.gateway.get("/query", key("bob-key")), 401, MISSING);
  }

  @Test
  void anUnderscoreAlsoMeansADash() {
    f.isBob(f.gateway.get("/under", Map.of("api_key", "bob-key")));
    f.isBob(f.gateway.get("/under", Map.of("api-key", "bob-key")));
    f.isBob(f.gateway.get("/under?api_key=bob-key"));
    refused(f.gateway.get("/under?api-key=bob-key"), 401, MISSING);
  }

  @Test
  void whatAClientSaysOfItselfIsReplaced() {
    Map<String, String> spoofed = Map.of(
        "apikey", "bob-key", "X-Consumer-Username", "root", "X-Consumer-ID", "0", "X-Consumer-Custom-ID", "1",
        "X-Anonymous-Consumer", "true");
    var answer = f.gateway.get("/plain", spoofed);
    f.isBob(answer);
    assertThat(header(answer, "x-consumer-custom-id")).isEmpty();
  }

  @Test
  void aHiddenKeyLeavesTheRestAlone() {
    assertThat(seen(f.gateway.get("/hide?a=1&apikey=bob-key&b=%zz")).getString("uri")).isEqualTo("/hide?a=1&b=%zz");
    assertThat(seen(f.gateway.get("/hide?apikey=bob-key")).getString("uri")).isEqualTo("/hide");
    var both = f.gateway.get("/hide?apikey=other&q", Map.of("apikey", "bob-key", "other", "x"));
    assertThat(seen(both).getString("uri")).isEqualTo("/hide?q");
    assertThat(header(both, "apikey")).isEmpty();
    assertThat(header(both, "other")).containsExactly("x");
  }

  @Test
  void strangeQueriesAreNoError() {
    f.isBob(f.gateway.get("/plain?a=%zz&%&apikey=bob-key"));
    refused(f.gateway.get("/plain?a=1;apikey=bob-key"), 401, MISSING);
  }
}
