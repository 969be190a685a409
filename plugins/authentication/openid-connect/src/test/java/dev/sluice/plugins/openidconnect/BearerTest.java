package dev.sluice.plugins.openidconnect;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import dev.sluice.testkit.EchoGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static dev.sluice.testkit.EchoGateway.header;
import static dev.sluice.testkit.EchoGateway.refused;
import static org.assertj.core.api.Assertions.assertThat;

class BearerTest extends OidcFixture {

  private static JsonObject ada;
  private static JsonObject guest;

  @BeforeAll
  static void guards() {
    ada = gateway.gateway().consumer("ada");
    guest = gateway.gateway().consumer("guest");
    guard("/plain", bearerOnly());
    guard("/told", bearerOnly().put("display_errors", true));
  }

  private static String sign(JWSHeader header, JWTClaimsSet claims, RSAKey key) {
    try {
      SignedJWT token = new SignedJWT(header, claims);
      token.sign(new RSASSASigner(key));
      return token.serialize();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void isRefused(String token) {
    HttpResponse<Buffer> answer = bearer("/plain", token);
    refused(answer, 401, "Unauthorized");
    assertThat(answer.getHeader("WWW-Authenticate"))
        .isEqualTo("Bearer realm=\"127.0.0.1\", error=\"invalid_token\"");
  }

  private static void reason(JWTClaimsSet claims, String reason) {
    refused(bearer("/told", PROVIDER.sign(claims)), 401, "Unauthorized (" + reason + ")");
  }

  @Test
  void aGoodTokenLetsIn() {
    HttpResponse<Buffer> answer = bearer("/plain", token());
    assertThat(header(answer, "x-credential-identifier")).containsExactly("ada");
    assertThat(header(answer, "x-consumer-id")).isEmpty();
    assertThat(header(answer, "authorization")).singleElement().asString().startsWith("Bearer ey");
    refused(gateway.get("/plain"), 401, "Unauthorized");
    assertThat(gateway.get("/plain").getHeader("WWW-Authenticate")).isEqualTo("Bearer realm=\"127.0.0.1\"");
  }

  @Test
  void noOtherSignatureDoes() throws JOSEException {
    RSAKey key = PROVIDER.key();
    JWTClaimsSet claims = claims().build();
    isRefused("nonsense");
    isRefused(new PlainJWT(claims).serialize());
    isRefused(token() + "x");
    isRefused(token().substring(0, token().lastIndexOf('.') + 1));
    RSAKey forged = new RSAKey.Builder(TestProvider.stranger()).keyID(key.getKeyID()).build();
    isRefused(TestProvider.sign(claims, forged));
    isRefused(TestProvider.sign(claims, TestProvider.stranger()));
    RSAKey own = TestProvider.stranger();
    isRefused(sign(new JWSHeader.Builder(JWSAlgorithm.RS256).jwk(own.toPublicJWK()).build(), claims, own));
    isRefused(sign(new JWSHeader.Builder(JWSAlgorithm.RS256)
        .keyID(key.getKeyID()).criticalParams(Set.of("exp")).customParam("exp", 1).build(), claims, key));
    String pem = "-----BEGIN PUBLIC KEY-----\n"
        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(key.toRSAPublicKey().getEncoded())
        + "\n-----END PUBLIC KEY-----\n";
    for (byte[] secret : List.of(
        key.toRSAPublicKey().getEncoded(),
        pem.getBytes(StandardCharsets.UTF_8),
        key.toPublicJWK().toJSONString().getBytes(StandardCharsets.UTF_8),
        key.getModulus().decode())) {
      SignedJWT confused = new SignedJWT(new JWSHeader.Builder(JWSAlgorithm.HS256).keyID(key.getKeyID()).build(), claims);
      confused.sign(new MACSigner(secret));
      isRefused(confused.serialize());
    }
    String[] parts = token().split("\\.", -1);
    String better = Base64.getUrlEncoder().withoutPadding().encodeToString(
        claims().subject("root").build().toString().getBytes(StandardCharsets.UTF_8));
    isRefused(parts[0] + "." + better + "." + parts[2]);
    isRefused(Base64.getUrlEncoder().withoutPadding().encodeToString("{\"alg\":\"none\"}".getBytes(StandardCharsets.UTF_8))
        + "." + parts[1] + "." + parts[2]);
  }

  @Test
  void aTokenThatComesAgainIsLookedAtAgain() {
    String token = token();
    assertThat(bearer("/told", token).statusCode()).isEqualTo(200);
    assertThat(bearer("/told", token).statusCode()).isEqualTo(200);
    int middle = token.length() - 100;
    char other = token.charAt(middle) == 'A' ? 'B' : 'A';
    isRefused(token.substring(0, middle) + other + token.substring(middle + 1));
    guard("/others", bearerOnly().put("audience_required", new JsonArray().add("others")));
    refused(bearer("/others", token), 403, "Forbidden");
    guard("/elsewhere", bearerOnly().put("issuers_allowed", new JsonArray().add("http://elsewhere")));
    refused(bearer("/elsewhere", token), 401, "Unauthorized");
    clock.advance(Duration.ofMinutes(5));
    refused(bearer("/told", token), 401, "Unauthorized (the token has expired)");
  }

  @Test
  void everyAlgorithmOfRsaIsTaken() {
    for (JWSAlgorithm algorithm : List.of(JWSAlgorithm.RS512, JWSAlgorithm.PS256, JWSAlgorithm.PS384)) {
      JWSHeader header = new JWSHeader.Builder(algorithm).build();
      assertThat(bearer("/plain", sign(header, claims().build(), PROVIDER.key())).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void timesAndIssuerMustHold() {
    Instant now = clock.instant();
    reason(claims().expirationTime(Date.from(now)).build(), "the token has expired");
    reason(claims().expirationTime(null).build(), "the token does not say when it expires");
    reason(claims().claim("exp", "soon").build(), "the token does not say when it expires");
    reason(claims().notBeforeTime(Date.from(now.plusSeconds(5))).build(), "the token is not valid yet");
    reason(claims().issueTime(Date.from(now.plusSeconds(5))).build(), "the token is not valid yet");
    reason(claims().claim("nbf", "later").build(), "the token is not valid yet");
    reason(claims().issuer("http://other").build(), "the issuer is another one");
    reason(claims().issuer(null).build(), "the issuer is another one");
    guard("/leeway", bearerOnly().put("leeway", 10));
    String late = PROVIDER.sign(claims().expirationTime(Date.from(now.minusSeconds(9))).build());
    assertThat(bearer("/leeway", late).statusCode()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(1));
    refused(bearer("/leeway", late), 401, "Unauthorized");
  }

  @Test
  void whatIsRequiredMustBeThere() {
    guard("/for-us", bearerOnly().put("audience_required", new JsonArray().add("gateway").add("both two")));
    assertThat(bearer("/for-us", token()).statusCode()).isEqualTo(200);
    assertThat(bearer("/for-us", PROVIDER.sign(claims().audience(List.of("x", "both", "two")).build())).statusCode())
        .isEqualTo(200);
    HttpResponse<Buffer> answer = bearer("/for-us", PROVIDER.sign(claims().audience("both").build()));
    refused(answer, 403, "Forbidden");
    assertThat(answer.getHeader("WWW-Authenticate")).endsWith("error=\"insufficient_scope\"");
    refused(bearer("/for-us", PROVIDER.sign(claims().audience((String) null).build())), 403, "Forbidden");
    guard("/scopes", bearerOnly().put("scopes_required", new JsonArray().add("read openid")));
    assertThat(bearer("/scopes", token()).statusCode()).isEqualTo(200);
    refused(bearer("/scopes", PROVIDER.sign(claims().claim("scope", "readonly openid").build())), 403, "Forbidden");
    guard("/roles", bearerOnly()
        .put("roles_required", new JsonArray().add("admin"))
        .put("roles_claim", new JsonArray().add("realm").add("roles"))
        .put("forbidden_error_message", "Not you"));
    assertThat(bearer("/roles", PROVIDER.sign(
        claims().claim("realm", Map.of("roles", List.of("x", "admin"))).build())).statusCode()).isEqualTo(200);
    refused(bearer("/roles", token()), 403, "Not you");
    guard("/clean", bearerOnly().put("claims_forbidden", new JsonArray().add("act")));
    assertThat(bearer("/clean", token()).statusCode()).isEqualTo(200);
    refused(bearer("/clean", PROVIDER.sign(claims().claim("act", "x").build())), 403, "Forbidden");
  }

  @Test
  void aClaimNamesTheConsumer() {
    guard("/consumer", bearerOnly()
        .put("consumer_claim", new JsonArray().add("sub"))
        .put("authenticated_groups_claim", new JsonArray().add("teams")));
    HttpResponse<Buffer> answer = bearer("/consumer", PROVIDER.sign(claims().claim("teams", List.of("a")).build()));
    EchoGateway.isConsumer(answer, ada, "ada");
    assertThat(header(answer, "x-authenticated-groups")).containsExactly("a");
    String stranger = PROVIDER.sign(claims().subject("bob").build());
    refused(bearer("/consumer", stranger), 403, "Forbidden");
    guard("/optional", bearerOnly()
        .put("consumer_claim", new JsonArray().add("sub"))
        .put("consumer_optional", true));
    HttpResponse<Buffer> spoofed = gateway.get("/optional", Map.of(
        "Authorization", "Bearer " + stranger, "X-Consumer-ID", "1", "X-Authenticated-Groups", "admin"));
    assertThat(header(spoofed, "x-consumer-id")).isEmpty();
    assertThat(header(spoofed, "x-authenticated-groups")).isEmpty();
    assertThat(header(spoofed, "x-credential-identifier")).containsExactly("bob");
  }

  @Test
  void theAnonymousConsumerStandsIn() {
    guard("/guest", bearerOnly().put("anonymous", "guest")
        .put("upstream_headers_claims", new JsonArray().add("sub"))
        .put("upstream_headers_names", new JsonArray().add("x-user")));
    EchoGateway.isAnonymous(gateway.get("/guest"), guest);
    EchoGateway.isAnonymous(bearer("/guest", "x"), guest);
    assertThat(header(gateway.get("/guest", "X-User", "root"), "x-user")).isEmpty();
    assertThat(header(bearer("/guest", token()), "x-credential-identifier")).containsExactly("ada");
  }

  @Test
  void theUpstreamIsToldClaims() {
    guard("/claims", bearerOnly()
        .put("upstream_headers_claims", new JsonArray().add("sub").add("address").add("name").add("none"))
        .put("upstream_headers_names", new JsonArray().add("x-user").add("x-address").add("x-name").add("x-none"))
        .put("upstream_access_token_header", "x-token"));
    String token = PROVIDER.sign(claims().claim("address", Map.of("city", "Rome")).claim("name", "Ad\u00e4\r\nX: y").build());
    HttpResponse<Buffer> answer =
        gateway.get("/claims", Map.of("Authorization", "Bearer " + token, "x-user", "root", "x-none", "root"));
    assertThat(header(answer, "x-user")).containsExactly("ada");
    assertThat(header(answer, "x-none")).isEmpty();
    assertThat(header(answer, "x-token")).containsExactly(token);
    assertThat(decoded(answer, "x-address")).isEqualTo("{\"city\":\"Rome\"}");
    assertThat(decoded(answer, "x-name")).isEqualTo("Ad\u00e4\r\nX: y");
  }

  private static String decoded(HttpResponse<Buffer> answer, String name) {
    return new String(Base64.getDecoder().decode(header(answer, name).get(0)), StandardCharsets.UTF_8);
  }

  @Test
  void tokensAreFoundWhereTheyMayBe() {
    guard("/places", bearerOnly().put("hide_credentials", true).putNull("upstream_access_token_header")
        .put("bearer_token_param_type", new JsonArray().add("header").add("query").add("body").add("cookie"))
        .put("bearer_token_cookie_name", "tok"));
    String token = token();
    for (HttpResponse<Buffer> answer : List.of(
        bearer("/places", token),
        gateway.get("/places", "x-access-token", token),
        gateway.get("/places", "access-token", "bearer " + token),
        gateway.get("/places?access_token=" + token + "&a=1"),
        gateway.get("/places", "Cookie", "a=1; tok=" + token + "; b=2"),
        gateway.post("/places", "application/json", "{\"access_token\": \"" + token + "\"}", Map.of()),
        gateway.post("/places", "application/x-www-form-urlencoded", "x=1&access_token=" + token, Map.of()))) {
      assertThat(header(answer, "x-credential-identifier")).containsExactly("ada");
      assertThat(answer.bodyAsString()).as("is hidden").doesNotContain(token);
    }
    assertThat(header(gateway.get("/places", "Cookie", "a=1; tok=" + token + "; b=2"), "cookie")).containsExactly("a=1; b=2");
    refused(gateway.get("/plain", "Cookie", "tok=" + token), 401, "Unauthorized");
    refused(gateway.get("/places?access_token=" + token + "&access_token=x"), 401, "Unauthorized");
  }

  @Test
  void aTokenHoldsNothingThatNoTokenHolds() {
    String token = token();
    for (String strange : List.of("%0D%0A", "%0D%0A%23:%20%0D%0A%0D%0A", "%00", "%C3%A9", "!", "%20!")) {
      refused(gateway.get("/plain?access_token=" + token + strange), 401, "Unauthorized");
      refused(gateway.get("/plain?access_token=opaque" + strange), 401, "Unauthorized");
    }
    guard("/asked", config().put("auth_methods", new JsonArray().add("userinfo")));
    refused(gateway.get("/asked?access_token=opaque%0D%0Ax:%20y"), 401, "Unauthorized");
  }

  @Test
  void whoIsWavedThroughBringsNothingThatThePluginTells() {
    guard("/waved", bearerOnly().put("anonymous", "guest").put("run_on_preflight", false)
        .put("upstream_access_token_header", "x-token")
        .put("authenticated_groups_claim", new JsonArray().add("teams")));
    HttpResponse<Buffer> answer = gateway.get("/waved", Map.of("X-Token", "forged", "X-Authenticated-Groups", "admin"));
    EchoGateway.isAnonymous(answer, guest);
    assertThat(header(answer, "x-token")).isEmpty();
    assertThat(header(answer, "x-authenticated-groups")).isEmpty();
    HttpResponse<Buffer> preflight =
        gateway.gateway().send(HttpMethod.OPTIONS, "/waved", Map.of("X-Token", "forged"), Buffer.buffer());
    assertThat(header(preflight, "x-token")).isEmpty();
  }

  @Test
  void preflightsCanPass() {
    guard("/preflight", bearerOnly().put("run_on_preflight", false));
    assertThat(gateway.gateway().send(HttpMethod.OPTIONS, "/preflight", Map.of(), Buffer.buffer()).statusCode())
        .isEqualTo(200);
    assertThat(gateway.gateway().send(HttpMethod.OPTIONS, "/plain", Map.of(), Buffer.buffer()).statusCode())
        .isEqualTo(401);
    refused(gateway.get("/preflight"), 401, "Unauthorized");
  }
}
