package dev.sluice.plugins.requestvalidator;

import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway with the plugin on routes of its tests. */
final class Guarded implements AutoCloseable {

  static final String BODY = "request body doesn't conform to schema";
  static final String PARAMETER = "request param doesn't conform to schema";

  private static final AtomicInteger NUMBERS = new AtomicInteger();

  final TestGateway gateway = TestGateway.with(new RequestValidatorPlugin()).start();
  private final TestBackend backend = gateway.backend(TestBackend.echo());

  /** A route with this configuration; its path. */
  String route(JsonObject config) {
    String path = "/route-" + NUMBERS.incrementAndGet();
    gateway.plugin("request-validator", config, gateway.route(path, backend));
    return path;
  }

  /** With a schema for bodies. */
  String body(String version, String schema) {
    return route(new JsonObject().put("version", version).put("body_schema", json(schema)).put("verbose_response", true));
  }

  /** With a schema for one parameter in the query. */
  String query(String name, String style, boolean explode, String schema) {
    return route(parameters(parameter("query", name, style, explode, schema)));
  }

  static JsonObject parameters(JsonObject... rules) {
    JsonArray all = new JsonArray();
    for (JsonObject rule : rules) {
      all.add(rule);
    }
    return new JsonObject().put("parameter_schema", all).put("verbose_response", true);
  }

  static JsonObject parameter(String place, String name, String style, boolean explode, String schema) {
    return new JsonObject()
        .put("in", place)
        .put("name", name)
        .put("required", true)
        .put("style", style)
        .put("explode", explode)
        .put("schema", json(schema));
  }

  static String json(String text) {
    return text.replace('\'', '"');
  }

  HttpResponse<Buffer> post(String path, String body) {
    return post(path, "application/json", body);
  }

  HttpResponse<Buffer> post(String path, String type, String body) {
    return gateway.send(HttpMethod.POST, path, Map.of("Content-Type", type), Buffer.buffer(json(body)));
  }

  static void passed(HttpResponse<Buffer> answer) {
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
  }

  static void refused(HttpResponse<Buffer> answer, String message) {
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(400);
    assertThat(answer.bodyAsJsonObject().getString("message")).isEqualTo(message);
  }

  @Override
  public void close() {
    gateway.close();
  }
}
