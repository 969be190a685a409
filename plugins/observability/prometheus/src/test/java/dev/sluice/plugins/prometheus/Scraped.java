package dev.sluice.plugins.prometheus;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

/** What a gateway tells at {@code /metrics}: values by name and labels, as they are written. */
record Scraped(Map<String, Double> values) {

  /** Asks now. */
  static Scraped of(TestGateway gateway) {
    HttpResponse<Buffer> answer = gateway.admin(HttpMethod.GET, "/metrics", Map.of(), Buffer.buffer());
    assertThat(answer.statusCode()).isEqualTo(200);
    Map<String, Double> values = new HashMap<>();
    answer.bodyAsString().lines().filter(line -> !line.startsWith("#")).forEach(line -> {
      int space = line.lastIndexOf(' ');
      assertThat(values.put(line.substring(0, space), Double.valueOf(line.substring(space + 1)))).as(line).isNull();
    });
    return new Scraped(values);
  }

  /** The value of one series. */
  double value(String series) {
    assertThat(values).containsKey(series);
    return values.get(series);
  }

  /** Asks until a series has a value. */
  static void await(TestGateway gateway, String series, double wanted) {
    Await.until(series + " is " + wanted, () -> of(gateway).values().getOrDefault(series, Double.NaN) == wanted);
  }
}
