package dev.sluice.plugins.ratelimiting;

import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.MovableClock;
import dev.sluice.testkit.fake.SayWho;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** A gateway with the plugin and a clock that the test moves. */
final class Limited implements AutoCloseable {

  final MovableClock clock = new MovableClock(Instant.parse("2026-03-04T05:06:07Z"));
  final TestGateway gateway;
  private final TestBackend backend;

  Limited() {
    gateway = TestGateway.with(new RateLimitingPlugin(), new SayWho()).clock(clock).start();
    backend = gateway.backend(TestBackend.echo());
    gateway.plugin("say-who", new JsonObject());
  }

  JsonObject route(String path) {
    return gateway.route(path, backend);
  }

  void limit(String path, JsonObject config) {
    gateway.plugin("rate-limiting", config, route(path));
  }

  List<Integer> statuses(int requests, String path, Map<String, String> headers) {
    List<Integer> statuses = new ArrayList<>();
    for (int i = 0; i < requests; i++) {
      statuses.add(gateway.get(path, headers).statusCode());
    }
    return statuses;
  }

  static void header(HttpResponse<Buffer> answer, String name, String value) {
    assertThat(answer.getHeader(name)).as(name).isEqualTo(value);
  }

  @Override
  public void close() {
    gateway.close();
  }
}
