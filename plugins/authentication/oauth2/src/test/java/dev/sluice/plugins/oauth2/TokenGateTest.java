package dev.sluice.plugins.oauth2;

import dev.sluice.testkit.EchoGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static dev.sluice.plugins.oauth2.OauthFixture.config;
import static dev.sluice.plugins.oauth2.OauthFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

/** Requests with and without tokens. */
class TokenGateTest {

  private static final String INVALID = "The access token is invalid or has expired";
  private static OauthFixture f;
  private static JsonObject guest;
  private static String token;

  @BeforeAll
  static void start() {
    f = new OauthFixture();
    guest = f.gateway.consumer("guest");
    f.guard("/api", config());
    f.guard("/other", config());
    f.guard("/global", config().put("global_credentials", true));
    f.guard("/hidden", config().put("global_credentials", true).put("hide_credentials", true));
    f.guard("/header", config().put("global_credentials", true).put("auth_header_name", "x-token"));
    f.guard("/guest", config().put("anonymous", "guest").put("global_credentials", true));
    f.guard("/realm", config().put("realm", "zone"));
    token = f.clientToken("/api");
  }

  @AfterAll
  static void stop() {
    f.close();
  }

  private static void isBob(HttpResponse<Buffer> answer) {
    EchoGateway.isConsumer(answer, f.bob, "app");
  }

  @Test
  void aTokenMayComeInSeveralPlaces() {
    isBob(f.get("/api", token));
    isBob(f.gateway.get("/api", Map.of("Authorization", "token  " + token)));
    isBob(f.gateway.get("/api", Map.of("Authorization", "BEARER " + token)));
    isBob(f.gateway.get("/api", Map.of("Authorization", token)));
    isBob(f.gateway.get("/api?access_token=" + token));
    isBob(f.post("/api", Map.of("access_token", token)));
    refused(f.get("/api?access_token=" + token, "x"), 401, "invalid_token", INVALID);
    String global = f.clientToken("/global");
    isBob(f.gateway.get("/header", Map.of("X-Token", "bearer " + global)));
    refused(f.get("/header", global), 401, "invalid_request", "The access token is missing");
  }

  @Test
  void withoutAValidOneNobodyGetsIn() {
    HttpResponse<Buffer> none = f.gateway.get("/realm");
    refused(none, 401, "invalid_request", "The access token is missing");
    assertThat(none.getHeader("WWW-Authenticate")).isEqualTo("Bearer realm=\"zone\"");
    assertThat(f.gateway.get("/api").getHeader("WWW-Authenticate")).isEqualTo("Bearer");
    HttpResponse<Buffer> wrong = f.get("/realm", "nope");
    refused(wrong, 401, "invalid_token", INVALID);
    assertThat(wrong.getHeader("WWW-Authenticate"))
        .isEqualTo("Bearer realm=\"zone\" error=\"invalid_token\" error_description=\"" + INVALID + "\"");
    refused(f.gateway.get("/api", Map.of("Authorization", "Basic " + token)), 401, "invalid_token", INVALID);
    refused(f.gateway.get("/api?access_token=" + token + "&access_token=" + token), 401,
        "invalid_request", "The access token is missing");
  }

  @Test
  void aTokenIsGoodForItsServiceUnlessGlobal() {
    refused(f.get("/other", token), 401, "invalid_token", INVALID);
    refused(f.get("/global", token), 401, "invalid_token", INVALID);
    String global = f.clientToken("/global");
    isBob(f.get("/global", global));
    isBob(f.get("/hidden", global));
    refused(f.get("/api", global), 401, "invalid_token",
        "The access token is global, but the current plugin is configured without 'global_credentials'");
  }

  @Test
  void aTokenExpires() {
    try (OauthFixture own = new OauthFixture()) {
      own.guard("/api", config().put("token_expiration", 60));
      own.guard("/forever", config().put("token_expiration", 0));
      String brief = own.clientToken("/api");
      String forever = own.clientToken("/forever");
      own.clock.advance(Duration.ofSeconds(60));
      assertThat(own.get("/api", brief).statusCode()).isEqualTo(200);
      own.clock.advance(Duration.ofSeconds(1));
      refused(own.get("/api", brief), 401, "invalid_token", INVALID);
      own.clock.advance(Duration.ofDays(100));
      assertThat(own.get("/forever", forever).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void aTokenGoesWithItsClient() {
    JsonObject client = f.client(new JsonObject().put("client_id", "gone").put("client_secret", "g"));
    Map<String, String> form = OauthFixture.asApp("client_credentials", "client_id", "gone", "client_secret", "g");
    String own = OauthFixture.ok(f.post("/api/oauth2/token", form)).getString("access_token");
    assertThat(f.get("/api", own).statusCode()).isEqualTo(200);
    f.gateway.delete(OauthClient.TYPE, client.getString("id"));
    refused(f.get("/api", own), 401, "invalid_token", INVALID);
  }

  @Test
  void tokensCanBeHidden() {
    String global = f.clientToken("/hidden");
    assertThat(EchoGateway.header(f.get("/hidden", global), "authorization")).isEmpty();
    assertThat(EchoGateway.header(f.gateway.get("/hidden", Map.of("Authorization", global)), "authorization")).isEmpty();
    HttpResponse<Buffer> query = f.gateway.get("/hidden?a=1&access_token=" + global);
    assertThat(EchoGateway.seen(query).getString("uri")).isEqualTo("/hidden?a=1");
    HttpResponse<Buffer> both = f.post("/hidden?access_token=" + global, Map.of("access_token", global, "b", "2"));
    assertThat(EchoGateway.seen(both).getString("body")).isEqualTo("b=2");
    assertThat(EchoGateway.seen(both).getString("uri")).isEqualTo("/hidden");
  }

  @Test
  void theAnonymousConsumerStandsIn() {
    Map<String, String> claims = Map.of("X-Authenticated-UserId", "root", "X-Authenticated-Scope", "admin");
    HttpResponse<Buffer> answer = f.gateway.get("/guest", claims);
    EchoGateway.isAnonymous(answer, guest);
    assertThat(EchoGateway.header(answer, "x-authenticated-userid")).isEmpty();
    assertThat(EchoGateway.header(answer, "x-authenticated-scope")).isEmpty();
    isBob(f.get("/guest", f.clientToken("/guest")));
  }
}
