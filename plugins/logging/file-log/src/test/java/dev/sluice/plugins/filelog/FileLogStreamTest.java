package dev.sluice.plugins.filelog;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.RawClient;
import dev.sluice.testkit.RawOrigin;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** What is logged of connections that are passed on as they are, and what the access log says of them. */
class FileLogStreamTest {

  private static final String ASKED = "GET /a HTTP/1.1\r\nHost: a\r\n\r\n";
  private static final String ANSWER = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi";

  @TempDir private Path folder;
  private TestGateway gateway;

  @BeforeEach
  void start() {
    gateway =
        TestGateway.with(new FileLogPlugin())
            .setting("stream_listen", "127.0.0.1:0")
            .setting("proxy_stream_access_log", folder.resolve("access.log") + " basic")
            .start();
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static JsonObject id(JsonObject entity) {
    return new JsonObject().put("id", entity.getString("id"));
  }

  private JsonObject configure(int port) {
    JsonObject service =
        gateway.create(
            CoreEntities.SERVICES, new JsonObject().put("protocol", "tcp").put("host", "127.0.0.1").put("port", port));
    JsonObject destination = new JsonObject().put("port", gateway.kernel().port("stream_listen.0"));
    JsonObject route =
        gateway.create(
            CoreEntities.ROUTES,
            new JsonObject()
                .put("name", "pipe")
                .put("protocols", new JsonArray().add("tcp"))
                .put("destinations", new JsonArray().add(destination))
                .put("strip_path", false)
                .put("service", id(service)));
    gateway.create(
        CoreEntities.PLUGINS,
        new JsonObject()
            .put("name", "file-log")
            .put("protocols", new JsonArray().add("tcp"))
            .put("config", new JsonObject().put("path", folder.resolve("entries.log").toString()))
            .put("route", id(route)));
    return service;
  }

  private List<String> lines(String file) {
    Path path = folder.resolve(file);
    Await.until("a line of " + file, () -> Files.exists(path) && path.toFile().length() > 0);
    try {
      return Files.readAllLines(path);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private RawClient client() {
    return new RawClient(gateway.kernel().port("stream_listen.0"));
  }

  @Test
  void aConnectionIsAnEntryAndALine() {
    try (RawOrigin origin = RawOrigin.saying(ANSWER)) {
      JsonObject service = configure(origin.port());
      try (RawClient client = client()) {
        assertThat(client.send(ASKED).readUntil("hi")).isEqualTo(ANSWER);
      }
      JsonObject entry = new JsonObject(lines("entries.log").get(0));
      JsonObject session = entry.getJsonObject("session");
      assertThat(session.getInteger("status")).isEqualTo(200);
      assertThat(session.getInteger("received")).isEqualTo(ASKED.length());
      assertThat(session.getInteger("sent")).isEqualTo(ANSWER.length());
      assertThat(session.getInteger("server_port")).isEqualTo(gateway.kernel().port("stream_listen.0"));
      assertThat(session.containsKey("tls")).isFalse();
      assertThat(entry.getJsonObject("upstream"))
          .isEqualTo(new JsonObject().put("received", ANSWER.length()).put("sent", ASKED.length()));
      assertThat(entry.getString("client_ip")).isEqualTo("127.0.0.1");
      assertThat(entry.getJsonObject("route").getString("name")).isEqualTo("pipe");
      assertThat(entry.getJsonObject("service").getString("id")).isEqualTo(service.getString("id"));
      assertThat(entry.getJsonArray("tries").getJsonObject(0).getInteger("port")).isEqualTo(origin.port());
      assertThat(entry.getJsonObject("latencies").fieldNames()).containsExactlyInAnyOrder("kong", "session");
      assertThat(entry.getString("workspace_name")).isEqualTo("default");
      assertThat(entry.containsKey("request")).isFalse();
      assertThat(lines("access.log").get(0))
          .matches(
              "127\\.0\\.0\\.1 \\[[^]]+] TCP 200 " + ANSWER.length() + " " + ASKED.length() + " \\d+\\.\\d{3}");
    }
  }

  @Test
  void aServerThatCannotBeReachedIsOneToo() throws IOException {
    int dead;
    try (ServerSocket reserved = new ServerSocket(0)) {
      dead = reserved.getLocalPort();
    }
    JsonObject service = configure(dead);
    gateway.update(CoreEntities.SERVICES, service.getString("id"), new JsonObject().put("retries", 0));
    try (RawClient client = client()) {
      assertThat(client.send(ASKED).readToEnd()).isIn("", "<reset>");
    }
    JsonObject entry = new JsonObject(lines("entries.log").get(0));
    assertThat(entry.getJsonObject("session").getInteger("status")).isEqualTo(502);
    assertThat(entry.getJsonObject("session").getInteger("sent")).isZero();
    JsonObject attempt = entry.getJsonArray("tries").getJsonObject(0);
    assertThat(attempt.getString("state")).isEqualTo("failed");
    assertThat(attempt.getInteger("code")).isEqualTo(502);
    assertThat(lines("access.log").get(0)).contains(" TCP 502 0 ");
  }
}
