package dev.sluice.plugins.oauth2;

import dev.sluice.testkit.EchoGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static dev.sluice.plugins.oauth2.OauthFixture.asApp;
import static dev.sluice.plugins.oauth2.OauthFixture.authorize;
import static dev.sluice.plugins.oauth2.OauthFixture.config;
import static dev.sluice.plugins.oauth2.OauthFixture.ok;
import static dev.sluice.plugins.oauth2.OauthFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

/** Codes, tokens by redirection, and PKCE. */
class AuthorizationCodeTest {

  private static final String VERIFIER = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  private static final String CHALLENGE = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
  private static OauthFixture f;

  @BeforeAll
  static void start() {
    f = new OauthFixture();
    f.guard("/api", config().put("scopes", new JsonArray().add("read").add("write")));
    f.guard("/other", config());
    f.guard("/strict", config().put("pkce", "strict"));
    f.guard("/none", config().put("pkce", "none"));
    f.guard("/closed", new JsonObject().put("provision_key", "pk").put("enable_client_credentials", true)
        .put("accept_http_if_already_terminated", true));
  }

  @AfterAll
  static void stop() {
    f.close();
  }

  private static HttpResponse<Buffer> exchange(String path, String code, String... more) {
    return f.post(path + "/oauth2/token", asApp("authorization_code", append(more, "code", code)));
  }

  private static String[] append(String[] more, String name, String value) {
    String[] all = Arrays.copyOf(more, more.length + 2);
    all[more.length] = name;
    all[more.length + 1] = value;
    return all;
  }

  private static String redirection(HttpResponse<Buffer> answer, int status) {
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(status);
    return answer.bodyAsJsonObject().getString("redirect_uri");
  }

  @Test
  void aCodeIsChangedOnceForAToken() {
    String code = f.code("/api", authorize("app", "code", "scope", "read  write", "state", "st ate"));
    assertThat(code).matches("[A-Za-z0-9]{32}");
    JsonObject token = ok(exchange("/api", code, "state", "s"));
    assertThat(token.getString("token_type")).isEqualTo("bearer");
    assertThat(token.getInteger("expires_in")).isEqualTo(7200);
    assertThat(token.getString("state")).isEqualTo("s");
    assertThat(token.getString("refresh_token")).matches("[A-Za-z0-9]{32}");
    HttpResponse<Buffer> answer = f.get("/api", token.getString("access_token"));
    EchoGateway.isConsumer(answer, f.bob, "app");
    assertThat(EchoGateway.header(answer, "x-authenticated-scope")).containsExactly("read write");
    assertThat(EchoGateway.header(answer, "x-authenticated-userid")).containsExactly("user1");
    refused(exchange("/api", code), 400, "invalid_request", "Invalid code");
  }

  @Test
  void theRedirectionKeepsWhatItHad() {
    String uri = redirection(f.post("/api/oauth2/authorize", authorize("app", "code", "state", "a b&c")), 200);
    assertThat(uri).matches("https://app\\.test/cb\\?code=[A-Za-z0-9]{32}&state=a%20b%26c&x=1");
    uri = redirection(
        f.post("/api/oauth2/authorize", authorize("app", "code", "redirect_uri", "https://app.test/other")), 200);
    assertThat(uri).startsWith("https://app.test/other?code=");
  }

  @Test
  void aTokenMayComeByRedirection() {
    String uri = redirection(f.post("/api/oauth2/authorize", authorize("app", "token", "scope", "read")), 200);
    assertThat(uri)
        .matches("https://app\\.test/cb\\?x=1#access_token=[A-Za-z0-9]{32}&expires_in=7200&token_type=bearer");
    String token = uri.replaceAll(".*access_token=([^&]*).*", "$1");
    EchoGateway.isConsumer(f.get("/api", token), f.bob, "app");
  }

  @Test
  void errorsAreToldToTheClientsOwnPlace() {
    String evil = redirection(
        f.post("/api/oauth2/authorize", authorize("app", "code", "redirect_uri", "https://evil.test/")), 400);
    assertThat(evil).isEqualTo("https://app.test/cb?error=invalid_request&error_description=Invalid%20redirect_uri%20"
        + "that%20does%20not%20match%20with%20any%20redirect_uri%20created%20with%20the%20application&x=1");
    assertThat(redirection(f.post("/api/oauth2/authorize", authorize("app", "x", "state", "s")), 400))
        .contains("error=unsupported_response_type&error_description=Invalid%20response_type&state=s");
    assertThat(redirection(f.post("/api/oauth2/authorize", authorize("app", "code", "scope", "admin")), 400))
        .contains("error=invalid_scope&error_description=%22admin%22%20is%20an%20invalid%20scope");
    assertThat(redirection(f.post("/closed/oauth2/authorize", authorize("app", "code")), 400))
        .contains("error=unsupported_response_type");
  }

  @Test
  void onlyTheOperatorsPagesMayAsk() {
    Map<String, String> wrong = authorize("app", "code", "provision_key", "x");
    refused(f.post("/api/oauth2/authorize", wrong), 400, "invalid_provision_key", "Invalid provision_key");
    refused(f.post("/api/oauth2/authorize", authorize("app", "code", "authenticated_userid", " ")), 400,
        "invalid_authenticated_userid", "Missing authenticated_userid parameter");
    refused(f.post("/api/oauth2/authorize", authorize("nobody", "code")), 400,
        "invalid_client", "Invalid client authentication");
    refused(f.gateway.send(HttpMethod.POST, "/api/oauth2/authorize", Map.of(), Buffer.buffer()), 400,
        "access_denied", "You must use HTTPS");
  }

  @Test
  void aCodeIsGoodForItsClientAndPluginAlone() {
    f.client(new JsonObject().put("client_id", "thief").put("client_secret", "t"));
    String code = f.code("/api", authorize("app", "code"));
    refused(exchange("/api", code, "client_id", "thief", "client_secret", "t"), 400, "invalid_request", "Invalid code");
    refused(exchange("/other", code), 400, "invalid_request", "Invalid code");
    refused(exchange("/api", code, "client_secret", "wrong"), 400, "invalid_client", "Invalid client authentication");
    refused(exchange("/api", code, "redirect_uri", "https://evil.test"), 400, "invalid_request",
        "Invalid redirect_uri that does not match with any redirect_uri created with the application");
    refused(exchange("/api", "nope"), 400, "invalid_request", "Invalid code");
    refused(exchange("/api", ""), 400, "invalid_request", "Invalid code");
    ok(exchange("/api", code));
  }

  @Test
  void aCodeIsGoodForFiveMinutes() {
    try (OauthFixture own = new OauthFixture()) {
      own.guard("/api", config());
      String code = own.code("/api", authorize("app", "code"));
      own.clock.advance(Duration.ofSeconds(301));
      refused(own.post("/api/oauth2/token", asApp("authorization_code", "code", code)), 400,
          "invalid_request", "Invalid code");
    }
  }

  private static HttpResponse<Buffer> exchangeOpen(String path, String code, String... more) {
    Map<String, String> form = asApp("authorization_code", append(more, "code", code));
    form.put("client_id", "open");
    form.remove("client_secret");
    return f.post(path + "/oauth2/token", form);
  }

  @Test
  void aPublicClientNeedsPkce() {
    assertThat(redirection(f.post("/api/oauth2/authorize", authorize("open", "code")), 400))
        .contains("error_description=code_challenge%20is%20required%20for%20public%20clients");
    Map<String, String> asked =
        authorize("open", "code", "code_challenge", CHALLENGE, "code_challenge_method", "S256");
    String code = f.code("/api", asked);
    refused(exchangeOpen("/api", code), 400, "invalid_request",
        "code_verifier is required for PKCE authorization requests");
    refused(exchangeOpen("/api", code, "code_verifier", "short"), 400, "invalid_request",
        "code_verifier must be between 43 and 128 characters");
    refused(exchangeOpen("/api", code, "code_verifier", "x".repeat(43)), 400, "invalid_grant", "Invalid code");
    ok(exchangeOpen("/api", code, "code_verifier", VERIFIER));
    Map<String, String> withSecret = asApp("authorization_code", "code", code, "client_id", "open");
    refused(f.post("/api/oauth2/token", withSecret), 400, "invalid_request",
        "client_secret is disallowed for public clients");
  }

  @Test
  void othersMayUseIt() {
    String plain = f.code("/api", authorize("app", "code"));
    ok(exchange("/api", plain));
    String guarded = f.code("/api", authorize("app", "code", "code_challenge", CHALLENGE));
    refused(exchange("/api", guarded), 400, "invalid_request",
        "code_verifier is required for PKCE authorization requests");
    ok(exchange("/api", guarded, "code_verifier", VERIFIER));
    assertThat(redirection(f.post("/strict/oauth2/authorize", authorize("app", "code")), 400)).contains("code_challenge");
    ok(exchangeOpen("/none", f.code("/none", authorize("open", "code"))));
    assertThat(redirection(f.post("/api/oauth2/authorize",
            authorize("app", "code", "code_challenge", CHALLENGE, "code_challenge_method", "plain")), 400))
        .contains("code_challenge_method%20is%20not%20supported%2C%20must%20be%20S256");
    assertThat(redirection(f.post("/api/oauth2/authorize",
            authorize("app", "code", "code_challenge_method", "S256")), 400))
        .contains("code_challenge%20is%20required%20when%20code_method%20is%20present");
  }
}
