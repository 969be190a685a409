package dev.sluice.plugins.adminapi;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StatusListenerTest {

  private final Vertx vertx = Vertx.vertx();
  private TestGateway gateway;

  private record Answer(int status, Buffer body) {}

  @BeforeEach
  void start() {
    gateway = TestGateway.with(new AdminApiPlugin()).start();
  }

  @AfterEach
  void stop() {
    gateway.close();
    Await.result(vertx.close());
  }

  private Answer call(HttpMethod method, String uri, String body) {
    int port = gateway.kernel().port("status_listen.0");
    return Await.result(
        vertx
            .createHttpClient()
            .request(method, port, "127.0.0.1", uri)
            .map(request -> request.putHeader("Content-Type", "application/json"))
            .compose((HttpClientRequest request) -> request.send(body))
            .compose(answer -> answer.body().map(read -> new Answer(answer.statusCode(), read))));
  }

  @Test
  void isReadyUntilItDrains() {
    assertThat(call(HttpMethod.GET, "/status/ready", ""))
        .isEqualTo(new Answer(200, Buffer.buffer("{\"message\":\"ready\"}")));
    assertThat(call(HttpMethod.POST, "/status/ready", "{\"status\":\"gone\"}").status()).isEqualTo(400);
    assertThat(call(HttpMethod.GET, "/status/ready", "").status()).isEqualTo(200);
    assertThat(call(HttpMethod.POST, "/status/ready", "{\"status\":\"draining\"}").status()).isEqualTo(204);
    assertThat(call(HttpMethod.GET, "/status/ready", ""))
        .isEqualTo(new Answer(503, Buffer.buffer("{\"message\":\"draining\"}")));
  }

  @Test
  void showsNoEntities() {
    assertThat(new JsonObject(call(HttpMethod.GET, "/status", "").body()).fieldNames())
        .containsExactlyInAnyOrder("memory", "server", "database", "sluice");
    assertThat(call(HttpMethod.GET, "/services", "").status()).isEqualTo(404);
    assertThat(call(HttpMethod.GET, "/", "").status()).isEqualTo(404);
  }
}
