package dev.sluice.plugins.statsd;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.UdpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class StatsdTest {

  private final UdpServer server = new UdpServer();
  private TestGateway gateway;
  private JsonObject route;

  @BeforeEach
  void start() {
    gateway = TestGateway.with(new StatsdPlugin()).start();
    route = gateway.route("/");
  }

  @AfterEach
  void stop() {
    gateway.close();
    server.close();
  }

  private void configure(JsonObject more) {
    gateway.plugin("statsd", more.put("host", "127.0.0.1").put("port", server.port()), route);
  }

  private List<String> next(int count) {
    return IntStream.range(0, count).mapToObj(i -> server.next().replaceAll(":\\d+\\|", ":N|")).toList();
  }

  private static JsonArray metrics(String... names) {
    JsonArray metrics = new JsonArray();
    for (String name : names) {
      metrics.add(new JsonObject().put("name", name).put("stat_type", "counter").put("sample_rate", 1));
    }
    return metrics;
  }

  @Test
  void withoutAConsumerSevenMetricsAreSent() {
    configure(new JsonObject());
    gateway.get("/?status=404");
    assertThat(next(7)).containsExactly(
        "kong.service.127_0_0_1.request.count:N|c",
        "kong.service.127_0_0_1.latency:N|ms",
        "kong.service.127_0_0_1.request.size:N|c",
        "kong.service.127_0_0_1.status.404:N|c",
        "kong.service.127_0_0_1.response.size:N|c",
        "kong.service.127_0_0_1.upstream_latency:N|ms",
        "kong.service.127_0_0_1.kong_latency:N|ms");
  }

  @Test
  void aWorkspaceIsNamedAsTheUserLikes() {
    configure(new JsonObject()
        .put("metrics", metrics("status_count_per_workspace"))
        .put("workspace_identifier_default", "workspace_name")
        .put("hostname_in_prefix", true));
    gateway.get("/");
    String node = gateway.kernel().node().hostname().replace('.', '_');
    assertThat(next(1)).containsExactly("kong.node." + node + ".service.127_0_0_1.workspace.default.status.200:N|c");
  }

  @Test
  void onlySomeStatusesMayCount() {
    configure(new JsonObject()
        .put("metrics", metrics("status_count"))
        .put("allow_status_codes", new JsonArray().add("200-204").add("500-599")));
    gateway.get("/?status=404");
    gateway.get("/?status=500");
    gateway.get("/?status=204");
    assertThat(next(2))
        .containsExactlyInAnyOrder("kong.service.127_0_0_1.status.500:N|c", "kong.service.127_0_0_1.status.204:N|c");
  }

  @Test
  void requestsWithoutARouteAreCountedToo() {
    gateway.plugin("statsd", new JsonObject()
        .put("host", "127.0.0.1").put("port", server.port()).put("metrics", metrics("request_count")));
    gateway.delete(CoreEntities.ROUTES, route.getString("id"));
    gateway.get("/");
    assertThat(next(1)).containsExactly("kong.global.unmatched.request.count:N|c");
  }

  @Test
  void packetsAreFilled() {
    configure(new JsonObject().put("metrics", metrics("request_count", "status_count", "latency")).put("udp_packet_size", 90));
    gateway.get("/");
    assertThat(server.next()).isEqualTo(
        "kong.service.127_0_0_1.request.count:1|c\nkong.service.127_0_0_1.status.200:1|c");
    assertThat(server.next()).startsWith("kong.service.127_0_0_1.latency:");
  }

  @Test
  void eachStyleHasItsTags() {
    String tags = "service=127.0.0.1,route=" + route.getString("id") + ",workspace=";
    for (String style : List.of("dogstatsd", "influxdb", "librato", "signalfx")) {
      JsonObject plugin = gateway.plugin("statsd", new JsonObject()
          .put("host", "127.0.0.1").put("port", server.port())
          .put("metrics", metrics("request_count", "status_count")).put("tag_style", style), route);
      gateway.get("/");
      String line = server.next();
      switch (style) {
        case "dogstatsd" -> assertThat(line).startsWith("kong.request.count:1|c|#" + tags.replace('=', ':'));
        case "influxdb" -> assertThat(line).startsWith("kong.request.count," + tags).endsWith("status=200:1|c");
        case "librato" -> assertThat(line).startsWith("kong.request.count#" + tags).endsWith("status=200:1|c");
        default -> assertThat(line).startsWith("kong.request.count[" + tags).endsWith("status=200]:1|c");
      }
      gateway.delete(CoreEntities.PLUGINS, plugin.getString("id"));
    }
  }

  @Test
  void linesGoOverTcpToo() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
      gateway.plugin("statsd", new JsonObject()
          .put("host", "127.0.0.1")
          .put("port", listener.getLocalPort())
          .put("use_tcp", true)
          .put("metrics", metrics("request_count", "status_count")), route);
      gateway.get("/");
      try (Socket socket = listener.accept()) {
        socket.setSoTimeout(10_000);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        assertThat(lines.readLine()).isEqualTo("kong.service.127_0_0_1.request.count:1|c");
        assertThat(lines.readLine()).isEqualTo("kong.service.127_0_0_1.status.200:1|c");
        gateway.get("/");
        assertThat(lines.readLine()).isEqualTo("kong.service.127_0_0_1.request.count:1|c");
      }
    }
  }
}
