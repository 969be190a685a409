package dev.sluice.plugins.example;

import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.EndpointsAlone;
import dev.sluice.testkit.fake.SayWho;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ExampleTest {

  private TestGateway gateway;
  private JsonObject route;

  @BeforeEach
  void start() {
    gateway = TestGateway.with(new ExamplePlugin(), new EndpointsAlone(), new SayWho()).start();
    route = gateway.route("/", gateway.backend(TestBackend.echo()));
    gateway.plugin("say-who", new JsonObject());
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private JsonArray counts() {
    var answer = gateway.admin(HttpMethod.GET, "/example/counts", Map.of(), Buffer.buffer());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.bodyAsJsonObject().getJsonArray("data");
  }

  @Test
  void everyAnswerCarriesTheHeader() {
    gateway.plugin("example", new JsonObject().put("header_value", "hi there"), route);
    assertThat(gateway.get("/").getHeader("X-Example")).isEqualTo("hi there");
    assertThat(gateway.get("/?status=404").getHeader("X-Example")).isEqualTo("hi there");
  }

  @Test
  void requestsAreCountedByConsumer() {
    String alice = gateway.consumer("alice").getString("id");
    gateway.plugin("example", new JsonObject(), route);
    gateway.get("/", Map.of("who", "alice"));
    gateway.get("/?status=500", Map.of("who", "alice"));
    gateway.get("/");
    JsonObject nobody = new JsonObject().putNull("consumer").put("requests", 1).put("errors", 0);
    JsonObject known = new JsonObject()
        .put("consumer", new JsonObject().put("id", alice))
        .put("requests", 2)
        .put("errors", 1);
    assertThat(counts()).containsExactlyInAnyOrder(nobody, known);
  }

  @Test
  void theLimitHoldsForEachConsumer() {
    gateway.consumer("alice");
    gateway.plugin("example", new JsonObject().put("max_requests", 1), route);
    assertThat(gateway.get("/").statusCode()).isEqualTo(200);
    var refused = gateway.get("/");
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.bodyAsJsonObject().getString("message")).isEqualTo("No requests left");
    assertThat(refused.getHeader("X-Example")).as("answers of filters pass the header filters").isEqualTo("hello");
    assertThat(gateway.get("/", Map.of("who", "alice")).statusCode()).isEqualTo(200);
  }

  @Test
  void aConfigurationIsChecked() {
    assertThatThrownBy(() -> gateway.plugin("example", new JsonObject().put("max_requests", 0)))
        .hasMessage("schema violation (config.max_requests: value must be greater than 0)");
    assertThatThrownBy(() -> gateway.plugin("example", new JsonObject().put("header_value", "a\nb")))
        .hasMessageContaining("config.header_value: invalid value");
  }
}
