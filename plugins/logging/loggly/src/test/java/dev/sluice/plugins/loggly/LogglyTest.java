package dev.sluice.plugins.loggly;

import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.UdpServer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LogglyTest {

  private final UdpServer server = new UdpServer();
  private TestGateway gateway;
  private JsonObject route;

  @BeforeEach
  void start() {
    gateway = TestGateway.with(new LogglyPlugin()).clock(Clock.fixed(Instant.parse("2026-02-03T04:05:06.789Z"), ZoneOffset.UTC)).start();
    route = gateway.route("/");
  }

  @AfterEach
  void stop() {
    gateway.close();
    server.close();
  }

  private void configure(JsonObject more) {
    gateway.plugin("loggly", more.put("key", "k").put("host", "127.0.0.1").put("port", server.port()), route);
  }

  @Test
  void aMessageBearsTheToken() {
    configure(new JsonObject().put("tags", new JsonArray().add("a").add("b")).put("server_errors_severity", "crit"));
    gateway.get("/?status=503");
    String message = server.next();
    String start = "<10>1 2026-02-03T04:05:06Z " + gateway.kernel().node().hostname()
        + " kong - - [k@41058 tag=\"a\" tag=\"b\"] ";
    assertThat(message).startsWith(start + "{");
    JsonObject entry = new JsonObject(message.substring(start.length()));
    assertThat(entry.getJsonObject("response").getInteger("status")).isEqualTo(503);
  }

  @Test
  void whatIsNotGraveIsNotSent() {
    configure(new JsonObject().put("log_level", "warning").put("client_errors_severity", "warning"));
    gateway.get("/?status=200");
    gateway.get("/?status=404");
    assertThat(server.next()).startsWith("<12>1 ").contains("status=404");
  }

  @Test
  void defaultsAreKongs() {
    assertThat(LogglyConfig.SCHEMA.complete(new JsonObject().put("key", "k")))
        .isEqualTo(new JsonObject()
            .put("host", "logs-01.loggly.com")
            .put("port", 514L)
            .put("key", "k")
            .put("tags", new JsonArray().add("kong"))
            .put("log_level", "info")
            .put("successful_severity", "info")
            .put("client_errors_severity", "info")
            .put("server_errors_severity", "info")
            .put("timeout", 10_000L)
            .putNull("custom_fields_by_lua"));
  }
}
