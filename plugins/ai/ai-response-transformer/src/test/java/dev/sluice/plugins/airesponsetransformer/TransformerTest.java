package dev.sluice.plugins.airesponsetransformer;

import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TransformerTest {

  private static TestGateway gateway;
  private static TestBackend service;
  private static int routes;

  @BeforeAll
  static void start() {
    gateway = TestGateway.with(new AiResponseTransformerPlugin()).start();
    service = gateway.backend(TestBackend.of(request -> {
      request.response().putHeader("X-Own", "1").putHeader("Content-Type", "text/plain");
      if (request.path().endsWith("/stream")) {
        request.response().putHeader("Content-Type", "text/event-stream").end("data: a\n\n");
      } else if (request.path().endsWith("/nothing")) {
        request.response().setStatusCode(204).end();
      } else {
        request.response().setStatusCode(201).end("hello " + request.getHeader("Accept-Encoding"));
      }
    }));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static String route(JsonObject config) {
    String path = "/r" + routes++;
    gateway.plugin("ai-response-transformer", config, gateway.route(path, service));
    return path;
  }

  private static JsonObject saying(String text) {
    return Models.config(gateway.backend(Models.saying(text)));
  }

  private static String message(HttpResponse<Buffer> answer) {
    return answer.bodyAsJsonObject().getJsonObject("error").getString("message");
  }

  @Test
  void theModelRewritesTheAnswer() {
    TestBackend shouting = gateway.backend(Models.answering(asked -> Models.said(asked, 1).toUpperCase(Locale.ROOT)));
    String path = route(Models.config(shouting));
    HttpResponse<Buffer> answer = gateway.get(path, Map.of("Accept-Encoding", "gzip"));
    assertThat(answer.statusCode()).isEqualTo(201);
    assertThat(answer.bodyAsString()).isEqualTo("HELLO IDENTITY");
    assertThat(answer.getHeader("X-Own")).isEqualTo("1");
    assertThat(answer.getHeader("Content-Length")).isEqualTo("14");
    assertThat(answer.headers().toString()).doesNotContain("s3cret");
  }

  @Test
  void whatHasNoBodyOrStreamsIsLeftAlone() {
    String path = route(saying("unused"));
    assertThat(gateway.get(path + "/stream").bodyAsString()).isEqualTo("data: a\n\n");
    assertThat(gateway.get(path + "/nothing").statusCode()).isEqualTo(204);
  }

  @Test
  void instructionsNameStatusHeadersAndBody() {
    String path = route(saying("{\"status\": 418, \"headers\": {\"X-New\": \"2\", \"X-Own\": \"3\","
        + " \"Content-Length\": \"1\"}, \"body\": \"short\"}").put("parse_llm_response_json_instructions", true));
    HttpResponse<Buffer> answer = gateway.get(path);
    assertThat(answer.statusCode()).isEqualTo(418);
    assertThat(answer.bodyAsString()).isEqualTo("short");
    assertThat(answer.getHeader("X-New")).isEqualTo("2");
    assertThat(answer.headers().getAll("X-Own")).containsExactly("3");
  }

  @Test
  void aBodyMayBeAnObject() {
    String path = route(saying("{\"body\": {\"a\": 1}}").put("parse_llm_response_json_instructions", true));
    HttpResponse<Buffer> answer = gateway.get(path);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.bodyAsJsonObject()).isEqualTo(new JsonObject().put("a", 1));
  }

  @ParameterizedTest
  @ValueSource(strings = {"no json", "{\"status\": 99}", "{\"headers\": {\"a\": \"b\\r\\nc: d\"}}"})
  void whatIsNoInstructionIsAnErrorOfTheGateway(String said) {
    String path = route(saying(said).put("parse_llm_response_json_instructions", true));
    HttpResponse<Buffer> answer = gateway.get(path);
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(message(answer)).startsWith("failed to parse JSON response instructions from AI backend: ");
    assertThat(answer.getHeader("X-Own")).isNull();
  }

  @Test
  void aModelThatFailsHidesTheAnswer() {
    TestBackend failing = gateway.backend(TestBackend.of(request -> request.response().setStatusCode(500).end()));
    HttpResponse<Buffer> answer = gateway.get(route(Models.config(failing)));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer)).isEqualTo("failed to introspect request with AI service: status code 500");
    assertThat(answer.getHeader("X-Own")).isNull();
  }

  @Test
  void aBodyOfARequestHasItsBound() {
    String path = route(saying("fine").put("max_request_body_size", 10));
    assertThat(gateway.send(HttpMethod.POST, path, Map.of(), Buffer.buffer("x".repeat(11))).statusCode())
        .isEqualTo(413);
    assertThat(gateway.send(HttpMethod.POST, path, Map.of(), Buffer.buffer("x")).bodyAsString()).isEqualTo("fine");
  }
}
