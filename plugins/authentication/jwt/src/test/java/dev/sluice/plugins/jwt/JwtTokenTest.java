package dev.sluice.plugins.jwt;

import dev.sluice.testkit.EchoGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static dev.sluice.plugins.jwt.JwtFixture.BOB;
import static dev.sluice.plugins.jwt.JwtFixture.claims;
import static dev.sluice.plugins.jwt.JwtFixture.isMissing;
import static dev.sluice.plugins.jwt.JwtFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

/** Where tokens are looked for, and what is asked of them. */
class JwtTokenTest {

  private static final String GOOD = BOB.token(claims());
  private static JwtFixture f;
  private static JsonObject guest;

  @BeforeAll
  static void start() {
    f = new JwtFixture();
    guest = f.gateway.gateway().consumer("guest");
    f.guard("/plain", new JsonObject());
    f.guard("/places", new JsonObject()
        .put("uri_param_names", new JsonArray().add("t").add("u"))
        .put("cookie_names", new JsonArray().add("c").add("d"))
        .put("header_names", new JsonArray().add("X-Token")));
    f.guard("/times", new JsonObject().put("claims_to_verify", new JsonArray().add("exp").add("nbf")));
    f.guard("/soon", new JsonObject()
        .put("claims_to_verify", new JsonArray().add("exp"))
        .put("maximum_expiration", 60));
    f.guard("/kid", new JsonObject().put("key_claim_name", "kid"));
    f.guard("/guest", new JsonObject().put("anonymous", "guest"));
    f.guard("/preflight", new JsonObject().put("run_on_preflight", false));
    f.guard("/realm", new JsonObject().put("realm", "zone"));
  }

  @AfterAll
  static void stop() {
    f.close();
  }

  @Test
  void aTokenLetsItsConsumerIn() {
    f.isBob(f.get("/plain", GOOD));
    f.isBob(f.gateway.get("/plain", "Authorization", "bearer   " + GOOD));
    f.isBob(f.gateway.get("/plain?jwt=" + GOOD));
    f.isBob(f.gateway.get("/plain?jwt=" + GOOD, "Authorization", "Bearer " + GOOD));
    f.isBob(f.get("/plain", BOB.token(new JsonObject().put("alg", "HS256").put("iss", "bob-key"), new JsonObject())));
    assertThat(EchoGateway.header(f.get("/plain", GOOD), "authorization")).containsExactly("Bearer " + GOOD);
  }

  @Test
  void whatIsNoTokenIsNotLookedAt() {
    isMissing(f.gateway.get("/plain"));
    for (String value : new String[] {GOOD, "Token " + GOOD, "Bearer", "Bearer ", "Bearer" + GOOD, "BEARER " + GOOD}) {
      isMissing(f.gateway.get("/plain", "Authorization", value));
    }
    isMissing(f.gateway.get("/plain?jwt="));
    isMissing(f.gateway.get("/plain", "Cookie", "jwt=" + GOOD));
    assertThat(f.gateway.get("/realm").getHeader("WWW-Authenticate")).isEqualTo("Bearer realm=\"zone\"");
    assertThat(f.get("/realm", "x").getHeader("WWW-Authenticate"))
        .isEqualTo("Bearer realm=\"zone\" error=\"invalid_token\"");
  }

  @Test
  void everyPlaceMayHoldIt() {
    f.isBob(f.gateway.get("/places?u=" + GOOD));
    f.isBob(f.gateway.get("/places", "Cookie", "a=b; d=" + GOOD + ";e=f"));
    f.isBob(f.gateway.get("/places", "Cookie", "c=; d=" + GOOD));
    f.isBob(f.gateway.get("/places", "X-Token", "Bearer " + GOOD));
    isMissing(f.gateway.get("/places", "Cookie", "cc=" + GOOD));
    isMissing(f.get("/places", GOOD));
    refused(f.gateway.get("/places?t=x&u=" + GOOD), "Multiple tokens provided");
    refused(f.gateway.get("/places?t=" + GOOD + "&t=x"), "Multiple tokens provided");
    refused(f.gateway.get("/places?t=x", "X-Token", "Bearer " + GOOD), "Multiple tokens provided");
  }

  @Test
  void theTimesMustHold() {
    JsonObject good = claims().put("exp", 1_700_000_001).put("nbf", 1_700_000_000);
    f.isBob(f.get("/times", BOB.token(good)));
    refused(f.get("/times", BOB.token(good.copy().put("exp", 1_700_000_000))),
        new JsonObject().put("exp", "token expired"));
    refused(f.get("/times", BOB.token(good.copy().put("nbf", 1_700_000_001))),
        new JsonObject().put("nbf", "token not valid yet"));
    refused(f.get("/times", BOB.token(claims().put("exp", "1800000000"))),
        new JsonObject().put("exp", "must be a number").put("nbf", "must be a number"));
    f.isBob(f.get("/plain", BOB.token(claims().put("exp", 1))));
  }

  @Test
  void aTokenMayNotBeGoodForTooLong() {
    f.isBob(f.get("/soon", BOB.token(claims().put("exp", 1_700_000_060))));
    refused(f.get("/soon", BOB.token(claims().put("exp", 1_700_000_061))),
        new JsonObject().put("exp", "exceeds maximum allowed expiration"));
    refused(f.get("/soon", BOB.token(claims().put("exp", 1e300))),
        new JsonObject().put("exp", "exceeds maximum allowed expiration"));
    refused(f.get("/soon", BOB.token(claims())), new JsonObject().put("exp", "must be a number"));
  }

  @Test
  void timePasses() {
    try (JwtFixture own = new JwtFixture()) {
      own.guard("/", new JsonObject().put("claims_to_verify", new JsonArray().add("exp")));
      String token = BOB.token(claims().put("exp", 1_700_000_060));
      own.isBob(own.get("/", token));
      own.clock.advance(Duration.ofSeconds(60));
      refused(own.get("/", token), new JsonObject().put("exp", "token expired"));
    }
  }

  @Test
  void anotherClaimMayNameTheKey() {
    f.isBob(f.get("/kid", BOB.token(new JsonObject().put("kid", "bob-key"))));
    refused(f.get("/kid", GOOD), "No mandatory 'kid' in claims");
    refused(f.get("/plain", BOB.token(claims().put("iss", ""))), "Invalid 'iss' in claims");
    refused(f.get("/plain", BOB.token(claims().put("iss", 7))), "Invalid 'iss' in claims");
    refused(f.get("/plain", BOB.token(claims().put("iss", "../../etc"))), "No credentials found for given 'iss'");
  }

  @Test
  void theAnonymousConsumerStandsIn() {
    EchoGateway.isAnonymous(f.gateway.get("/guest"), guest);
    EchoGateway.isAnonymous(f.get("/guest", "x.y.z"), guest);
    f.isBob(f.get("/guest", GOOD));
  }

  @Test
  void preflightMayPassUnseen() {
    var answer = f.gateway.gateway()
        .send(HttpMethod.OPTIONS, "/preflight", Map.of("X-Consumer-Username", "root"), Buffer.buffer());
    assertThat(EchoGateway.header(answer, "x-consumer-username")).isEmpty();
    isMissing(f.gateway.get("/preflight"));
  }
}
