package dev.sluice.plugins.oauth2;

import dev.sluice.testkit.EchoGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static dev.sluice.plugins.oauth2.OauthFixture.asApp;
import static dev.sluice.plugins.oauth2.OauthFixture.config;
import static dev.sluice.plugins.oauth2.OauthFixture.ok;
import static dev.sluice.plugins.oauth2.OauthFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

/** The grants without a browser, and how clients prove themselves. */
class TokenEndpointTest {

  private static final String BAD_CLIENT = "Invalid client authentication";
  private static OauthFixture f;

  @BeforeAll
  static void start() {
    f = new OauthFixture();
    f.guard("/api", config());
    f.guard("/scoped", config().put("scopes", new JsonArray().add("read")).put("mandatory_scope", true));
    f.guard("/reuse", config().put("reuse_refresh_token", true));
    f.guard("/forever", config().put("token_expiration", 0));
    f.guard("/code-only", new JsonObject().put("enable_authorization_code", true)
        .put("accept_http_if_already_terminated", true));
    f.guard("/tls", config().put("accept_http_if_already_terminated", false));
  }

  @AfterAll
  static void stop() {
    f.close();
  }

  private static HttpResponse<Buffer> token(Map<String, String> form) {
    return f.post("/api/oauth2/token", form);
  }

  private static HttpResponse<Buffer> basic(String pair) {
    String encoded = Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    return f.post("/api/oauth2/token/", Map.of("grant_type", "client_credentials"),
        Map.of("Authorization", "Basic " + encoded));
  }

  @Test
  void aClientGetsATokenForItself() {
    JsonObject token = ok(token(asApp("client_credentials")));
    assertThat(token.fieldNames()).containsExactlyInAnyOrder("access_token", "token_type", "expires_in");
    HttpResponse<Buffer> answer = f.get("/api", token.getString("access_token"));
    EchoGateway.isConsumer(answer, f.bob, "app");
    assertThat(EchoGateway.header(answer, "x-authenticated-userid")).isEmpty();
    ok(basic("app:app-secret"));
    assertThat(ok(f.post("/forever/oauth2/token", asApp("client_credentials"))).containsKey("expires_in")).isFalse();
  }

  @Test
  void aClientMustProveItself() {
    refused(token(asApp("client_credentials", "client_secret", "x")), 400, "invalid_client", BAD_CLIENT);
    refused(token(asApp("client_credentials", "client_id", "x")), 400, "invalid_client", BAD_CLIENT);
    refused(token(Map.of("grant_type", "client_credentials")), 400, "invalid_client", BAD_CLIENT);
    HttpResponse<Buffer> wrong = basic("app:wrong");
    refused(wrong, 401, "invalid_client", BAD_CLIENT);
    assertThat(wrong.getHeader("WWW-Authenticate")).isEqualTo("Basic realm=\"OAuth2.0\"");
  }

  @Test
  void aSecretMayBeHashed() {
    JsonObject made = f.client(
        new JsonObject().put("client_id", "hashed").put("client_secret", "hush").put("hash_secret", true));
    assertThat(made.getString("client_secret"))
        .matches("\\$pbkdf2-sha512\\$i=10000,l=32\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
    Map<String, String> form = asApp("client_credentials", "client_id", "hashed", "client_secret", "hush");
    ok(token(form));
    form.put("client_secret", "other");
    refused(token(form), 400, "invalid_client", BAD_CLIENT);
    form.put("client_secret", made.getString("client_secret"));
    refused(token(form), 400, "invalid_client", BAD_CLIENT);
    f.gateway.update(OauthClient.TYPE, made.getString("id"), new JsonObject().put("name", "renamed"));
    form.put("client_secret", "hush");
    ok(token(form));
  }

  @Test
  void grantsMayBeClosed() {
    refused(token(asApp("other")), 400, "unsupported_grant_type", "Invalid grant_type");
    refused(f.post("/code-only/oauth2/token", asApp("client_credentials")), 400,
        "unsupported_grant_type", "Invalid grant_type");
    refused(f.post("/code-only/oauth2/token", asApp("password")), 400,
        "unsupported_grant_type", "Invalid grant_type");
  }

  @Test
  void aPasswordIsCheckedByTheOperator() {
    refused(token(asApp("password")), 400, "invalid_provision_key", "Invalid provision_key");
    refused(token(asApp("password", "provision_key", "pk")), 400,
        "invalid_authenticated_userid", "Missing authenticated_userid parameter");
    JsonObject token = ok(token(asApp("password", "provision_key", "pk", "authenticated_userid", "u")));
    assertThat(EchoGateway.header(f.get("/api", token.getString("access_token")), "x-authenticated-userid"))
        .containsExactly("u");
    refused(token(asApp("client_credentials", "authenticated_userid", "u")), 400,
        "invalid_provision_key", "Invalid provision_key");
  }

  @Test
  void aScopeMayBeNeeded() {
    refused(f.post("/scoped/oauth2/token", asApp("client_credentials")), 400,
        "invalid_scope", "You must specify a scope");
    refused(f.post("/scoped/oauth2/token", asApp("client_credentials", "scope", " ")), 400,
        "invalid_scope", "You must specify a scope");
    refused(f.post("/scoped/oauth2/token", asApp("client_credentials", "scope", "read write")), 400,
        "invalid_scope", "\"write\" is an invalid scope");
    refused(f.post("/scoped/oauth2/token?scope=read&scope=x", asApp("client_credentials")), 400,
        "invalid_scope", "scope must be a string");
    ok(f.post("/scoped/oauth2/token", asApp("client_credentials", "scope", "read")));
  }

  private static JsonObject withRefresh(String path) {
    return ok(f.post(path + "/oauth2/token", asApp("password", "provision_key", "pk", "authenticated_userid", "u")));
  }

  private static HttpResponse<Buffer> refresh(String path, String token, String... more) {
    Map<String, String> form = asApp("refresh_token", more);
    form.put("refresh_token", token);
    return f.post(path + "/oauth2/token", form);
  }

  @Test
  void aRefreshTokenIsUsedOnce() {
    JsonObject old = withRefresh("/api");
    JsonObject fresh = ok(refresh("/api", old.getString("refresh_token")));
    assertThat(fresh.getString("access_token")).isNotEqualTo(old.getString("access_token"));
    assertThat(fresh.getString("refresh_token")).isNotEqualTo(old.getString("refresh_token"));
    assertThat(f.get("/api", fresh.getString("access_token")).statusCode()).isEqualTo(200);
    assertThat(f.get("/api", old.getString("access_token")).statusCode()).isEqualTo(401);
    refused(refresh("/api", old.getString("refresh_token")), 400, "invalid_request", "Invalid refresh_token");
    refused(refresh("/api", "x"), 400, "invalid_request", "Invalid refresh_token");
    refused(refresh("/scoped", fresh.getString("refresh_token")), 400, "invalid_request", "Invalid refresh_token");
    f.client(new JsonObject().put("client_id", "thief2").put("client_secret", "t"));
    refused(refresh("/api", fresh.getString("refresh_token"), "client_id", "thief2", "client_secret", "t"), 400,
        "invalid_client", BAD_CLIENT);
  }

  @Test
  void orAgainAndAgain() {
    JsonObject old = withRefresh("/reuse");
    f.clock.advance(Duration.ofSeconds(7000));
    JsonObject fresh = ok(refresh("/reuse", old.getString("refresh_token")));
    assertThat(fresh.getString("refresh_token")).isEqualTo(old.getString("refresh_token"));
    assertThat(f.get("/reuse", old.getString("access_token")).statusCode()).isEqualTo(401);
    f.clock.advance(Duration.ofSeconds(7000));
    assertThat(f.get("/reuse", fresh.getString("access_token")).statusCode()).isEqualTo(200);
    ok(refresh("/reuse", old.getString("refresh_token")));
  }

  @Test
  void theEndpointTakesPostsOverTlsAlone() {
    HttpResponse<Buffer> got = f.gateway.get("/api/oauth2/token");
    refused(got, 405, "invalid_method", "The HTTP method GET is invalid for the token endpoint");
    refused(f.gateway.get("/api/oauth2/authorize/"), 405, "invalid_method",
        "The HTTP method GET is invalid for the authorization endpoint");
    refused(f.post("/tls/oauth2/token", asApp("client_credentials")), 400, "access_denied", "You must use HTTPS");
    refused(f.gateway.send(HttpMethod.POST, "/api/oauth2/token", Map.of(), Buffer.buffer()), 400,
        "access_denied", "You must use HTTPS");
  }

  @Test
  void parametersMayComeInOtherForms() {
    Map<String, String> headers = Map.of("X-Forwarded-Proto", "https", "Content-Type", "application/json");
    Buffer json = new JsonObject(Map.copyOf(asApp("client_credentials"))).toBuffer();
    ok(f.gateway.send(HttpMethod.POST, "/api/oauth2/token", headers, json));
    ok(f.post("/api/oauth2/token?client_id=app&client_secret=app-secret", Map.of("grant_type", "client_credentials")));
    refused(f.post("/api/oauth2/token?client_id=app&client_id=app", Map.of("grant_type", "client_credentials")), 400,
        "invalid_client", BAD_CLIENT);
  }
}
