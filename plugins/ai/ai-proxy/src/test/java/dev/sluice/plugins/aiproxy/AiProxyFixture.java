package dev.sluice.plugins.aiproxy;

import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** A gateway with a provider behind it. */
abstract class AiProxyFixture {

  static final String CHAT = "{'messages': [{'role': 'user', 'content': 'Hi'}]}";

  static TestGateway gateway;
  static Provider provider;
  static LogCatcher log;
  private static TestBackend service;
  private static int routes;

  @BeforeAll
  static void start() {
    log = new LogCatcher();
    provider = new Provider();
    gateway = TestGateway.with(new AiProxyPlugin(), log).start();
    service = gateway.backend(TestBackend.echo());
    gateway.plugin("log-catcher", new JsonObject());
  }

  @AfterAll
  static void stop() {
    gateway.close();
    provider.close();
  }

  static JsonObject json(String text) {
    return new JsonObject(text.replace('\'', '"'));
  }

  /** A route with the filter; gives back its path. {@code URL} stands for that of the provider. */
  static String route(String config) {
    String path = "/r" + routes++;
    JsonObject route = gateway.route(path, service);
    gateway.plugin("ai-proxy", json(config.replace("URL", provider.url())), route);
    return path;
  }

  static String openAi(String more) {
    return route("{'route_type': 'llm/v1/chat', 'model': {'provider': 'openai', 'name': 'gpt',"
        + " 'options': {'upstream_url': 'URL'}}" + more + "}");
  }

  static HttpResponse<Buffer> post(String path, String body) {
    return post(path, body, Map.of("Content-Type", "application/json"));
  }

  static HttpResponse<Buffer> post(String path, String body, Map<String, String> headers) {
    return gateway.send(HttpMethod.POST, path, headers, Buffer.buffer(body.replace('\'', '"')));
  }

  static JsonObject completion(String text) {
    return json("{'id': 'c', 'object': 'chat.completion', 'model': 'gpt-4-x', 'choices': [{'index': 0,"
        + " 'message': {'role': 'assistant', 'content': '" + text + "'}, 'finish_reason': 'stop'}],"
        + " 'usage': {'prompt_tokens': 4, 'completion_tokens': 2, 'total_tokens': 6}}");
  }

  static String message(HttpResponse<Buffer> answer) {
    return answer.bodyAsJsonObject().getJsonObject("error").getString("message");
  }
}
