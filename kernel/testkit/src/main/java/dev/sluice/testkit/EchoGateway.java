package dev.sluice.testkit;

import dev.sluice.api.GatewayPlugin;
import dev.sluice.api.entity.EntityType;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Clock;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway before one echoing backend, for tests that ask who gets through and what the backend sees of them. */
public final class EchoGateway implements AutoCloseable {

  private final TestGateway gateway;
  private final TestBackend backend;

  private EchoGateway(TestGateway gateway) {
    this.gateway = gateway;
    this.backend = gateway.backend(TestBackend.echo());
  }

  /** Starts one. */
  public static EchoGateway with(GatewayPlugin... plugins) {
    return with(Clock.systemUTC(), plugins);
  }

  /** Starts one with a clock. */
  public static EchoGateway with(Clock clock, GatewayPlugin... plugins) {
    return new EchoGateway(TestGateway.with(plugins).clock(clock).start());
  }

  /** The gateway. */
  public TestGateway gateway() {
    return gateway;
  }

  /** A route to the backend. */
  public JsonObject route(String path) {
    return gateway.route(path, backend);
  }

  /** A route to the backend with a filter on it; gives back the route. */
  public JsonObject guard(String path, String filter, JsonObject config) {
    JsonObject route = route(path);
    gateway.plugin(filter, config, route);
    return route;
  }

  /** Creates something that belongs to a consumer. */
  public JsonObject owned(EntityType<?> type, JsonObject consumer, JsonObject fields) {
    JsonObject owner = new JsonObject().put("id", consumer.getString("id"));
    return gateway.create(type, fields.copy().put("consumer", owner));
  }

  /** Sends a GET. */
  public HttpResponse<Buffer> get(String uri) {
    return gateway.get(uri);
  }

  /** Sends a GET with one header. */
  public HttpResponse<Buffer> get(String uri, String header, String value) {
    return gateway.get(uri, Map.of(header, value));
  }

  /** Sends a GET with headers. */
  public HttpResponse<Buffer> get(String uri, Map<String, String> headers) {
    return gateway.get(uri, headers);
  }

  /** Sends a body. */
  public HttpResponse<Buffer> post(String uri, String contentType, String body, Map<String, String> headers) {
    MultiMap lines = MultiMap.caseInsensitiveMultiMap().addAll(headers).add("Content-Type", contentType);
    return gateway.send(HttpMethod.POST, uri, lines, Buffer.buffer(body));
  }

  /** What the backend has seen; the request must have come through. */
  public static JsonObject seen(HttpResponse<Buffer> answer) {
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return answer.bodyAsJsonObject();
  }

  /** The values of a header that the backend has seen. */
  public static List<String> header(HttpResponse<Buffer> answer, String name) {
    JsonArray values = seen(answer).getJsonObject("headers").getJsonArray(name, new JsonArray());
    return values.stream().map(String::valueOf).toList();
  }

  /** The request came through as a consumer's, with a credential. */
  public static void isConsumer(HttpResponse<Buffer> answer, JsonObject consumer, String identifier) {
    assertThat(header(answer, "x-consumer-id")).containsExactly(consumer.getString("id"));
    assertThat(header(answer, "x-consumer-username")).containsExactly(consumer.getString("username"));
    assertThat(header(answer, "x-credential-identifier")).containsExactly(identifier);
    assertThat(header(answer, "x-anonymous-consumer")).isEmpty();
  }

  /** The request came through as the anonymous consumer's. */
  public static void isAnonymous(HttpResponse<Buffer> answer, JsonObject consumer) {
    assertThat(header(answer, "x-consumer-id")).containsExactly(consumer.getString("id"));
    assertThat(header(answer, "x-anonymous-consumer")).containsExactly("true");
    assertThat(header(answer, "x-credential-identifier")).isEmpty();
  }

  /** The gateway has refused the request. */
  public static void refused(HttpResponse<Buffer> answer, int status, String message) {
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(status);
    assertThat(answer.bodyAsJsonObject().getString("message")).isEqualTo(message);
  }

  @Override
  public void close() {
    gateway.close();
  }
}
