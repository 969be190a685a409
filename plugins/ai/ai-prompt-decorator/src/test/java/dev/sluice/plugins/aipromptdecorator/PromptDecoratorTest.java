package dev.sluice.plugins.aipromptdecorator;

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
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class PromptDecoratorTest {

  private static TestGateway gateway;

  @BeforeAll
  static void start() {
    gateway = TestGateway.with(new PromptDecoratorPlugin()).start();
    configure("/openai", "openai");
    configure("/bedrock", "bedrock");
    configure("/gemini", "gemini");
  }

  private static void configure(String path, String format) {
    JsonArray before = new JsonArray().add(message("system", "rule 1")).add(message("user", "example"));
    JsonArray after = new JsonArray().add(message("system", "rule 2")).add(message("assistant", "last"));
    JsonObject prompts = new JsonObject().put("prepend", before).put("append", after);
    JsonObject config = new JsonObject().put("prompts", prompts).put("llm_format", format);
    gateway.plugin("ai-prompt-decorator", config, gateway.route(path, gateway.backend(TestBackend.echo())));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static JsonObject message(String role, String content) {
    return new JsonObject().put("role", role).put("content", content);
  }

  private static HttpResponse<Buffer> post(String path, String body) {
    return gateway.send(HttpMethod.POST, path, Map.of("Content-Type", "text/plain"), Buffer.buffer(body));
  }

  private static JsonObject decorated(String path, String body) {
    JsonObject seen = post(path, body).bodyAsJsonObject();
    assertThat(seen.getJsonObject("headers").getJsonArray("content-type")).containsExactly("application/json");
    assertThat(seen.getJsonObject("headers").getJsonArray("content-length"))
        .containsExactly(String.valueOf(seen.getString("body").length()));
    return new JsonObject(seen.getString("body"));
  }

  @Test
  void messagesComeBeforeAndAfterThoseOfTheClient() {
    JsonObject body = decorated(
        "/openai", "{\"model\":\"m\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\",\"name\":\"x\"}],\"temperature\":0.5}");
    assertThat(body.getString("model")).isEqualTo("m");
    assertThat(body.getDouble("temperature")).isEqualTo(0.5);
    assertThat(body.getJsonArray("messages")).containsExactly(
        message("system", "rule 1"),
        message("user", "example"),
        message("user", "hi").put("name", "x"),
        message("system", "rule 2"),
        message("assistant", "last"));
  }

  @Test
  void bedrockHasItsSystemApart() {
    JsonObject body = decorated(
        "/bedrock", "{\"system\":[{\"text\":\"own\"}],\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]}]}");
    assertThat(body).isEqualTo(new JsonObject("{\"system\":[{\"text\":\"rule 1\"},{\"text\":\"own\"},{\"text\":\"rule 2\"}],"
        + "\"messages\":[{\"role\":\"user\",\"content\":[{\"text\":\"example\"}]},"
        + "{\"role\":\"user\",\"content\":[{\"text\":\"hi\"}]},"
        + "{\"role\":\"assistant\",\"content\":[{\"text\":\"last\"}]}]}"));
  }

  @Test
  void geminiHasOtherNames() {
    JsonObject body = decorated("/gemini", "{\"contents\":[{\"parts\":[{\"text\":\"hi\"}]}]}");
    assertThat(body).isEqualTo(new JsonObject("{\"contents\":[{\"role\":\"user\",\"parts\":[{\"text\":\"example\"}]},"
        + "{\"parts\":[{\"text\":\"hi\"}]},{\"role\":\"model\",\"parts\":[{\"text\":\"last\"}]}],"
        + "\"systemInstruction\":{\"parts\":[{\"text\":\"rule 1\"},{\"text\":\"rule 2\"}]}}"));
  }

  private static void refused(HttpResponse<Buffer> answer, String message) {
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.bodyAsString()).isEqualTo("{\"error\":{\"message\":\"" + message + "\"}}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{\"messages\":", "5", "text"})
  void whatIsNoJsonIsRefused(String body) {
    refused(post("/openai", body), "this LLM route only supports application/json requests");
  }

  @Test
  void aBodyThatIsTooLongIsRefused() {
    refused(
        post("/openai", "{\"messages\":[{\"role\":\"user\",\"content\":\"" + "x".repeat(8192) + "\"}]}"),
        "this LLM route only supports application/json requests");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "[]", "{\"messages\":[]}", "{\"messages\":\"x\"}", "{\"prompt\":\"x\"}"})
  void whatIsNoConversationIsRefused(String body) {
    refused(post("/openai", body), "this LLM route only supports llm/chat type requests");
  }
}
