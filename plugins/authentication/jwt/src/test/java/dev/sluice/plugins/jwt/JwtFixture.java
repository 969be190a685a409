package dev.sluice.plugins.jwt;

import dev.sluice.testkit.EchoGateway;
import dev.sluice.testkit.fake.MovableClock;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Instant;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway with the plugin, and a consumer {@code bob} who signs with {@code secret} as {@code bob-key}. */
final class JwtFixture implements AutoCloseable {

  static final Signer BOB = Signer.hmac("HS256", "secret");

  final MovableClock clock = new MovableClock(Instant.ofEpochSecond(1_700_000_000));
  final EchoGateway gateway = EchoGateway.with(clock, new JwtPlugin());
  final JsonObject bob = gateway.gateway().consumer("bob");

  JwtFixture() {
    key(new JsonObject().put("key", "bob-key").put("secret", "secret"));
  }

  JsonObject key(JsonObject fields) {
    return gateway.owned(JwtSecret.TYPE, bob, fields);
  }

  void guard(String path, JsonObject config) {
    gateway.guard(path, "jwt", config);
  }

  HttpResponse<Buffer> get(String path, String token) {
    return gateway.get(path, "Authorization", "Bearer " + token);
  }

  static JsonObject claims() {
    return new JsonObject().put("iss", "bob-key");
  }

  static void refused(HttpResponse<Buffer> answer, String message) {
    refused(answer, new JsonObject().put("message", message));
  }

  static void refused(HttpResponse<Buffer> answer, JsonObject body) {
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(401);
    assertThat(answer.bodyAsJsonObject()).isEqualTo(body);
    assertThat(answer.getHeader("WWW-Authenticate")).isEqualTo("Bearer error=\"invalid_token\"");
  }

  static void isMissing(HttpResponse<Buffer> answer) {
    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.bodyAsJsonObject()).isEqualTo(new JsonObject().put("message", "Unauthorized"));
    assertThat(answer.getHeader("WWW-Authenticate")).isEqualTo("Bearer");
  }

  void isBob(HttpResponse<Buffer> answer) {
    EchoGateway.isConsumer(answer, bob, "bob-key");
  }

  @Override
  public void close() {
    gateway.close();
  }
}
