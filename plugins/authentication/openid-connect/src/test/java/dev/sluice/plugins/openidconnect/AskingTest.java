package dev.sluice.plugins.openidconnect;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jwt.SignedJWT;
import dev.sluice.testkit.EchoGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.sluice.testkit.EchoGateway.header;
import static dev.sluice.testkit.EchoGateway.refused;
import static org.assertj.core.api.Assertions.assertThat;

/** What only the provider knows. */
class AskingTest extends OidcFixture {

  private static final String MACS = "secret-of-macs-that-is-long-enough";

  private static String base;
  private static JsonObject ada;

  @BeforeAll
  static void guards() {
    base = "http://127.0.0.1:" + gateway.gateway().proxyPort();
    ada = gateway.gateway().consumer("ada");
    guard("/password", config("gateway", "password").put("scopes", new JsonArray().add("read")));
    guard("/clients", config("gateway", "client_credentials").put("scopes", new JsonArray().add("read")));
    guard("/opaque", config("opaque", "introspection").put("upstream_introspection_header", "x-known"));
    guard("/fresh", config("opaque", "introspection").put("cache_introspection", false));
  }

  @BeforeEach
  void begin() {
    clock.set(Instant.now().plusSeconds(30));
  }

  private static JsonObject config(String client, String... methods) {
    return config()
        .put("client_id", new JsonArray().add(client))
        .put("client_secret", new JsonArray().add("secret-of-" + client))
        .put("auth_methods", new JsonArray(java.util.List.of((Object[]) methods)));
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  private static HttpResponse<Buffer> get(String path, String pair) {
    return gateway.get(path, "Authorization", basic(pair));
  }

  /** A token as a client gets it from the provider itself. */
  private static String granted(String client) {
    return new JsonObject(new Browser().send(HttpRequest.newBuilder(URI.create(PROVIDER.issuer() + "/oauth2/token"))
        .header("Authorization", basic(client + ":secret-of-" + client))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials&scope=read"))).body())
        .getString("access_token");
  }

  private static void revoke(String client, String token) {
    new Browser().send(HttpRequest.newBuilder(URI.create(PROVIDER.issuer() + "/oauth2/revoke"))
        .header("Authorization", basic(client + ":secret-of-" + client))
        .header("Content-Type", "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString("token=" + token)));
  }

  private static JsonObject decoded(HttpResponse<Buffer> answer, String name) {
    return new JsonObject(Buffer.buffer(Base64.getDecoder().decode(header(answer, name).get(0))));
  }

  @Test
  void clientsComeInByTheirSecrets() {
    int before = PROVIDER.asked("/oauth2/token");
    HttpResponse<Buffer> answer = get("/clients", "gateway:secret-of-gateway");
    assertThat(header(answer, "x-credential-identifier")).containsExactly("gateway");
    assertThat(header(answer, "authorization")).singleElement().asString().startsWith("Bearer ey");
    assertThat(header(get("/clients", "gateway:secret-of-gateway"), "authorization"))
        .isEqualTo(header(answer, "authorization"));
    assertThat(PROVIDER.asked("/oauth2/token")).as("and are asked for once").isEqualTo(before + 1);
    refused(get("/clients", "gateway:wrong"), 401, "Unauthorized");
    refused(get("/clients", "nobody:secret-of-gateway"), 401, "Unauthorized");
    refused(get("/clients", "ada:lovelace"), 401, "Unauthorized");
    refused(gateway.get("/clients"), 401, "Unauthorized");
    refused(bearer("/clients", token()), 401, "Unauthorized");
    assertThat(header(get("/clients", "opaque:secret-of-opaque"), "x-credential-identifier")).containsExactly("opaque");
  }

  @Test
  void usersComeInByTheirPasswords() {
    assertThat(header(get("/password", "ada:lovelace"), "x-credential-identifier")).containsExactly("ada");
    refused(get("/password", "ada:byron"), 401, "Unauthorized");
    refused(get("/password", "gateway:secret-of-gateway"), 401, "Unauthorized");
    refused(get("/password", "ada:"), 401, "Unauthorized");
    guard("/either", config("gateway", "password", "client_credentials").put("scopes", new JsonArray().add("read")));
    assertThat(header(get("/either", "ada:lovelace"), "x-credential-identifier")).containsExactly("ada");
    assertThat(header(get("/either", "opaque:secret-of-opaque"), "x-credential-identifier")).containsExactly("opaque");
    refused(get("/either", "opaque:x"), 401, "Unauthorized");
    guard("/wrong", config("gateway", "password").put("client_secret", new JsonArray().add("wrong"))
        .put("scopes", new JsonArray().add("read")));
    refused(get("/wrong", "ada:byron"), 401, "Unauthorized");
  }

  @Test
  void opaqueTokensAreAskedFor() {
    String token = granted("opaque");
    assertThat(token).doesNotContain(".");
    int before = PROVIDER.asked("/oauth2/introspect");
    HttpResponse<Buffer> answer = bearer("/opaque", token);
    assertThat(header(answer, "x-credential-identifier")).containsExactly("opaque");
    assertThat(decoded(answer, "x-known").getBoolean("active")).isTrue();
    assertThat(bearer("/opaque", token).statusCode()).isEqualTo(200);
    assertThat(PROVIDER.asked("/oauth2/introspect")).isEqualTo(before + 1);
    refused(bearer("/opaque", "made-up"), 401, "Unauthorized");
    assertThat(bearer("/fresh", token).statusCode()).isEqualTo(200);
    revoke("opaque", token);
    assertThat(bearer("/opaque", token).statusCode()).as("is remembered").isEqualTo(200);
    refused(bearer("/fresh", token), 401, "Unauthorized");
    clock.advance(Duration.ofSeconds(301));
    refused(bearer("/opaque", token), 401, "Unauthorized");
  }

  @Test
  void tokensThatCanBeReadMayBeAskedFor() {
    guard("/both", config("gateway", "bearer", "introspection")
        .put("introspect_jwt_tokens", true).put("cache_introspection", false));
    String token = granted("gateway");
    assertThat(bearer("/both", token).statusCode()).isEqualTo(200);
    revoke("gateway", token);
    refused(bearer("/both", token), 401, "Unauthorized");
    refused(bearer("/both", token()), 401, "Unauthorized");
  }

  @Test
  void theGatewayMaySignForItself() {
    String token = granted("opaque");
    guard("/macs", config("macs", "introspection")
        .put("client_secret", new JsonArray().add(MACS))
        .put("client_auth", new JsonArray().add("client_secret_jwt")));
    assertThat(bearer("/macs", token).statusCode()).isEqualTo(200);
    guard("/signer", config("signer", "introspection")
        .put("client_auth", new JsonArray().add("private_key_jwt"))
        .put("client_jwk", new JsonArray().add(new JsonObject(TestProvider.stranger().toJSONString()))));
    assertThat(bearer("/signer", token).statusCode()).isEqualTo(200);
    guard("/posted", config("opaque", "introspection").put("client_auth", new JsonArray().add("client_secret_post")));
    assertThat(bearer("/posted", token).statusCode()).isEqualTo(200);
    guard("/unknown", config("opaque", "introspection").put("client_secret", new JsonArray().add("wrong")));
    refused(bearer("/unknown", token), 500, "An unexpected error occurred");
  }

  @Test
  void theProviderKnowsTheUser() {
    guard("/person", config("gateway", "authorization_code", "session")
        .put("login_action", "response").put("login_tokens", new JsonArray().add("access_token")));
    String token = new JsonObject(new Browser().visit(base + "/person").body()).getString("access_token");
    guard("/user", config("gateway", "userinfo")
        .put("consumer_claim", new JsonArray().add("sub"))
        .put("upstream_user_info_header", "x-user-info"));
    HttpResponse<Buffer> answer =
        gateway.get("/user", Map.of("Authorization", "Bearer " + token, "x-user-info", "root"));
    EchoGateway.isConsumer(answer, ada, "ada");
    assertThat(decoded(answer, "x-user-info").getString("sub")).isEqualTo("ada");
    refused(bearer("/user", token + "x"), 401, "Unauthorized");
    refused(bearer("/user", "x"), 401, "Unauthorized");
    guard("/searched", config("gateway", "bearer").put("search_user_info", true)
        .put("upstream_user_info_header", "x-user-info"));
    assertThat(decoded(bearer("/searched", token), "x-user-info").getString("sub")).isEqualTo("ada");
    assertThat(header(bearer("/searched", token()), "x-user-info")).as("the provider knows no such token").isEmpty();
  }

  @Test
  void aSharedSecretCountsOnlyWhereItIsWanted() throws JOSEException {
    JsonObject config = config("macs", "bearer").put("client_secret", new JsonArray().add(MACS));
    guard("/shared", config.copy().put("enable_hs_signatures", true));
    guard("/keys", config);
    SignedJWT token = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims().build());
    token.sign(new MACSigner(MACS));
    assertThat(bearer("/shared", token.serialize()).statusCode()).isEqualTo(200);
    refused(bearer("/keys", token.serialize()), 401, "Unauthorized");
    SignedJWT forged = new SignedJWT(new JWSHeader(JWSAlgorithm.HS256), claims().build());
    forged.sign(new MACSigner(PROVIDER.key().toPublicJWK().toJSONString()));
    refused(bearer("/shared", forged.serialize()), 401, "Unauthorized");
    assertThat(bearer("/shared", token()).statusCode()).isEqualTo(200);
  }

  @Test
  void leavingCanRevokeTokens() {
    guard("/bye", config("opaque", "authorization_code", "session", "introspection")
        .put("logout_revoke", true)
        .put("logout_query_arg", "leave")
        .put("logout_methods", new JsonArray().add("GET")));
    Browser browser = new Browser();
    JsonObject seen = new JsonObject(browser.visit(base + "/bye").body());
    String token = seen.getJsonObject("headers").getJsonArray("authorization").getString(0).substring(7);
    assertThat(bearer("/fresh", token).statusCode()).isEqualTo(200);
    int before = PROVIDER.asked("/oauth2/revoke");
    assertThat(browser.get(base + "/bye?leave").statusCode()).isEqualTo(302);
    assertThat(PROVIDER.asked("/oauth2/revoke")).isEqualTo(before + 2);
    refused(bearer("/fresh", token), 401, "Unauthorized");
  }
}
