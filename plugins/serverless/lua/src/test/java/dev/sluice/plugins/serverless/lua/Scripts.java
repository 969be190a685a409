package dev.sluice.plugins.serverless.lua;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.PluginContext;
import dev.sluice.api.filter.FilterFactory;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/** A gateway that runs scripts. */
final class Scripts implements AutoCloseable {

  final TestGateway gateway;
  final TestBackend echo;
  private final AtomicInteger paths = new AtomicInteger();

  Scripts(Map<String, String> settings) {
    this(settings, new GatewayPlugin() {});
  }

  Scripts(Map<String, String> settings, GatewayPlugin more) {
    gateway = TestGateway.with(new Plugin(), more).settings(settings).start();
    echo = gateway.backend(TestBackend.echo());
  }

  private static final class Plugin implements GatewayPlugin {

    private List<FilterFactory<?>> factories = List.of();

    @Override
    public void start(PluginContext context) {
      factories = List.of(
          new FunctionFactory("pre-function", 1_000_000, context),
          new FunctionFactory("post-function", -1000, context));
    }

    @Override
    public List<FilterFactory<?>> filters() {
      return factories;
    }
  }

  /** A route of its own with scripts; gives back its path. */
  String route(JsonObject config) {
    String path = "/r" + paths.incrementAndGet();
    gateway.plugin("pre-function", config, gateway.route(path, echo));
    return path;
  }

  static JsonObject in(String phase, String... scripts) {
    return new JsonObject().put(phase, new JsonArray(List.of(scripts)));
  }

  /** What a script answers with that runs in the phase access. */
  HttpResponse<Buffer> answer(String script) {
    return gateway.get(route(in("access", script)) + "/path?a=1&b&a=2");
  }

  /** What an expression is, as a text. */
  String value(String expression) {
    HttpResponse<Buffer> answer = answer("kong.response.exit(200, tostring(" + expression + "))");
    return answer.bodyAsString() == null ? "" : answer.bodyAsString();
  }

  HttpResponse<Buffer> send(HttpMethod method, String path, Map<String, String> headers, String body) {
    return gateway.send(method, path, headers, Buffer.buffer(body));
  }

  @Override
  public void close() {
    gateway.close();
  }
}
