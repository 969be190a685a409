package dev.sluice.testkit;

import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TestGatewayTest {

  @Test
  void proxiesToABackend() {
    try (TestGateway gateway = TestGateway.with().start()) {
      assertThat(gateway.get("/x").statusCode()).isEqualTo(404);
      gateway.route("/a");
      var answer = gateway.get("/a/b?c=d");
      assertThat(answer.statusCode()).isEqualTo(200);
      JsonObject seen = answer.bodyAsJsonObject();
      assertThat(seen.getString("uri")).isEqualTo("/a/b?c=d");
      assertThat(seen.getJsonObject("headers").getJsonArray("x-forwarded-for")).containsExactly("127.0.0.1");
    }
  }

  @Test
  void errorsAreOfNoTypeToWhoTakesGrpcAloneAndDoesNotSpeakIt() {
    try (TestGateway gateway = TestGateway.with().start()) {
      var answer = gateway.get("/x", Map.of("Accept", "application/grpc"));
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(answer.headers().getAll("Content-Type")).containsExactly("");
      assertThat(answer.body()).isNull();
    }
  }
}
