package dev.sluice.plugins.aiproxy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class AiProxyTest extends AiProxyFixture {

  @Test
  void aQuestionGoesToTheProvider() {
    String path = openAi(", 'auth': {'header_name': 'Authorization', 'header_value': 'Bearer s3cret'}");
    provider.says(completion("Hello"));
    HttpResponse<Buffer> answer = post(path + "?a=b", CHAT);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.bodyAsJsonObject()).isEqualTo(completion("Hello"));
    assertThat(answer.getHeader("X-Kong-LLM-Model")).isEqualTo("openai/gpt");
    assertThat(answer.getHeader("Content-Type")).isEqualTo("application/json");
    assertThat(answer.getHeader("X-Kong-Upstream-Latency")).isNotNull();
    Provider.Asked asked = provider.asked();
    assertThat(asked.method()).isEqualTo("POST");
    assertThat(asked.uri()).isEqualTo("/v1/chat/completions?a=b");
    assertThat(asked.headers().get("Host")).isEqualTo(provider.url().substring("http://".length()));
    assertThat(asked.headers().get("Authorization")).isEqualTo("Bearer s3cret");
    assertThat(asked.json()).isEqualTo(json(CHAT).put("model", "gpt"));
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', value = {
    "not json|content-type header does not match request body, or bad JSON formatting",
    "{'a': 1}|request body doesn't contain valid prompts",
    "{'messages': []}|request body doesn't contain valid prompts",
    "{'prompt': 'x'}|[llm/v1/completions] message format is not compatible with [llm/v1/chat] route type",
    "{'prompt': 'x', 'messages': [{'role': 'user', 'content': 'x'}]}|request matches multiple LLM request formats",
    "{'model': 'other', 'messages': [{'role': 'user', 'content': 'x'}]}|cannot use own model - must be: gpt"
  })
  void whatIsNoQuestionIsRefused(String body, String message) {
    String path = openAi("");
    HttpResponse<Buffer> answer = post(path, body);
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer)).isEqualTo(message);
    assertThat(answer.getHeader("X-Kong-LLM-Model")).isNull();
  }

  @Test
  void aBodyHasItsBound() {
    String path = openAi(", 'max_request_body_size': 100");
    HttpResponse<Buffer> answer = post(path, CHAT.replace("Hi", "x".repeat(200)));
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(message(answer)).startsWith("content-type header does not match");
  }

  @Test
  void withoutANameTheClientNamesTheModel() {
    String path = route("{'route_type': 'llm/v1/chat', 'model_name_header': false,"
        + " 'model': {'provider': 'openai', 'options': {'upstream_url': 'URL'}}}");
    provider.says(completion("Hello"));
    assertThat(message(post(path, CHAT)))
        .isEqualTo("model parameter not found in request, nor in gateway configuration");
    HttpResponse<Buffer> answer = post(path, "{'model': 'mine', 'messages': [{'role': 'user', 'content': 'x'}]}");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(provider.asked().json().getString("model")).isEqualTo("mine");
    assertThat(answer.getHeader("X-Kong-LLM-Model")).isNull();
  }

  @ParameterizedTest
  @ValueSource(ints = {401, 429, 500})
  void errorsOfTheProviderPassAsTheyAre(int status) {
    provider.says(status, "application/json", "{\"error\":{\"message\":\"no\"}}");
    HttpResponse<Buffer> answer = post(openAi(""), CHAT);
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.bodyAsString()).isEqualTo("{\"error\":{\"message\":\"no\"}}");
    HttpResponse<Buffer> stream =
        post(openAi(", 'response_streaming': 'always'"), CHAT);
    assertThat(stream.statusCode()).isEqualTo(status);
    assertThat(stream.bodyAsString()).isEqualTo("{\"error\":{\"message\":\"no\"}}");
  }

  @Test
  void garbageIsAnErrorOfTheGateway() {
    String path = openAi("");
    provider.says(200, "application/json", "<html>");
    assertThat(post(path, CHAT).statusCode()).isEqualTo(500);
    assertThat(message(post(path, CHAT)))
        .isEqualTo("transformation failed from type openai://llm/v1/chat: the response is no JSON");
    provider.says(new JsonObject());
    assertThat(message(post(path, CHAT)))
        .isEqualTo("transformation failed from type openai://llm/v1/chat: 'choices' not in llm/v1/chat response");
  }

  @Test
  void aPackedAnswerIsUnpacked() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(completion("Hello").encode().getBytes(StandardCharsets.UTF_8));
    }
    provider.does(request -> request.response()
        .putHeader("Content-Encoding", "gzip")
        .end(Buffer.buffer(packed.toByteArray())));
    HttpResponse<Buffer> answer = post(openAi(""), CHAT);
    assertThat(answer.getHeader("Content-Encoding")).isNull();
    assertThat(answer.bodyAsJsonObject()).isEqualTo(completion("Hello"));
  }

  @Test
  void aBombIsNotUnpacked() throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      byte[] blanks = new byte[1 << 20];
      Arrays.fill(blanks, (byte) ' ');
      for (int i = 0; i < 17; i++) {
        out.write(blanks);
      }
    }
    provider.does(request -> request.response()
        .putHeader("Content-Encoding", "gzip")
        .end(Buffer.buffer(packed.toByteArray())));
    HttpResponse<Buffer> answer = post(openAi(""), CHAT);
    assertThat(answer.statusCode()).isEqualTo(500);
    assertThat(message(answer)).endsWith("the response is too long");
  }

  @Test
  void anotherProviderIsAskedInItsOwnWords() {
    String path = route("{'route_type': 'llm/v1/chat', 'auth': {'header_name': 'x-api-key', 'header_value': 's3cret'},"
        + " 'model': {'provider': 'anthropic', 'name': 'claude',"
        + " 'options': {'upstream_url': 'URL', 'anthropic_version': '2023-06-01', 'max_tokens': 9}}}");
    provider.says(json("{'id': 'm', 'model': 'claude', 'content': [{'type': 'text', 'text': 'Hello'}],"
        + " 'stop_reason': 'end_turn', 'usage': {'input_tokens': 4, 'output_tokens': 2}}"));
    JsonObject answer = post(path, CHAT).bodyAsJsonObject();
    assertThat(answer.getJsonArray("choices").getJsonObject(0).getJsonObject("message").getString("content"))
        .isEqualTo("Hello");
    assertThat(provider.asked().uri()).isEqualTo("/v1/messages");
    assertThat(provider.asked().headers().get("anthropic-version")).isEqualTo("2023-06-01");
    assertThat(provider.asked().headers().get("x-api-key")).isEqualTo("s3cret");
    assertThat(provider.asked().json().getInteger("max_tokens")).isEqualTo(9);
  }

  @Test
  void whatACloudWantsIsSigned() {
    String path = route("{'route_type': 'llm/v1/chat', 'auth': {'aws_access_key_id': 'AKID',"
        + " 'aws_secret_access_key': 's3cret'}, 'model': {'provider': 'bedrock', 'name': 'a.b:0',"
        + " 'options': {'upstream_url': 'URL', 'bedrock': {'aws_region': 'eu-west-1'}}}}");
    provider.says(json("{'output': {'message': {'content': [{'text': 'Hello'}]}}, 'stopReason': 'end_turn'}"));
    assertThat(post(path, CHAT).statusCode()).isEqualTo(200);
    assertThat(provider.asked().uri()).isEqualTo("/model/a.b%3A0/converse");
    assertThat(provider.asked().headers().get("Authorization"))
        .startsWith("AWS4-HMAC-SHA256 Credential=AKID/")
        .contains("/eu-west-1/bedrock/aws4_request, SignedHeaders=content-type;host;x-amz-date");
  }

  @Test
  void argumentsCanTellWhoAsks() {
    provider.says(json("{'candidates': [{'content': {'parts': [{'text': 'Hello'}]}, 'finishReason': 'STOP'}]}"));
    String path = route("{'route_type': 'llm/v1/chat', 'auth': {'param_name': 'key', 'param_value': 's3 cret',"
        + " 'param_location': 'query'}, 'model': {'provider': 'gemini', 'name': 'g',"
        + " 'options': {'upstream_url': 'URL'}}}");
    assertThat(post(path + "?key=mine&b=c", CHAT).statusCode()).isEqualTo(200);
    assertThat(provider.asked().uri()).isEqualTo("/v1beta/models/g:generateContent?b=c&key=s3%20cret");
    provider.says(completion("Hello"));
    String body = openAi(
        ", 'auth': {'param_name': 'key', 'param_value': 's3cret', 'param_location': 'body', 'allow_override': true}");
    assertThat(post(body, CHAT).statusCode()).isEqualTo(200);
    assertThat(provider.asked().json().getString("key")).isEqualTo("s3cret");
    assertThat(post(body, CHAT.replace("{'mess", "{'key': 'mine', 'mess")).statusCode()).isEqualTo(200);
    assertThat(provider.asked().json().getString("key")).isEqualTo("mine");
  }

  @Test
  void theClientsOwnKeyCountsWhereItMay() {
    provider.says(completion("Hello"));
    String auth = ", 'auth': {'header_name': 'Authorization', 'header_value': 'Bearer ours', 'allow_override': ";
    Map<String, String> own = Map.of("Content-Type", "application/json", "Authorization", "Bearer mine");
    post(openAi(auth + "true}"), CHAT, own);
    assertThat(provider.asked().headers().get("Authorization")).isEqualTo("Bearer mine");
    post(openAi(auth + "false}"), CHAT, own);
    assertThat(provider.asked().headers().get("Authorization")).isEqualTo("Bearer ours");
  }

  @Test
  void namesMayHoldTemplates() {
    provider.says(completion("Hello"));
    String path = route("{'route_type': 'llm/v1/chat', 'model': {'provider': 'openai', 'name': '$(headers.x-model)',"
        + " 'options': {'upstream_url': 'URL', 'upstream_path': '/v2/$(query_params.op)'}}}");
    HttpResponse<Buffer> answer =
        post(path + "?op=talk", CHAT, Map.of("Content-Type", "application/json", "X-Model", "gpt-9"));
    assertThat(answer.getHeader("X-Kong-LLM-Model")).isEqualTo("openai/gpt-9");
    assertThat(provider.asked().uri()).isEqualTo("/v2/talk?op=talk");
    assertThat(message(post(path, CHAT))).isEqualTo("the request has no value for $(headers.x-model)");
  }

  @Test
  void whatATemplateBringsDoesNotBeginAnotherLine() {
    provider.says(completion("Hello"));
    String path = route("{'route_type': 'llm/v1/chat', 'model': {'provider': 'openai', 'name': '$(query_params.m)',"
        + " 'options': {'upstream_url': 'URL', 'upstream_path': '/v2/$(query_params.op)'}}}");
    HttpResponse<Buffer> answer = post(path + "?op=a%20b%0D%0Ac:%20d&m=x%0D%0Ay:%20z", CHAT);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.getHeader("X-Kong-LLM-Model")).isNull();
    assertThat(provider.asked().uri()).startsWith("/v2/a%20b%0D%0Ac:%20d?");
    assertThat(provider.asked().headers().contains("c")).isFalse();
  }

  @Test
  void whatIsPreservedPassesAsItIs() {
    provider.says(200, "text/plain", "as it is");
    String path = route("{'route_type': 'preserve', 'max_request_body_size': 64,"
        + " 'auth': {'header_name': 'X-Key', 'header_value': 'k'},"
        + " 'model': {'provider': 'openai', 'name': 'gpt', 'options': {'upstream_url': 'URL'}}}");
    HttpResponse<Buffer> answer = gateway.send(
        HttpMethod.PUT, path + "/deeper?a=b", Map.of("Content-Type", "text/csv"), Buffer.buffer("x".repeat(5000)));
    assertThat(answer.bodyAsString()).isEqualTo("as it is");
    assertThat(answer.getHeader("Content-Type")).isEqualTo("text/plain");
    assertThat(provider.asked().method()).isEqualTo("PUT");
    assertThat(provider.asked().uri()).isEqualTo(path + "/deeper?a=b");
    assertThat(provider.asked().headers().get("Content-Type")).isEqualTo("text/csv");
    assertThat(provider.asked().headers().get("X-Key")).isEqualTo("k");
    assertThat(provider.asked().body().length()).isEqualTo(5000);
  }

  @Test
  void aProvidersOwnWordsPassAsTheyAre() {
    provider.says(200, "application/json", "{\"candidates\":[]}");
    String path = route("{'route_type': 'llm/v1/chat', 'llm_format': 'gemini', 'auth': {'header_name': 'X-Goog-Api-Key',"
        + " 'header_value': 'k'}, 'model': {'provider': 'gemini', 'options': {'upstream_url': 'URL'}}}");
    String asked = "{'contents': [{'role': 'user', 'parts': [{'text': 'Hi'}]}]}";
    HttpResponse<Buffer> answer = post(path + "/v1beta/models/g-1:streamGenerateContent", asked);
    assertThat(answer.bodyAsString()).isEqualTo("{\"candidates\":[]}");
    assertThat(provider.asked().uri()).isEqualTo("/v1beta/models/g-1:streamGenerateContent");
    assertThat(provider.asked().json()).isEqualTo(json(asked));
    assertThat(answer.getHeader("X-Kong-LLM-Model")).isEqualTo("gemini/g-1");
  }

  @Test
  void aProviderThatIsAwayIsAnError() {
    String path = route("{'route_type': 'llm/v1/chat', 'model': {'provider': 'openai', 'name': 'gpt',"
        + " 'options': {'upstream_url': 'http://127.0.0.1:1'}}}");
    assertThat(post(path, CHAT).statusCode()).isEqualTo(502);
  }
}
