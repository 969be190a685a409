package dev.sluice.plugins.aipromptguard;

import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PromptGuardTest {

  private static TestGateway gateway;
  private static TestBackend backend;

  @BeforeAll
  static void start() {
    gateway = TestGateway.with(new PromptGuardPlugin()).start();
    backend = gateway.backend(TestBackend.echo());
    JsonArray allow = new JsonArray().add("ok[0-9]+").add("fine$");
    JsonArray deny = new JsonArray().add("(?i)secret").add("pass(?!port)");
    configure("/both", new JsonObject().put("allow_patterns", allow).put("deny_patterns", deny));
    configure("/deny", new JsonObject().put("deny_patterns", deny));
    configure("/last", new JsonObject().put("deny_patterns", deny).put("allow_all_conversation_history", true));
    configure("/all", new JsonObject().put("deny_patterns", deny).put("match_all_roles", true));
    configure("/bedrock", new JsonObject().put("deny_patterns", deny).put("llm_format", "bedrock"));
    configure("/slow", new JsonObject().put("deny_patterns", new JsonArray().add("(?=x)(x+x+)+y")));
    configure("/large", new JsonObject().put("deny_patterns", deny).put("max_request_body_size", 4_000_000));
  }

  private static void configure(String path, JsonObject config) {
    gateway.plugin("ai-prompt-guard", config, gateway.route(path, backend));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static HttpResponse<Buffer> post(String path, JsonObject body) {
    return gateway.send(HttpMethod.POST, path, Map.of("Content-Type", "application/json"), body.toBuffer());
  }

  private static JsonObject chat(String... said) {
    JsonArray messages = new JsonArray();
    for (String one : said) {
      int colon = one.indexOf(':');
      messages.add(new JsonObject().put("role", one.substring(0, colon)).put("content", one.substring(colon + 1)));
    }
    return new JsonObject().put("messages", messages);
  }

  private static void refused(HttpResponse<Buffer> answer) {
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.bodyAsString()).isEqualTo("{\"error\":{\"message\":\"bad request\"}}");
  }

  @ParameterizedTest
  @CsvSource({
    "ok1, 200", "all is fine, 200", "nothing, 400", "ok1 SeCrEt, 400", "ok1 password, 400", "ok1 passport, 200",
    "fine and more, 400"
  })
  void aPromptMustMatchOneAndMayMatchNone(String prompt, int status) {
    assertThat(post("/both", chat("user:" + prompt)).statusCode()).isEqualTo(status);
    assertThat(post("/both", new JsonObject().put("prompt", prompt)).statusCode()).isEqualTo(status);
  }

  @Test
  void aLineEndDoesNotHideAnything() {
    assertThat(post("/both", chat("user:fine\n")).statusCode()).isEqualTo(200);
  }

  @Test
  void theBodyGoesOnAsItCame() {
    JsonObject body = chat("user:ok1").put("n", 1.5);
    assertThat(post("/both", body).bodyAsJsonObject().getString("body")).isEqualTo(body.encode());
  }

  @Test
  void whatTheUserSaidBeforeCountsUnlessLeftOut() {
    refused(post("/deny", chat("user:the secret", "assistant:a", "user:b")));
    assertThat(post("/last", chat("user:the secret", "assistant:a", "user:b")).statusCode()).isEqualTo(200);
    refused(post("/last", chat("user:a", "user:the secret", "assistant:b")));
  }

  @Test
  void othersCountWhenAsked() {
    assertThat(post("/deny", chat("system:the secret", "user:a")).statusCode()).isEqualTo(200);
    refused(post("/all", chat("system:the secret", "user:a")));
    refused(post("/deny", chat("system:a")));
  }

  @Test
  void partsOfAContentCount() {
    JsonArray parts = new JsonArray()
        .add(new JsonObject().put("type", "image_url"))
        .add(new JsonObject().put("type", "text").put("text", "the secret"));
    JsonObject message = new JsonObject().put("role", "user").put("content", parts);
    refused(post("/deny", new JsonObject().put("messages", new JsonArray().add(message))));
    refused(post("/bedrock", new JsonObject().put("messages", new JsonArray().add(message))));
  }

  @Test
  void whatIsNoPromptIsRefused() {
    refused(post("/deny", new JsonObject().put("x", 1)));
    refused(post("/deny", new JsonObject().put("messages", new JsonArray())));
    refused(post("/deny", new JsonObject().put("prompt", 5)));
    var answer = gateway.get("/deny");
    assertThat(answer.bodyAsString())
        .isEqualTo("{\"error\":{\"message\":\"this LLM route only supports application/json requests\"}}");
  }

  @Test
  void aPatternCannotBeExhausted() {
    assertThat(post("/slow", chat("user:abc")).statusCode()).isEqualTo(200);
    refused(post("/slow", chat("user:" + "x".repeat(5000) + "!")));
  }

  @Test
  void longPromptsAreJudgedToo() {
    assertThat(post("/large", chat("user:" + "ab ".repeat(500_000))).statusCode()).isEqualTo(200);
    refused(post("/large", chat("user:" + "ab ".repeat(20_000) + "secret")));
  }

  @Test
  void whatIsNoPatternIsRefused() {
    PromptGuardConfig config = PromptGuardConfig.SCHEMA.read(
        new JsonObject().put("deny_patterns", new JsonArray().add("(")));
    assertThatThrownBy(() -> new PromptGuardFactory(null).create(config))
        .hasMessageStartingWith("'(' is no regular expression: ");
  }
}
