package dev.sluice.plugins.datadog;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.UdpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class DatadogTest {

  private final UdpServer server = new UdpServer();
  private TestGateway gateway;
  private JsonObject route;

  @BeforeEach
  void start() {
    gateway = TestGateway.with(new DatadogPlugin()).start();
    route = gateway.route("/");
  }

  @AfterEach
  void stop() {
    gateway.close();
    server.close();
  }

  private void configure(JsonObject more) {
    gateway.plugin("datadog", more.put("host", "127.0.0.1").put("port", server.port()), route);
  }

  private List<String> next(int count) {
    return IntStream.range(0, count).mapToObj(i -> server.next()).toList();
  }

  @Test
  void sixMetricsAreSentOfARequest() {
    configure(new JsonObject());
    gateway.get("/?status=201");
    assertThat(next(6)).map(line -> line.replaceAll(":\\d+\\|", ":N|")).containsExactly(
        "kong.request.count:N|c|#name:127_0_0_1,status:201,app:kong",
        "kong.latency:N|ms|#name:127_0_0_1,status:201,app:kong",
        "kong.request.size:N|ms|#name:127_0_0_1,status:201,app:kong",
        "kong.response.size:N|ms|#name:127_0_0_1,status:201,app:kong",
        "kong.upstream_latency:N|ms|#name:127_0_0_1,status:201,app:kong",
        "kong.kong_latency:N|ms|#name:127_0_0_1,status:201,app:kong");
  }

  @Test
  void tagsPrefixAndRateAreTheUsers() {
    configure(new JsonObject()
        .put("prefix", "my")
        .put("service_name_tag", "svc")
        .put("status_tag", "code")
        .put("metrics", new JsonArray().add(new JsonObject()
            .put("name", "request_count").put("stat_type", "distribution").put("sample_rate", 0.5))));
    gateway.get("/");
    assertThat(server.next()).isEqualTo("my.request.count:1|d|@0.5|#svc:127_0_0_1,code:200");
  }

  @Test
  void theUpstreamIsNotToldOfWhenItWasNotAsked() {
    gateway.plugin("datadog", new JsonObject()
        .put("host", "127.0.0.1")
        .put("port", server.port())
        .put("metrics", new JsonArray()
            .add(new JsonObject().put("name", "upstream_latency").put("stat_type", "timer"))
            .add(new JsonObject().put("name", "request_count").put("stat_type", "meter"))));
    gateway.delete(CoreEntities.ROUTES, route.getString("id"));
    gateway.get("/");
    assertThat(server.next()).isEqualTo("kong.request.count:1|m|#name:,status:404");
  }

  @Test
  void aCounterNeedsARate() {
    JsonObject config = new JsonObject().put("metrics", new JsonArray().add(
        new JsonObject().put("name", "request_count").put("stat_type", "counter")));
    assertThatThrownBy(() -> DatadogConfig.SCHEMA.read(config))
        .hasMessageContaining("failed conditional validation given value of field 'stat_type'")
        .hasMessageContaining("sample_rate = \"required field missing\"");
  }
}
