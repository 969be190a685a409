package dev.sluice.plugins.session;

import dev.sluice.testkit.EchoGateway;
import dev.sluice.testkit.fake.MovableClock;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway with sessions, a consumer {@code bob}, and a browser that keeps its cookies. */
final class SessionFixture implements AutoCloseable {

  static final String SECRET = "the-secret-of-the-sessions";

  final MovableClock clock = new MovableClock(Instant.ofEpochSecond(1_700_000_000));
  final EchoGateway gateway = EchoGateway.with(clock, new SessionPlugin(), new Doorman());
  final JsonObject bob = gateway.gateway().consumer("bob");
  final Map<String, String> cookies = new LinkedHashMap<>();

  void guard(String path, JsonObject config) {
    JsonObject route = gateway.guard(path, "session", new JsonObject().put("secret", SECRET).mergeIn(config));
    gateway.gateway().plugin("doorman", new JsonObject(), route);
  }

  /** Sends a request with the cookies there are, and takes those that come back. */
  HttpResponse<Buffer> visit(String path, Map<String, String> headers) {
    return took(gateway.get(path, withCookies(headers)));
  }

  HttpResponse<Buffer> visit(String path) {
    return visit(path, Map.of());
  }

  Map<String, String> withCookies(Map<String, String> headers) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    StringBuilder line = new StringBuilder();
    cookies.forEach((name, value) -> line.append(line.length() == 0 ? "" : "; ").append(name).append('=').append(value));
    if (line.length() > 0) {
      all.put("Cookie", line.toString());
    }
    return all;
  }

  HttpResponse<Buffer> took(HttpResponse<Buffer> answer) {
    for (String line : answer.headers().getAll("Set-Cookie")) {
      String name = line.substring(0, line.indexOf('='));
      String value = line.substring(line.indexOf('=') + 1).replaceAll(";.*", "");
      if (value.isEmpty()) {
        cookies.remove(name);
      } else {
        cookies.put(name, value);
      }
    }
    return answer;
  }

  HttpResponse<Buffer> login(String path) {
    HttpResponse<Buffer> answer = visit(path, Map.of("who", "bob"));
    isBob(answer);
    assertThat(cookies).containsKey("session");
    return answer;
  }

  void isBob(HttpResponse<Buffer> answer) {
    EchoGateway.isConsumer(answer, bob, "proof-of-bob");
  }

  void isNobody(HttpResponse<Buffer> answer) {
    EchoGateway.refused(answer, 401, "Who are you?");
  }

  void advance(long seconds) {
    clock.advance(Duration.ofSeconds(seconds));
  }

  static Optional<String> setCookie(HttpResponse<Buffer> answer, String name) {
    return answer.headers().getAll("Set-Cookie").stream().filter(line -> line.startsWith(name + "=")).findFirst();
  }

  @Override
  public void close() {
    gateway.close();
  }
}
