package dev.sluice.plugins.aiproxy;

import dev.sluice.testkit.TestBackend;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Google is asked as a service account. */
class ServiceAccountTest extends AiProxyFixture {

  private static final String GEMINI =
      "{'candidates': [{'content': {'parts': [{'text': 'Hello'}]}, 'finishReason': 'STOP'}]}";

  private static JsonObject claims(String form, PublicKey key) throws Exception {
    String[] parts = form.substring(form.indexOf("assertion=") + "assertion=".length()).split("\\.", -1);
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(key);
    signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
    assertThat(signature.verify(Base64.getUrlDecoder().decode(parts[2]))).isTrue();
    return new JsonObject(new String(Base64.getUrlDecoder().decode(parts[1]), StandardCharsets.UTF_8));
  }

  @Test
  void itsKeyIsExchangedForATokenThatIsKept() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    KeyPair pair = generator.generateKeyPair();
    AtomicReference<String> asked = new AtomicReference<>();
    AtomicInteger times = new AtomicInteger();
    TestBackend tokens = gateway.backend(TestBackend.of(request -> request.body().onSuccess(body -> {
      asked.set(body.toString());
      times.incrementAndGet();
      request.response().end("{\"access_token\":\"t0ken\",\"expires_in\":3600}");
    })));
    String url = "http://127.0.0.1:" + tokens.port() + "/token";
    JsonObject account = new JsonObject()
        .put("client_email", "me@example.com")
        .put("token_uri", url)
        .put("private_key", "-----BEGIN PRIVATE KEY-----\n"
            + Base64.getMimeEncoder().encodeToString(pair.getPrivate().getEncoded())
            + "\n-----END PRIVATE KEY-----\n");
    JsonObject auth =
        new JsonObject().put("gcp_use_service_account", true).put("gcp_service_account_json", account.encode());
    JsonObject config = json("{'route_type': 'llm/v1/chat', 'model': {'provider': 'gemini', 'name': 'g'}}");
    config.getJsonObject("model").put("options", new JsonObject().put("upstream_url", provider.url()));
    provider.says(json(GEMINI));
    String path = "/account";
    gateway.plugin("ai-proxy", config.put("auth", auth), gateway.route(path));
    for (int i = 0; i < 3; i++) {
      assertThat(post(path, CHAT).statusCode()).isEqualTo(200);
      assertThat(provider.asked().headers().get("Authorization")).isEqualTo("Bearer t0ken");
    }
    assertThat(times.get()).isEqualTo(1);
    JsonObject claims = claims(asked.get(), pair.getPublic());
    assertThat(claims.getString("iss")).isEqualTo("me@example.com");
    assertThat(claims.getString("aud")).isEqualTo(url);
    assertThat(claims.getLong("exp") - claims.getLong("iat")).isEqualTo(3600);
  }

  @Test
  void withoutATokenNothingIsAsked() throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
    generator.initialize(2048);
    String key = Base64.getMimeEncoder().encodeToString(generator.generateKeyPair().getPrivate().getEncoded());
    TestBackend tokens =
        gateway.backend(TestBackend.of(request -> request.response().setStatusCode(403).end("{}")));
    JsonObject account = new JsonObject()
        .put("client_email", "me@example.com")
        .put("token_uri", "http://127.0.0.1:" + tokens.port() + "/token")
        .put("private_key", "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n");
    JsonObject config = json("{'route_type': 'llm/v1/chat', 'model': {'provider': 'gemini', 'name': 'g'}}")
        .put("auth", new JsonObject()
            .put("gcp_use_service_account", true)
            .put("gcp_service_account_json", account.encode()));
    gateway.plugin("ai-proxy", config, gateway.route("/no-token"));
    var answer = post("/no-token", CHAT);
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(message(answer)).isEqualTo("LLM request failed before proxying");
  }
}
