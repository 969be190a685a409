package dev.sluice.plugins.openidconnect;

import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import dev.sluice.plugins.authentication.Seal;
import dev.sluice.testkit.RawOrigin;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CodeFlowTest extends OidcFixture {

  private static final String SECRET = "secret-of-the-sessions";

  private static String base;

  private Browser browser;

  @BeforeAll
  static void guards() {
    base = "http://127.0.0.1:" + gateway.gateway().proxyPort();
    guard("/web", config("gateway").put("login_action", "redirect"));
    gateway.gateway().plugin(
        "openid-connect", config("gateway").put("login_action", "redirect"), gateway.route("/callback"));
  }

  @BeforeEach
  void begin() {
    // The provider has a clock of its own, which goes on during the test.
    clock.set(Instant.now().plusSeconds(30));
    browser = new Browser();
  }

  private static JsonObject config(String client) {
    return config()
        .put("client_id", new JsonArray().add(client))
        .put("client_secret", new JsonArray().add("secret-of-" + client))
        .put("scopes", new JsonArray().add("openid").add("profile"))
        .put("session_secret", SECRET)
        .put("display_errors", true)
        .put("redirect_uri", new JsonArray().add("http://127.0.0.1:" + gateway.gateway().proxyPort() + "/callback"));
  }

  /** One at whose own address browsers come back. */
  private static void own(String path, JsonObject config) {
    config.remove("redirect_uri");
    guard(path, config);
  }

  private static JsonObject seen(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  private static String header(HttpResponse<String> answer, String name) {
    return seen(answer).getJsonObject("headers").getJsonArray(name, new JsonArray().add("")).getString(0);
  }

  private static void isRefused(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(401);
    assertThat(new JsonObject(answer.body()).getString("message")).startsWith("Unauthorized");
  }

  private boolean isSentAway(String path) {
    HttpResponse<String> answer = browser.get(base + path);
    return answer.statusCode() == 302 && Browser.location(answer).startsWith(PROVIDER.issuer() + "/oauth2/authorize?");
  }

  @Test
  void theWholeWay() {
    HttpResponse<String> away = browser.get(base + "/web/page?x=1&y=%20");
    assertThat(Browser.location(away))
        .startsWith(PROVIDER.issuer() + "/oauth2/authorize?")
        .contains("response_type=code", "code_challenge_method=S256", "scope=openid%20profile", "&state=", "&nonce=");
    assertThat(away.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(browser.set()).singleElement().asString()
        .startsWith("authorization=").contains("; HttpOnly", "; SameSite=Lax", "; Path=/").doesNotContain("Secure");
    HttpResponse<String> answer = browser.visit(base + "/web/page?x=1&y=%20");
    assertThat(seen(answer).getString("uri")).isEqualTo("/web/page?x=1&y=%20");
    assertThat(header(answer, "x-credential-identifier")).isEqualTo("ada");
    assertThat(header(answer, "authorization")).startsWith("Bearer ey");
    assertThat(header(answer, "cookie")).as("what is the gateway's").isEmpty();
    assertThat(browser.cookies(base)).containsKey("session");
    int asked = PROVIDER.asked("/oauth2/token");
    browser.cookies(base).put("other", "1");
    assertThat(header(browser.get(base + "/web/again"), "cookie")).isEqualTo("other=1");
    assertThat(PROVIDER.asked("/oauth2/token")).isEqualTo(asked);
    assertThat(browser.set()).isEmpty();
  }

  @Test
  void aBrowserMayComeBackToWhereItWas() {
    own("/own", config("gateway"));
    HttpResponse<String> answer = browser.visit(base + "/own?a=1&state=mine");
    assertThat(seen(answer).getString("uri")).isEqualTo("/own?a=1&state=mine");
    assertThat(browser.set()).anySatisfy(line -> assertThat(line)
        .startsWith("session=").contains("; HttpOnly", "; SameSite=Lax", "; Path=/").doesNotContain("Secure"));
    assertThat(browser.cookies(base)).doesNotContainKey("authorization");
    assertThat(browser.get(base + "/own").statusCode()).isEqualTo(200);
  }

  @Test
  void cookiesOfEncryptedPagesStayEncrypted() {
    try (TestGateway behind =
        TestGateway.with(new OpenidConnectPlugin()).setting("trusted_ips", "127.0.0.1").start()) {
      behind.plugin("openid-connect", config("gateway"), behind.route("/web", behind.backend(TestBackend.echo())));
      HttpResponse<String> away = browser.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + behind.proxyPort() + "/web"))
              .header("X-Forwarded-Proto", "https"));
      assertThat(away.statusCode()).isEqualTo(302);
      assertThat(browser.set()).singleElement().asString().contains("; Secure");
    }
  }

  @Test
  void tokensCanBeTheAnswer() {
    own("/tokens", config("gateway").put("login_action", "response")
        .put("login_tokens", new JsonArray().add("id_token").add("access_token")));
    JsonObject answer = seen(browser.visit(base + "/tokens"));
    assertThat(answer.fieldNames()).containsExactlyInAnyOrder("id_token", "access_token");
    own("/given", config("gateway").put("login_action", "redirect")
        .put("login_redirect_uri", new JsonArray().add("http://127.0.0.1/app")));
    assertThat(new Browser().visitUntil(base + "/given", "http://127.0.0.1/app"))
        .startsWith("http://127.0.0.1/app#id_token=ey");
  }

  @Test
  void aCodeIsOfNoUseToAnotherBrowser() {
    String back = browser.visitUntil(base + "/web", base + "/callback");
    Browser thief = new Browser();
    isRefused(thief.get(back));
    thief.get(base + "/web");
    isRefused(thief.get(back));
    assertThat(thief.cookies(base)).doesNotContainKey("session");
    isRefused(browser.get(back.replace("state=", "state=x")));
    assertThat(browser.get(back).statusCode()).as("and of use to its own").isEqualTo(302);
  }

  @Test
  void aLoginCountsOnce() {
    String back = browser.visitUntil(base + "/web", base + "/callback");
    String cookie = browser.cookies(base).get("authorization");
    assertThat(browser.get(back).statusCode()).isEqualTo(302);
    browser.cookies(base).remove("session");
    isRefused(browser.get(back));
    browser.cookies(base).put("authorization", cookie);
    isRefused(browser.get(back));
    assertThat(browser.cookies(base)).doesNotContainKeys("session", "authorization");
  }

  @Test
  void aLoginMustNotTakeForEver() {
    String back = browser.visitUntil(base + "/web", base + "/callback");
    clock.advance(Duration.ofSeconds(601));
    isRefused(browser.get(back));
  }

  @Test
  void pagesSideBySideCanAllLogIn() {
    String one = browser.visitUntil(base + "/web/1", base + "/callback");
    String two = browser.visitUntil(base + "/web/2", base + "/callback");
    assertThat(Browser.location(browser.get(one))).isEqualTo(base + "/web/1");
    assertThat(Browser.location(browser.get(two))).isEqualTo(base + "/web/2");
  }

  @Test
  void theNonceMustBeTheOneThatWasSent() {
    String back = browser.visitUntil(base + "/web", base + "/callback");
    Seal seal = new Seal(SECRET, "openid-connect login\0default\0" + PROVIDER.issuer() + "\0gateway");
    String cookie = browser.cookies(base).get("authorization");
    JsonObject pending = new JsonObject(
        new String(seal.openBytes(cookie.substring(2)).orElseThrow(), StandardCharsets.UTF_8));
    pending.getJsonArray("p").getJsonArray(0).set(1, "another");
    browser.cookies(base).put("authorization", "1." + seal.close(pending.encode()));
    isRefused(browser.get(back));
  }

  @Test
  void theIdTokenMustBeForThisClient() {
    AtomicReference<String> reply = new AtomicReference<>("");
    try (RawOrigin endpoint = new RawOrigin(call -> {
      call.send("HTTP/1.1 200 OK\r\nContent-Length: " + reply.get().length() + "\r\n\r\n" + reply.get());
      return true;
    })) {
      own("/forged", config("gateway").put("token_endpoint", "http://127.0.0.1:" + endpoint.port() + "/token"));
      assertThat(forged(reply, claims -> PROVIDER.sign(claims.build())).statusCode()).isEqualTo(200);
      assertThat(forged(reply, claims -> PROVIDER.sign(claims.audience(List.of("gateway", "b")).claim("azp", "gateway")
          .build())).statusCode()).isEqualTo(200);
      List<UnaryOperator<JWTClaimsSet.Builder>> wrong = List.of(
          claims -> claims.audience("other"),
          claims -> claims.audience(List.of("gateway", "other")),
          claims -> claims.claim("azp", "other"),
          claims -> claims.subject(null),
          claims -> claims.claim("nonce", "another"),
          claims -> claims.claim("nonce", null),
          claims -> claims.issuer("http://other"),
          claims -> claims.expirationTime(Date.from(clock.instant())));
      for (UnaryOperator<JWTClaimsSet.Builder> change : wrong) {
        isRefused(forged(reply, claims -> PROVIDER.sign(change.apply(claims).build())));
      }
      isRefused(forged(reply, claims -> new PlainJWT(claims.build()).serialize()));
      isRefused(forged(reply, claims -> TestProvider.sign(claims.build(), TestProvider.stranger())));
      isRefused(forged(reply, claims -> ""));
    }
  }

  /** Logs in where the token endpoint gives out an ID token of the test's. */
  private static HttpResponse<String> forged(
      AtomicReference<String> reply, Function<JWTClaimsSet.Builder, String> idToken) {
    Browser browser = new Browser();
    String back = browser.visitUntil(base + "/forged", base + "/forged?");
    String nonce = browser.visited().get(1).getRawQuery().replaceAll(".*&nonce=([^&]*).*", "$1");
    reply.set(new JsonObject()
        .put("access_token", "opaque")
        .put("token_type", "bearer")
        .put("id_token", idToken.apply(claims().claim("nonce", nonce)))
        .encode());
    HttpResponse<String> answer = browser.get(back);
    assertThat(browser.cookies(base).containsKey("session")).isEqualTo(answer.statusCode() == 200);
    return answer;
  }

  @Test
  void theProviderMayRefuse() {
    String back = browser.visitUntil(base + "/web", base + "/callback");
    isRefused(browser.get(back.replaceAll("code=[^&]*", "error=access_denied")));
    assertThat(browser.cookies(base)).doesNotContainKey("session");
    back = new Browser().visitUntil(base + "/web", base + "/callback");
    isRefused(browser.get(back));
    browser = new Browser();
    back = browser.visitUntil(base + "/web", base + "/callback");
    isRefused(browser.get(back.replaceAll("code=[^&]*", "code=made-up")));
    browser = new Browser();
    back = browser.visitUntil(base + "/web", base + "/callback");
    isRefused(browser.get(back + "&iss=https%3A%2F%2Fother"));
  }

  @Test
  void aProviderThatNamesItselfMustDoSo() {
    JsonObject document = new JsonObject(browser.get(PROVIDER.issuer() + "/.well-known/openid-configuration").body())
        .put("authorization_response_iss_parameter_supported", true);
    try (TestBackend place = TestBackend.of(request -> request.response().end(document.toBuffer()))) {
      own("/named", config("gateway").put("issuer", "http://127.0.0.1:" + place.port()));
      isRefused(browser.visit(base + "/named"));
      browser = new Browser();
      String back = browser.visitUntil(base + "/named", base + "/named?");
      String issuer = "&iss=" + URLEncoder.encode(PROVIDER.issuer(), StandardCharsets.UTF_8);
      seen(browser.get(back + issuer));
      browser = new Browser();
      back = browser.visitUntil(base + "/named", base + "/named?");
      isRefused(browser.get(back + issuer + "&iss=http%3A%2F%2Fother"));
    }
  }

  @Test
  void aChangedSessionIsNone() {
    browser.visit(base + "/web");
    String good = browser.cookies(base).get("session");
    for (int at : new int[] {2, 20, good.length() / 2, good.length() - 3}) {
      char other = good.charAt(at) == 'A' ? 'B' : 'A';
      browser.cookies(base).put("session", good.substring(0, at) + other + good.substring(at + 1));
      assertThat(isSentAway("/web")).isTrue();
    }
    for (String bad : List.of("", "1", "1.", "x.y", good.substring(0, 50))) {
      browser.cookies(base).put("session", bad);
      assertThat(isSentAway("/web")).as(bad).isTrue();
    }
    browser.cookies(base).put("session", good);
    assertThat(browser.get(base + "/web").statusCode()).isEqualTo(200);
    guard("/else", config("gateway").put("session_audience", "else"));
    assertThat(isSentAway("/else")).as("a session for something else").isTrue();
    browser.cookies(base).put("session", browser.cookies(base).get("authorization"));
    assertThat(isSentAway("/web")).as("a login is no session").isTrue();
  }

  @Test
  void longTokensTakeSeveralCookies() {
    PROVIDER.moreClaims(Map.of("long", TestProvider.randomText(3000)));
    try {
      browser.visit(base + "/web");
      assertThat(browser.cookies(base).keySet()).contains("session", "session_2", "session_3");
      assertThat(header(browser.get(base + "/web"), "cookie")).isEmpty();
      String second = browser.cookies(base).remove("session_2");
      assertThat(isSentAway("/web")).isTrue();
      browser.cookies(base).put("session_2", second);
      assertThat(browser.get(base + "/web").statusCode()).isEqualTo(200);
      PROVIDER.moreClaims(Map.of("long", TestProvider.randomText(12_000)));
      assertThat(new Browser().visit(base + "/web").statusCode()).as("more than cookies can hold").isEqualTo(500);
    } finally {
      PROVIDER.moreClaims(Map.of());
    }
    browser.cookies(base).put("session", "");
    browser.visit(base + "/web");
    assertThat(browser.cookies(base)).containsKey("session").doesNotContainKeys("session_2", "session_3");
  }

  @Test
  void sessionsEnd() {
    browser.visit(base + "/web");
    clock.advance(Duration.ofSeconds(200));
    assertThat(browser.get(base + "/web").statusCode()).isEqualTo(200);
    assertThat(browser.set()).as("its use is noted").hasSize(1);
    clock.advance(Duration.ofSeconds(90));
    assertThat(browser.get(base + "/web").statusCode()).isEqualTo(200);
    clock.advance(Duration.ofSeconds(901));
    assertThat(isSentAway("/web")).isTrue();
  }

  @Test
  void expiredTokensAreRefreshedOnce() {
    own("/short", config("short"));
    String before = header(browser.visit(base + "/short"), "authorization");
    assertThat(header(browser.get(base + "/short"), "authorization")).isEqualTo(before);
    clock.advance(Duration.ofSeconds(61));
    int asked = PROVIDER.asked("/oauth2/token");
    String cookie = "session=" + browser.cookies(base).get("session");
    List<CompletableFuture<JsonObject>> answers = Stream.generate(() -> CompletableFuture.supplyAsync(() ->
            gateway.get("/short", "Cookie", cookie).bodyAsJsonObject()))
        .limit(4)
        .toList();
    String after = header(browser.get(base + "/short"), "authorization");
    assertThat(after).isNotEqualTo(before).startsWith("Bearer ey");
    answers.forEach(answer ->
        assertThat(answer.join().getJsonObject("headers").getJsonArray("authorization").getString(0)).isEqualTo(after));
    assertThat(PROVIDER.asked("/oauth2/token")).isEqualTo(asked + 1);
    assertThat(header(browser.get(base + "/short"), "authorization")).isEqualTo(after);
  }

  @Test
  void withoutRefreshOneLogsInAgain() {
    own("/brief", config("short").put("refresh_tokens", false));
    browser.visit(base + "/brief");
    clock.advance(Duration.ofSeconds(61));
    assertThat(isSentAway("/brief")).isTrue();
    assertThat(browser.cookies(base)).doesNotContainKey("session");
  }

  @Test
  void leavingEndsBothSessions() {
    guard("/app", config("gateway").put("login_action", "redirect")
        .put("logout_uri_suffix", "/logout")
        .put("logout_methods", new JsonArray().add("GET"))
        .put("logout_redirect_uri", new JsonArray().add("http://127.0.0.1/bye")));
    browser.visit(base + "/app");
    HttpResponse<String> out = browser.get(base + "/app/logout");
    assertThat(Browser.location(out))
        .startsWith(PROVIDER.issuer() + "/connect/logout?id_token_hint=ey")
        .endsWith("&client_id=gateway&post_logout_redirect_uri=http%3A%2F%2F127.0.0.1%2Fbye");
    assertThat(browser.cookies(base)).doesNotContainKey("session");
    assertThat(Browser.location(browser.get(Browser.location(out)))).isEqualTo("http://127.0.0.1/bye");
    assertThat(isSentAway("/app")).isTrue();
    assertThat(browser.get(browser.visited().get(0).toString()).statusCode()).isEqualTo(302);
  }

  @Test
  void codesMayComeInForms() {
    own("/form", config("gateway").put("response_mode", "form_post"));
    String back = browser.visitUntil(base + "/form", base + "/form?");
    assertThat(browser.visited()).anySatisfy(uri -> assertThat(uri.toString()).contains("response_mode=form_post"));
    assertThat(isSentAway("/form?" + URI.create(back).getRawQuery())).as("a query is no form").isFalse();
    String[] parts = URI.create(back).getRawQuery().split("[=&]", -1);
    HttpResponse<String> answer = browser.post(base + "/form", Map.of(parts[0], parts[1], parts[2], parts[3]));
    assertThat(seen(answer).getString("method")).isEqualTo("GET");
    assertThat(header(answer, "x-credential-identifier")).isEqualTo("ada");
  }

  @Test
  void onlyPagesAreSentAway() {
    isRefused(browser.post(base + "/web", Map.of("a", "1")));
    isRefused(browser.send(
        HttpRequest.newBuilder(URI.create(base + "/web")).header("Sec-Fetch-Mode", "cors")));
    assertThat(browser.send(
        HttpRequest.newBuilder(URI.create(base + "/web")).header("Sec-Fetch-Mode", "navigate")).statusCode())
        .isEqualTo(302);
    isRefused(browser.send(
        HttpRequest.newBuilder(URI.create(base + "/web")).header("Authorization", "Bearer x")));
  }

  @Test
  void nobodyIsLedAstray() {
    assertThat(Answers.local("//evil.example/x", "a=1")).isEqualTo("/evil.example/x?a=1");
    assertThat(Answers.local("/\\evil.example", "")).isEqualTo("/evil.example");
    assertThat(Answers.local("/good//path", "next=//x")).isEqualTo("/good//path?next=//x");
  }
}
