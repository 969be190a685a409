package dev.sluice.plugins.aiproxy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What loggers are told, and what nobody is. */
class AiProxyLogTest extends AiProxyFixture {

  private static final String SECRET = "s3cret";

  @BeforeEach
  void forget() {
    log.forget();
  }

  @Test
  void whatWasUsedIsLogged() throws Exception {
    provider.says(completion("Hello"));
    String path = route("{'route_type': 'llm/v1/chat', 'logging': {'log_statistics': true, 'log_payloads': true},"
        + " 'model': {'provider': 'openai', 'name': 'gpt', 'options': {'upstream_url': 'URL',"
        + " 'input_cost': 100, 'output_cost': 300}}}");
    post(path, CHAT);
    JsonObject entry = log.next().getJsonObject("ai").getJsonObject("proxy");
    JsonObject meta = entry.getJsonObject("meta");
    assertThat(meta.getString("provider_name")).isEqualTo("openai");
    assertThat(meta.getString("request_model")).isEqualTo("gpt");
    assertThat(meta.getString("response_model")).isEqualTo("gpt-4-x");
    assertThat(meta.getString("plugin_id")).hasSize(36);
    assertThat(meta.getLong("llm_latency")).isBetween(0L, 20_000L);
    JsonObject usage = entry.getJsonObject("usage");
    assertThat(usage.getLong("prompt_tokens")).isEqualTo(4);
    assertThat(usage.getLong("completion_tokens")).isEqualTo(2);
    assertThat(usage.getLong("total_tokens")).isEqualTo(6);
    assertThat(usage.getDouble("cost")).isEqualTo(0.001);
    JsonObject payload = entry.getJsonObject("payload");
    assertThat(new JsonObject(payload.getString("request"))).isEqualTo(json(CHAT));
    assertThat(new JsonObject(payload.getString("response"))).isEqualTo(completion("Hello"));
  }

  @Test
  void whatWasUsedByAStreamIsLogged() throws Exception {
    provider.says(200, "text/event-stream", """
        data: {"model":"gpt-4-x","choices":[{"index":0,"delta":{"content":"Hel"},"finish_reason":null}]}

        data: {"model":"gpt-4-x","choices":[{"index":0,"delta":{"content":"lo"},"finish_reason":"stop"}]}

        data: {"choices":[],"usage":{"prompt_tokens":4,"completion_tokens":2}}

        data: [DONE]

        """);
    post(openAi(", 'logging': {'log_statistics': true, 'log_payloads': true}"), CHAT.replace("{'m", "{'stream': true, 'm"));
    JsonObject entry = log.next().getJsonObject("ai").getJsonObject("proxy");
    assertThat(entry.getJsonObject("meta").getString("request_mode")).isEqualTo("stream");
    assertThat(entry.getJsonObject("usage").getLong("total_tokens")).isEqualTo(6);
    assertThat(entry.getJsonObject("payload").getString("response")).contains("\"content\":\"Hello\"");
  }

  @Test
  void whatAStreamDoesNotTellIsEstimated() throws Exception {
    provider.says(200, "text/event-stream", "data: {\"choices\":[{\"delta\":{\"content\":\"12345\"}}]}\n\n");
    post(
        openAi(", 'logging': {'log_statistics': true, 'log_payloads': true}"),
        "{'stream': true, 'messages': [{'role': 'user', 'content': '123456789'}]}");
    JsonObject entry = log.next().getJsonObject("ai").getJsonObject("proxy");
    assertThat(entry.getJsonObject("usage").getLong("prompt_tokens")).isEqualTo(3);
    assertThat(entry.getJsonObject("usage").getLong("completion_tokens")).isEqualTo(2);
    JsonObject answer = new JsonObject(entry.getJsonObject("payload").getString("response"));
    assertThat(answer.getJsonObject("usage").getLong("total_tokens")).isEqualTo(5);
  }

  @Test
  void nothingIsLoggedUnasked() throws Exception {
    provider.says(completion("Hello"));
    post(openAi(""), CHAT);
    assertThat(log.next().containsKey("ai")).isFalse();
  }

  private void hides(String auth, String provider, String secret) throws Exception {
    String path = route("{'route_type': 'llm/v1/chat', 'auth': " + auth
        + ", 'logging': {'log_statistics': true, 'log_payloads': true},"
        + " 'model': {'provider': '" + provider + "', 'name': 'g', 'options': {'upstream_url': 'URL'}}}");
    HttpResponse<Buffer> answer = post(path, CHAT);
    assertThat(log.next().encode()).doesNotContain(secret).contains("REDACTED");
    assertThat(answer.bodyAsString()).doesNotContain(secret);
    assertThat(answer.headers().toString()).doesNotContain(secret);
  }

  @Test
  void secretsAreNotLogged() throws Exception {
    provider.says(500, "application/json", "{}");
    hides("{'header_name': 'X-Api-Key', 'header_value': 's3cret'}", "openai", SECRET);
    hides("{'param_name': 'key', 'param_value': 's3cret', 'param_location': 'query'}", "gemini", SECRET);
    hides("{'aws_access_key_id': 'AKID', 'aws_secret_access_key': 's3cret'}", "bedrock", "AKID");
    provider.says(completion("Hello"));
    hides("{'header_name': 'Authorization', 'header_value': 's3cret'}", "openai", SECRET);
  }
}
