package dev.sluice.plugins.aiprompttemplate;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.filter.Filter;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.api.request.LogFields;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class PromptTemplateTest {

  private static final String CHAT =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"Explain {{what}} in {{words}} words. {{ what }}\"}]}";
  private static final LinkedBlockingQueue<JsonObject> LOGGED = new LinkedBlockingQueue<>();
  private static TestGateway gateway;
  private static TestBackend backend;

  /** Logs what filters want logged. */
  private static final class Logger implements GatewayPlugin, FilterFactory<JsonObject> {
    @Override
    public List<FilterFactory<?>> filters() {
      return List.of(this);
    }

    @Override
    public String name() {
      return "logger";
    }

    @Override
    public int priority() {
      return 1;
    }

    @Override
    public ConfigSchema<JsonObject> schema() {
      return ConfigSchema.any(JsonObject::copy);
    }

    @Override
    public Filter create(JsonObject config) {
      return (Filter.Log) context -> {
        JsonObject entry = new JsonObject();
        context.get(LogFields.KEY).ifPresent(fields -> fields.addTo(entry));
        LOGGED.add(entry);
      };
    }
  }

  @BeforeAll
  static void start() {
    gateway = TestGateway.with(new PromptTemplatePlugin(), new Logger()).start();
    backend = gateway.backend(TestBackend.echo());
    configure("/any", new JsonObject());
    configure("/only", new JsonObject().put("allow_untemplated_requests", false));
    JsonObject logged = configure("/logged", new JsonObject().put("log_original_request", true));
    gateway.plugin("logger", new JsonObject(), logged);
  }

  private static JsonObject configure(String path, JsonObject config) {
    JsonObject route = gateway.route(path, backend);
    JsonArray templates = new JsonArray()
        .add(new JsonObject().put("name", "chat").put("template", CHAT))
        .add(new JsonObject().put("name", "plain").put("template", "{\"prompt\":\"{{a}}{{b}}\"}"));
    gateway.plugin("ai-prompt-template", config.put("templates", templates), route);
    return route;
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static HttpResponse<Buffer> post(String path, String body) {
    return gateway.send(HttpMethod.POST, path, Map.of("Content-Type", "application/json"), Buffer.buffer(body));
  }

  private static String upstream(String path, String body) {
    HttpResponse<Buffer> answer = post(path, body);
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return answer.bodyAsJsonObject().getString("body");
  }

  @Test
  void placesAreFilled() {
    assertThat(upstream("/any", "{\"messages\":\"{template://chat}\",\"model\":\"m\","
            + "\"properties\":{\"what\":\"gravity\",\"words\":5}}"))
        .isEqualTo(CHAT.replace("{{what}}", "gravity").replace("{{words}}", "5"));
    assertThat(upstream("/only", "{\"prompt\":\"{template://plain}\",\"properties\":{\"a\":true,\"b\":[1,\"x\"]}}"))
        .isEqualTo("{\"prompt\":\"true[1,\\\"x\\\"]\"}");
  }

  @Test
  void whatIsFilledInEndsNoText() {
    String nasty = "\"}],\"model\":\"dear\\\n{{b}}";
    JsonObject given = new JsonObject().put("a", nasty).put("b", "");
    String sent = upstream(
        "/any", new JsonObject().put("prompt", "{template://plain}").put("properties", given).encode());
    assertThat(new JsonObject(sent)).isEqualTo(new JsonObject().put("prompt", nasty));
  }

  @Test
  void otherRequestsPassAsTheyAre() {
    String body = "{\"messages\": [ {\"role\":\"user\"} ]}";
    assertThat(upstream("/any", body)).isEqualTo(body);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "x | this LLM route only supports application/json requests",
    "{\"a\":1} | only 'llm/v1/chat' and 'llm/v1/completions' formats are supported for templating",
    "{\"messages\":[],\"prompt\":\"\"} | cannot run 'messages' and 'prompt' templates at the same time",
    "{\"messages\":[]} | this LLM route only supports templated requests",
    "{\"prompt\":\"{template://no}\"} | could not find template name [no]",
    "{\"prompt\":\"{template://plain}\"} | missing template parameters: [a], [b]",
    "{\"prompt\":\"{template://plain}\",\"properties\":{\"a\":\"\"}} | missing template parameters: [b]"
  })
  void othersAreRefused(String body, String message) {
    HttpResponse<Buffer> answer = post("/only", body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.bodyAsJsonObject())
        .isEqualTo(new JsonObject().put("error", new JsonObject().put("message", message)));
  }

  @Test
  void loggersAreToldTheOriginal() throws InterruptedException {
    String body = "{\"prompt\":\"{template://plain}\",\"properties\":{\"a\":1,\"b\":2}}";
    upstream("/logged", body);
    assertThat(LOGGED.poll(10, TimeUnit.SECONDS)).isEqualTo(new JsonObject()
        .put("ai", new JsonObject().put("payload", new JsonObject().put("request", body))));
  }

  @Test
  void defaultsAreKongs() {
    JsonArray templates = new JsonArray().add(new JsonObject().put("name", "t").put("template", "{}"));
    assertThat(PromptTemplateConfig.SCHEMA.complete(new JsonObject().put("templates", templates)))
        .isEqualTo(new JsonObject()
            .put("templates", templates)
            .put("allow_untemplated_requests", true)
            .put("log_original_request", false)
            .put("max_request_body_size", 8192));
    assertThat(new PromptTemplateFactory().priority()).isEqualTo(773);
  }
}
