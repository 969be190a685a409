package dev.sluice.plugins.airequesttransformer;

import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TransformerTest {

  private static TestGateway gateway;
  private static TestBackend service;
  private static int routes;

  @BeforeAll
  static void start() {
    gateway = TestGateway.with(new AiRequestTransformerPlugin()).start();
    service = gateway.backend(TestBackend.echo());
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static HttpResponse<Buffer> post(JsonObject config, String body) {
    String path = "/r" + routes++;
    gateway.plugin("ai-request-transformer", config, gateway.route(path, service));
    return gateway.send(HttpMethod.POST, path, Map.of("Content-Type", "text/plain"), Buffer.buffer(body));
  }

  private static TestBackend shouting() {
    return gateway.backend(Models.doing((request, asked) -> {
      boolean sound = "Bearer s3cret".equals(request.getHeader("Authorization"))
          && Models.said(asked, 0).equals("Shout.");
      request.response().setStatusCode(sound ? 200 : 403).end(new JsonObject()
          .put("choices", new JsonArray().add(new JsonObject().put("message",
              new JsonObject().put("content", "<b>" + Models.said(asked, 1).toUpperCase(Locale.ROOT) + "</b>"))))
          .toBuffer());
    }));
  }

  private static void refused(HttpResponse<Buffer> answer, String message) {
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(answer.bodyAsJsonObject().getJsonObject("error").getString("message")).startsWith(message);
  }

  @Test
  void theModelRewritesTheBody() {
    HttpResponse<Buffer> answer = post(Models.config(shouting()), "hello");
    assertThat(answer.statusCode()).isEqualTo(200);
    JsonObject seen = answer.bodyAsJsonObject();
    assertThat(seen.getString("body")).isEqualTo("<b>HELLO</b>");
    assertThat(seen.encode()).doesNotContain("s3cret");
  }

  @Test
  void aPatternTakesAPartOfIt() {
    JsonObject config = Models.config(shouting()).put("transformation_extract_pattern", "h[a-z]+o");
    assertThat(post(config, "hello").bodyAsJsonObject().getString("body")).isEqualTo("HELLO");
    JsonObject other = Models.config(shouting()).put("transformation_extract_pattern", "[0-9]+");
    refused(post(other, "hello"), "AI response did not match specified regular expression");
    JsonObject around = Models.config(shouting()).put("transformation_extract_pattern", "(?=a)b");
    assertThatThrownBy(() -> post(around, "hello")).hasMessageContaining("that runs in linear time");
  }

  @Test
  void aModelThatFailsRefusesTheRequest() {
    TestBackend failing = gateway.backend(TestBackend.of(request -> request.response().setStatusCode(418).end()));
    refused(post(Models.config(failing), "hello"), "failed to introspect request with AI service: status code 418");
    TestBackend garbage = gateway.backend(TestBackend.of(request -> request.response().end("<html>")));
    refused(post(Models.config(garbage), "hello"), "failed to convert AI response to Kong format: ");
    TestBackend silent = gateway.backend(TestBackend.of(request -> { }));
    refused(
        post(Models.config(silent).put("http_timeout", 50), "hello"),
        "failed to introspect request with AI service: request to ai service failed: ");
  }

  @Test
  void whatFailsDoesNotTellSecrets() {
    TestBackend silent = gateway.backend(TestBackend.of(request -> { }));
    JsonObject config = Models.config(silent).put("http_timeout", 50);
    config.getJsonObject("llm").put("auth", new JsonObject()
        .put("param_name", "key")
        .put("param_value", "s3cret")
        .put("param_location", "query"));
    HttpResponse<Buffer> answer = post(config, "hello");
    refused(answer, "failed to introspect request with AI service: request to ai service failed: ");
    assertThat(answer.bodyAsString()).contains("key=REDACTED").doesNotContain("s3cret");
  }

  @Test
  void aBodyHasItsBound() {
    AtomicInteger asked = new AtomicInteger();
    TestBackend counting = gateway.backend(Models.answering(question -> "x" + asked.incrementAndGet()));
    JsonObject config = Models.config(counting).put("max_request_body_size", 10);
    assertThat(post(config, "x".repeat(11)).statusCode()).isEqualTo(413);
    assertThat(asked.get()).isZero();
  }

  @Test
  void aProxyIsAskedWhereThereIsOne() {
    TestBackend proxy = gateway.backend(TestBackend.of(request -> request.response().end(new JsonObject()
        .put("choices", new JsonArray().add(new JsonObject().put("message",
            new JsonObject().put("content", request.uri()))))
        .toBuffer())));
    TestBackend provider = gateway.backend(Models.saying("unused"));
    JsonObject config = Models.config(provider)
        .put("http_proxy_host", "127.0.0.1")
        .put("http_proxy_port", proxy.port());
    assertThat(post(config, "hello").bodyAsJsonObject().getString("body"))
        .isEqualTo("http://127.0.0.1:" + provider.port() + "/v1/chat/completions");
  }

  @Test
  void onlyChatsWillDo() {
    JsonObject config = Models.config(service);
    config.getJsonObject("llm").put("route_type", "preserve");
    assertThatThrownBy(() -> TransformerFactory.SCHEMA.read(config))
        .hasMessageContaining("'config.llm.route_type' must be 'llm/v1/chat' for AI transformer plugins");
  }
}
