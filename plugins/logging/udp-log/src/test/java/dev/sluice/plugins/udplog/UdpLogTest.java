package dev.sluice.plugins.udplog;

import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.UdpServer;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class UdpLogTest {

  private final UdpServer server = new UdpServer();
  private TestGateway gateway;
  private JsonObject route;

  @BeforeEach
  void start() {
    gateway = TestGateway.with(new UdpLogPlugin()).start();
    route = gateway.route("/");
  }

  @AfterEach
  void stop() {
    gateway.close();
    server.close();
  }

  @Test
  void everyRequestIsADatagram() {
    gateway.plugin("udp-log", new JsonObject().put("host", "localhost").put("port", server.port()), route);
    gateway.get("/a");
    gateway.get("/b");
    assertThat(new JsonObject(server.next()).getJsonObject("request").getString("uri")).isEqualTo("/a");
    String second = server.next();
    assertThat(new JsonObject(second).getJsonObject("request").getString("uri")).isEqualTo("/b");
    assertThat(second).endsWith("}");
  }

  @Test
  void whatIsTooLongForADatagramHarmsNothing() {
    gateway.plugin("udp-log", new JsonObject().put("host", "127.0.0.1").put("port", server.port()), route);
    gateway.plugin("udp-log", new JsonObject()
        .put("host", "127.0.0.1")
        .put("port", server.port())
        .put("custom_fields_by_lua", new JsonObject().put("long", "return '" + "x".repeat(70_000) + "'")));
    assertThat(gateway.get("/nowhere/../but/here").statusCode()).isEqualTo(200);
    assertThat(server.next()).contains("/but/here");
  }

  @Test
  void defaultsAreKongs() {
    assertThat(UdpLogConfig.SCHEMA.complete(new JsonObject().put("host", "a.test").put("port", 1)))
        .isEqualTo(new JsonObject()
            .put("host", "a.test").put("port", 1).put("timeout", 10_000L).putNull("custom_fields_by_lua"));
  }
}
