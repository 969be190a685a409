package dev.sluice.plugins.hmacauth;

import dev.sluice.testkit.EchoGateway;
import dev.sluice.testkit.fake.MovableClock;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static dev.sluice.testkit.EchoGateway.header;
import static dev.sluice.testkit.EchoGateway.isAnonymous;
import static dev.sluice.testkit.EchoGateway.isConsumer;
import static dev.sluice.testkit.EchoGateway.refused;
import static org.assertj.core.api.Assertions.assertThat;

class HmacAuthFilterTest {

  private static final String UNVERIFIABLE = "HMAC signature cannot be verified";
  private static final String BAD_DATE =
      "HMAC signature cannot be verified, a valid date or x-date header is required for HMAC Authentication";
  private static final String MISMATCH = "HMAC signature does not match";
  private static final String HELLO_DIGEST = "SHA-256=LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=";

  private static EchoGateway gateway;
  private static JsonObject bob;
  private static JsonObject guest;

  @BeforeAll
  static void start() {
    gateway = EchoGateway.with(new MovableClock(Signature.NOW), new HmacAuthPlugin());
    bob = gateway.gateway().consumer("bob");
    guest = gateway.gateway().consumer("guest");
    gateway.owned(HmacCredential.TYPE, bob, new JsonObject().put("username", "bob").put("secret", "secret"));
    guard("/plain", new JsonObject());
    guard("/hide", new JsonObject().put("hide_credentials", true));
    guard("/skew", new JsonObject().put("clock_skew", 10));
    guard("/enforce", new JsonObject().put("enforce_headers", new JsonArray().add("date").add("@request-target")));
    guard("/sha512", new JsonObject().put("algorithms", new JsonArray().add("hmac-sha512")));
    guard("/body", new JsonObject().put("validate_request_body", true));
    guard("/guest", new JsonObject().put("anonymous", "guest").put("realm", "zone"));
    guard("/realm", new JsonObject().put("realm", "zone"));
  }

  private static void guard(String path, JsonObject config) {
    gateway.guard(path, "hmac-auth", config);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static void isBob(HttpResponse<Buffer> answer) {
    isConsumer(answer, bob, "bob");
  }

  @Test
  void aSignatureLetsItsConsumerIn() {
    isBob(gateway.get("/plain", Signature.dated().headers()));
    isBob(gateway.get("/plain", Signature.dated().headers("Proxy-Authorization")));
    isBob(gateway.get("/plain", Signature.dated().header("x-any", "a, b").headers()));
    isBob(gateway.get("/plain", Signature.dated().line("x-none", "x-none:").headers()));
    assertThat(header(gateway.get("/plain", Signature.dated().headers()), "authorization")).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hmac-sha1", "hmac-sha256", "hmac-sha384", "hmac-sha512"})
  void everyAlgorithmIsTaken(String algorithm) {
    isBob(gateway.get("/plain", Signature.dated().with(algorithm).headers()));
    refused(gateway.get("/plain", Signature.dated().with(algorithm).by("bob", "other").headers()), 401, MISMATCH);
  }

  @Test
  void theRequestItselfMayBeSigned() {
    Signature target = Signature.dated().line("@request-target", "@request-target: get /plain?a=%20b");
    isBob(gateway.get("/plain?a=%20b", target.headers()));
    refused(gateway.get("/plain?a=%20c", target.headers()), 401, MISMATCH);
    refused(gateway.get("/plain", target.headers()), 401, MISMATCH);
    Signature line = Signature.dated().line("request-line", "GET /plain?x HTTP/1.1");
    isBob(gateway.get("/plain?x", line.headers()));
    refused(gateway.get("/plain?y", line.headers()), 401, MISMATCH);
    String host = "127.0.0.1:" + gateway.gateway().proxyPort();
    isBob(gateway.get("/plain", Signature.dated().line("host", "host: " + host).headers()));
  }

  @Test
  void withoutAGoodOneNobodyGetsIn() {
    HttpResponse<Buffer> bare = gateway.get("/plain");
    refused(bare, 401, "Unauthorized");
    assertThat(bare.getHeader("WWW-Authenticate")).isEqualTo("hmac");
    assertThat(gateway.get("/realm").getHeader("WWW-Authenticate")).isEqualTo("hmac realm=\"zone\"");
    refused(gateway.get("/plain", Signature.dated().by("nobody", "secret").headers()), 401, UNVERIFIABLE);
    refused(gateway.get("/plain", Signature.dated().with("md5").headers()), 401, UNVERIFIABLE);
    Map<String, String> changed = Signature.dated().header("x-any", "a").headers();
    changed.put("x-any", "b");
    refused(gateway.get("/plain", changed), 401, MISMATCH);
    String good = Signature.dated().value();
    for (String wrong : new String[] {
      "hmac", "hmac x", "Basic abc", good.substring(5), good.replace("username=", "name="),
      good.replace("\", algorithm", "\" algorithm"), good.substring(0, good.length() - 1),
      "hmac username=\"bob\", algorithm=\"hmac-sha256\", headers=\"date\"",
    }) {
      refused(gateway.get("/plain", Map.of("date", Signature.date(Signature.NOW), "Authorization", wrong)), 401,
          UNVERIFIABLE);
    }
    refused(gateway.get("/plain", Map.of("date", Signature.date(Signature.NOW), "Authorization",
        good.replaceAll("signature=\".*", "signature=\"!!\""))), 401, MISMATCH);
  }

  @Test
  void theDateMustBeNear() {
    for (long seconds : new long[] {-10, 10}) {
      String near = Signature.date(Signature.NOW.plus(Duration.ofSeconds(seconds)));
      isBob(gateway.get("/skew", Signature.empty().header("date", near).headers()));
      isBob(gateway.get("/skew", Signature.empty().header("x-date", near).headers()));
      String far = Signature.date(Signature.NOW.plus(Duration.ofSeconds(seconds + Long.signum(seconds))));
      refused(gateway.get("/skew", Signature.empty().header("date", far).headers()), 401, BAD_DATE);
      isBob(gateway.get("/skew", Signature.empty().unsigned("x-date", far).header("date", near).headers()));
    }
    refused(gateway.get("/skew", Signature.empty().header("date", "tomorrow").headers()), 401, BAD_DATE);
    refused(gateway.get("/skew", Signature.empty().header("x-any", "x").headers()), 401, BAD_DATE);
  }

  @Test
  void headersMayHaveToBeSigned() {
    refused(gateway.get("/enforce", Signature.dated().headers()), 401, UNVERIFIABLE);
    isBob(gateway.get("/enforce",
        Signature.dated().line("@request-target", "@request-target: get /enforce").headers()));
  }

  @Test
  void algorithmsMayBeRefused() {
    refused(gateway.get("/sha512", Signature.dated().headers()), 401, UNVERIFIABLE);
    isBob(gateway.get("/sha512", Signature.dated().with("hmac-sha512").headers()));
  }

  private static HttpResponse<Buffer> post(String body, Signature signature) {
    return gateway.post("/body", "text/plain", body, signature.headers());
  }

  @Test
  void theBodyMayHaveToMatchItsDigest() {
    HttpResponse<Buffer> good = post("hello", Signature.dated().header("digest", HELLO_DIGEST));
    isBob(good);
    assertThat(EchoGateway.seen(good).getString("body")).isEqualTo("hello");
    refused(post("hello!", Signature.dated().header("digest", HELLO_DIGEST)), 401, MISMATCH);
    refused(post("hello", Signature.dated()), 401, MISMATCH);
    isBob(gateway.get("/body", Signature.dated().headers()));
    refused(gateway.get("/body", Signature.dated().header("digest", HELLO_DIGEST).headers()), 401, MISMATCH);
    refused(
        post("x".repeat(9 * 1024 * 1024), Signature.dated().header("digest", HELLO_DIGEST)), 401, MISMATCH);
  }

  @Test
  void credentialsCanBeHidden() {
    HttpResponse<Buffer> answer = gateway.get("/hide", Signature.dated().headers());
    isBob(answer);
    assertThat(header(answer, "authorization")).isEmpty();
  }

  @Test
  void theAnonymousConsumerStandsIn() {
    isAnonymous(gateway.get("/guest"), guest);
    isAnonymous(gateway.get("/guest", Signature.dated().by("bob", "x").headers()), guest);
    isBob(gateway.get("/guest", Signature.dated().headers()));
  }
}
