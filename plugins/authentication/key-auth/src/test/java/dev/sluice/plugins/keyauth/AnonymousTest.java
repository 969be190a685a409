package dev.sluice.plugins.keyauth;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static dev.sluice.plugins.keyauth.KeyAuthFixture.header;
import static dev.sluice.plugins.keyauth.KeyAuthFixture.key;
import static dev.sluice.plugins.keyauth.KeyAuthFixture.refused;
import static org.assertj.core.api.Assertions.assertThat;

/** Requests without a valid key that go on all the same, and several kinds of authentication at once. */
class AnonymousTest {

  private static KeyAuthFixture f;
  private static JsonObject guest;

  @BeforeAll
  static void start() {
    f = new KeyAuthFixture(new TokenAuth());
    guest = f.gateway.consumer("guest");
    f.gateway.consumer("token-user");
    JsonObject asGuest = new JsonObject().put("anonymous", "guest");
    f.guard("/name", asGuest);
    f.guard("/id", new JsonObject().put("anonymous", guest.getString("id")));
    f.guard("/gone", new JsonObject().put("anonymous", "nobody"));
    f.guard("/gone-id", new JsonObject().put("anonymous", "00000000-1111-2222-3333-444444444444"));
    f.guard("/preflight", new JsonObject().put("run_on_preflight", false));
    both("/and", new JsonObject(), new JsonObject());
    both("/or", asGuest, asGuest);
    both("/mixed", asGuest, new JsonObject());
  }

  private static void both(String path, JsonObject keyAuth, JsonObject tokenAuth) {
    JsonObject route = f.gateway.route(path, f.backend);
    f.gateway.plugin("key-auth", keyAuth, route);
    f.gateway.plugin("token-auth", tokenAuth, route);
  }

  @AfterAll
  static void stop() {
    f.close();
  }

  private static void isGuest(HttpResponse<Buffer> answer) {
    assertThat(header(answer, "x-consumer-username")).containsExactly("guest");
    assertThat(header(answer, "x-consumer-id")).containsExactly(guest.getString("id"));
    assertThat(header(answer, "x-anonymous-consumer")).containsExactly("true");
    assertThat(header(answer, "x-credential-identifier")).isEmpty();
  }

  private static void isTokenUser(HttpResponse<Buffer> answer) {
    assertThat(header(answer, "x-consumer-username")).containsExactly("token-user");
    assertThat(header(answer, "x-credential-identifier")).containsExactly("the-token");
    assertThat(header(answer, "x-anonymous-consumer")).isEmpty();
  }

  private static HttpResponse<Buffer> options(String path, Map<String, String> headers) {
    return f.gateway.send(HttpMethod.OPTIONS, path, headers, Buffer.buffer());
  }

  @Test
  void theAnonymousConsumerStandsIn() {
    isGuest(f.gateway.get("/name"));
    isGuest(f.gateway.get("/id"));
    isGuest(f.gateway.get("/name", key("wrong")));
    isGuest(f.gateway.get("/name?apikey=1&apikey=2"));
    isGuest(f.gateway.get("/name", Map.of("X-Consumer-Username", "root", "X-Credential-Identifier", "root")));
    f.isBob(f.gateway.get("/name", key("bob-key")));
  }

  @Test
  void anAnonymousConsumerWhoIsNotThereIsAnError() {
    refused(f.gateway.get("/gone"), 500, "An unexpected error occurred");
    refused(f.gateway.get("/gone-id"), 500, "An unexpected error occurred");
    assertThat(f.gateway.get("/gone").getHeader("WWW-Authenticate")).isNull();
    f.isBob(f.gateway.get("/gone", key("bob-key")));
  }

  @Test
  void preflightMayPassUnseen() {
    refused(f.gateway.get("/preflight"), 401, "No API key found in request");
    assertThat(header(options("/preflight", key("bob-key")), "x-consumer-id")).isEmpty();
    assertThat(header(options("/preflight", Map.of("X-Consumer-Username", "root")), "x-consumer-username"))
        .as("a claim that nobody has checked").isEmpty();
  }

  @Test
  void withoutAnonymousAllMustSucceed() {
    refused(f.gateway.get("/and"), 401, "No API key found in request");
    refused(f.gateway.get("/and", Map.of("token", "t")), 401, "No API key found in request");
    refused(f.gateway.get("/and", key("bob-key")), 401, "No token");
    isTokenUser(f.gateway.get("/and", Map.of("apikey", "bob-key", "token", "t")));
  }

  @Test
  void withAnonymousOneIsEnough() {
    isGuest(f.gateway.get("/or"));
    f.isBob(f.gateway.get("/or", key("bob-key")));
    isTokenUser(f.gateway.get("/or", Map.of("token", "t")));
    isTokenUser(f.gateway.get("/or", Map.of("apikey", "wrong", "token", "t")));
    f.isBob(f.gateway.get("/or", Map.of("apikey", "bob-key", "token", "t")));
  }

  @Test
  void oneWithoutAnonymousMustSucceed() {
    refused(f.gateway.get("/mixed", key("bob-key")), 401, "No token");
    isTokenUser(f.gateway.get("/mixed", Map.of("token", "t")));
  }

  @Test
  void anEarlierCredentialIsEnough() {
    JsonObject route = f.gateway.route("/early", f.backend);
    f.gateway.plugin("early-token-auth", new JsonObject(), route);
    f.gateway.plugin("key-auth", new JsonObject().put("anonymous", "guest"), route);
    isTokenUser(f.gateway.get("/early", Map.of("token", "t")));
    isTokenUser(f.gateway.get("/early", Map.of("token", "t", "apikey", "bob-key")));
  }
}
