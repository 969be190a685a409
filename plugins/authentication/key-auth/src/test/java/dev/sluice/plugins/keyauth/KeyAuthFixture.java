package dev.sluice.plugins.keyauth;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway with the plugin, an echoing backend, and a consumer {@code bob} with the key {@code bob-key}. */
final class KeyAuthFixture implements AutoCloseable {

  final TestGateway gateway;
  final TestBackend backend;
  final JsonObject bob;
  final JsonObject bobsKey;

  KeyAuthFixture(GatewayPlugin... others) {
    this(Clock.systemUTC(), others);
  }

  KeyAuthFixture(Clock clock, GatewayPlugin... others) {
    List<GatewayPlugin> plugins = new ArrayList<>(List.of(others));
    plugins.add(new KeyAuthPlugin());
    gateway = TestGateway.with(plugins.toArray(GatewayPlugin[]::new)).clock(clock).start();
    backend = gateway.backend(TestBackend.echo());
    bob = gateway.consumer("bob");
    bobsKey = key(bob, new JsonObject().put("key", "bob-key"));
  }

  JsonObject key(JsonObject consumer, JsonObject fields) {
    JsonObject owner = new JsonObject().put("id", consumer.getString("id"));
    return gateway.create(KeyCredential.TYPE, fields.copy().put("consumer", owner));
  }

  /** A route with the plugin configured. */
  void guard(String path, JsonObject config) {
    gateway.plugin("key-auth", config, gateway.route(path, backend));
  }

  HttpResponse<Buffer> post(String path, String contentType, String body) {
    MultiMap headers = MultiMap.caseInsensitiveMultiMap().add("Content-Type", contentType);
    return gateway.send(HttpMethod.POST, path, headers, Buffer.buffer(body));
  }

  /** What the backend has seen; the request must have come through. */
  static JsonObject seen(HttpResponse<Buffer> answer) {
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return answer.bodyAsJsonObject();
  }

  static List<String> header(HttpResponse<Buffer> answer, String name) {
    JsonArray values = seen(answer).getJsonObject("headers").getJsonArray(name, new JsonArray());
    return values.stream().map(String::valueOf).toList();
  }

  static void refused(HttpResponse<Buffer> answer, int status, String message) {
    assertThat(answer.statusCode()).isEqualTo(status);
    assertThat(answer.bodyAsJsonObject().getString("message")).isEqualTo(message);
  }

  void isBob(HttpResponse<Buffer> answer) {
    assertThat(header(answer, "x-consumer-username")).containsExactly("bob");
    assertThat(header(answer, "x-consumer-id")).containsExactly(bob.getString("id"));
    assertThat(header(answer, "x-credential-identifier")).containsExactly(bobsKey.getString("id"));
    assertThat(header(answer, "x-anonymous-consumer")).isEmpty();
  }

  static Map<String, String> key(String value) {
    return Map.of("apikey", value);
  }

  @Override
  public void close() {
    gateway.close();
  }
}
