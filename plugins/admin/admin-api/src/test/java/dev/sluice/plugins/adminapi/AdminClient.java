package dev.sluice.plugins.adminapi;

import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway with an Admin API, and the calls of a client. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class AdminClient {

  static final String NOBODY = "00000000-0000-4000-8000-000000000000";

  TestGateway gateway;

  @BeforeAll
  void start() {
    gateway = gateway().start();
  }

  TestGateway.Builder gateway() {
    return TestGateway.with(new AdminApiPlugin(), new BadgePlugin());
  }

  @AfterAll
  void stop() {
    gateway.close();
  }

  HttpResponse<Buffer> call(String method, String uri) {
    return gateway.admin(HttpMethod.valueOf(method), uri, Map.of(), Buffer.buffer());
  }

  HttpResponse<Buffer> call(String method, String uri, JsonObject body) {
    return gateway.admin(
        HttpMethod.valueOf(method), uri, Map.of("Content-Type", "application/json"), body.toBuffer());
  }

  HttpResponse<Buffer> form(String method, String uri, String body) {
    Map<String, String> type = Map.of("Content-Type", "application/x-www-form-urlencoded");
    return gateway.admin(HttpMethod.valueOf(method), uri, type, Buffer.buffer(body));
  }

  static JsonObject ok(HttpResponse<Buffer> answer) {
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isBetween(200, 201);
    assertThat(answer.getHeader("Content-Type")).isEqualTo("application/json; charset=utf-8");
    return answer.bodyAsJsonObject();
  }

  static void refused(HttpResponse<Buffer> answer, int status, String message) {
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(status);
    assertThat(answer.bodyAsJsonObject().getString("message")).isEqualTo(message);
  }
}
