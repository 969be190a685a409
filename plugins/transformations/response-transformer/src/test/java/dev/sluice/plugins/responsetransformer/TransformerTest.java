package dev.sluice.plugins.responsetransformer;

import dev.sluice.api.schema.SchemaException;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TransformerTest {

  private static TestGateway gateway;
  private static TestBackend backend;
  private static int routes;

  @BeforeAll
  static void start() {
    gateway = TestGateway.with(new ResponseTransformerPlugin()).start();
    backend = gateway.backend(TestBackend.of(TransformerTest::answer));
  }

  /** Gives back the body, in two parts, under the content type of the request. */
  private static void answer(HttpServerRequest request) {
    request.body().onSuccess(body -> {
      var response = request.response()
          .putHeader("Content-Type", request.getHeader("Content-Type"))
          .putHeader("X-One", "1")
          .putHeader("X-Two", "2")
          .putHeader("Content-Length", String.valueOf(body.length()));
      response.write(body.getBuffer(0, body.length() / 2));
      response.end(body.getBuffer(body.length() / 2, body.length()));
    });
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static JsonObject edits(String what, String where, String... values) {
    return new JsonObject().put(what, new JsonObject().put(where, new JsonArray(List.of(values))));
  }

  private static String route(JsonObject config) {
    String path = "/r" + ++routes + "/";
    gateway.plugin("response-transformer", config, gateway.route(path, backend));
    return path;
  }

  private static HttpResponse<Buffer> send(JsonObject config, String contentType, String body) {
    return gateway.send(HttpMethod.POST, route(config), Map.of("Content-Type", contentType), Buffer.buffer(body));
  }

  private static String json(JsonObject config, String body) {
    return send(config, "application/json; charset=utf-8", body).bodyAsString();
  }

  @Test
  void headersAreChangedInKongsOrder() {
    var answer = send(
        edits("remove", "headers", "x-one")
            .mergeIn(edits("rename", "headers", "x-two:x-deux"))
            .mergeIn(edits("replace", "headers", "x-deux:II", "x-absent:no"))
            .mergeIn(edits("add", "headers", "x-one:again", "x-deux:no", "x-colon:a:b"))
            .mergeIn(edits("append", "headers", "x-deux:more")),
        "text/plain", "body");
    assertThat(answer.headers().getAll("x-one")).containsExactly("again");
    assertThat(answer.headers().getAll("x-two")).isEmpty();
    assertThat(answer.headers().getAll("x-deux")).containsExactly("II", "more");
    assertThat(answer.headers().getAll("x-absent")).isEmpty();
    assertThat(answer.headers().getAll("x-colon")).containsExactly("a:b");
    assertThat(answer.getHeader("Content-Length")).isEqualTo("4");
  }

  @Test
  void jsonObjectsAreChanged() {
    assertThat(json(edits("remove", "json", "p"), "{\"p\":1,\"q\":{\"p\":2}}")).isEqualTo("{\"q\":{\"p\":2}}");
    assertThat(json(edits("rename", "json", "p:r"), "{\"p\":[1]}")).isEqualTo("{\"r\":[1]}");
    assertThat(json(edits("replace", "json", "p:v", "x:no"), "{\"p\":1}")).isEqualTo("{\"p\":\"v\"}");
    assertThat(json(edits("add", "json", "p:no", "q:a:b"), "{\"p\":1}")).isEqualTo("{\"p\":1,\"q\":\"a:b\"}");
    assertThat(json(edits("append", "json", "p:b", "q:c", "r:d"), "{\"p\":\"a\",\"q\":[\"b\"]}"))
        .isEqualTo("{\"p\":[\"a\",\"b\"],\"q\":[\"b\",\"c\"],\"r\":[\"d\"]}");
  }

  @Test
  void valuesHaveTypes() {
    JsonObject config = edits("add", "json", "a:true", "b:12", "c:1.5", "d:5", "e:x", "f:y");
    config.getJsonObject("add")
        .put("json_types", new JsonArray(List.of("boolean", "number", "number", "string", "number")));
    assertThat(json(config, "{}")).isEqualTo("{\"a\":true,\"b\":12,\"c\":1.5,\"d\":\"5\",\"f\":\"y\"}");
  }

  @Test
  void whatIsNoJsonObjectStaysAsItIs() {
    JsonObject config = edits("remove", "json", "p");
    assertThat(json(config, "[1, 2]")).isEqualTo("[1, 2]");
    assertThat(json(config, "{\"p\": bad")).isEqualTo("{\"p\": bad");
    assertThat(send(config, "text/plain", "{\"p\": 1}").bodyAsString()).isEqualTo("{\"p\": 1}");
    String large = "{\"p\":\"" + "x".repeat(9 * 1024 * 1024) + "\"}";
    assertThat(json(config, large)).isEqualTo(large);
  }

  @Test
  void theLengthIsThatOfTheChangedBody() {
    var answer = send(edits("add", "json", "more:" + "x".repeat(100)), "application/json", "{}");
    assertThat(answer.bodyAsString()).isEqualTo("{\"more\":\"" + "x".repeat(100) + "\"}");
    String length = answer.getHeader("Content-Length");
    assertThat(length == null || length.equals(String.valueOf(answer.body().length()))).isTrue();
  }

  @Test
  void answersOfTheGatewayAreChangedToo() {
    try (TestGateway own = TestGateway.with(new ResponseTransformerPlugin()).start()) {
      own.plugin("response-transformer", edits("add", "json", "more:1").mergeIn(edits("add", "headers", "x-a:b"), true));
      var answer = own.get("/nowhere");
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.getHeader("x-a")).isEqualTo("b");
      assertThat(answer.bodyAsJsonObject().getString("more")).isEqualTo("1");
      assertThat(answer.getHeader("Content-Length")).isEqualTo(String.valueOf(answer.body().length()));
    }
  }

  @Test
  void wrongValuesAreNamed() {
    JsonObject types = new JsonObject().put("add", new JsonObject().put("json_types", new JsonArray().add("nope")));
    assertThatThrownBy(() -> TransformerConfig.SCHEMA.read(types))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining("expected one of: boolean, number, string");
    assertThatThrownBy(() -> TransformerConfig.SCHEMA.read(edits("add", "headers", "a b:c")))
        .hasMessageContaining("'a b' is not a valid header");
    assertThatThrownBy(() -> TransformerConfig.SCHEMA.read(edits("rename", "json", "a")))
        .hasMessageContaining("invalid value: a");
  }

  /** Case AD-06. */
  @Test
  void noValueBeginsAnotherHeader() {
    for (String what : List.of("add", "append", "replace")) {
      JsonObject config = edits(what, "headers", "x-one:1\r\nx-evil: 1");
      assertThatThrownBy(() -> route(config)).hasMessageContaining("a header value holds a control character");
    }
  }
}
