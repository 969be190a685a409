package dev.sluice.testkit;

import dev.sluice.testkit.fake.EndpointsAlone;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The lines that a node writes of its requests. */
class AccessLogTest {

  private static final String TIME = "\\[\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d [+-]\\d{4}]";

  @TempDir private Path folder;
  private TestGateway gateway;

  private void start(Map<String, String> settings) {
    gateway = TestGateway.with(new EndpointsAlone()).folder(folder).settings(settings).start();
    gateway.route("/echo");
  }

  @AfterEach
  void stop() {
    if (gateway != null) {
      gateway.close();
    }
  }

  private List<String> lines(String file, int count) {
    Path path = folder.resolve("node").resolve(file);
    Await.until("lines of " + file, () -> read(path).size() >= count);
    assertThat(read(path)).hasSize(count);
    return read(path);
  }

  private static List<String> read(Path path) {
    try {
      return Files.exists(path) ? Files.readAllLines(path) : List.of();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aLineIsThatOfKong() {
    start(Map.of("proxy_access_log", "logs/access.log", "trusted_ips", "127.0.0.1"));
    String id =
        gateway
            .get("/echo?a=1", Map.of("Referer", "say \"hi\"", "X-Real-IP", "10.1.2.3"))
            .getHeader("X-Kong-Request-Id");
    assertThat(lines("logs/access.log", 1).get(0))
        .matches(
            "10\\.1\\.2\\.3 - - " + TIME + " \"GET /echo\\?a=1 HTTP/1\\.1\" 200 \\d+ \"say \\\\x22hi\\\\x22\""
                + " \"Vert.x-WebClient/[^\"]+\" kong_request_id: \"" + id + "\"");
    int length = gateway.get("/nowhere").body().length();
    assertThat(lines("logs/access.log", 2).get(1)).contains("\"GET /nowhere HTTP/1.1\" 404 " + length + " \"-\" ");
  }

  @Test
  void whatCannotBeReadAndWhatIsRefusedHaveLines() {
    start(Map.of("proxy_access_log", "logs/access.log"));
    try (RawClient client = new RawClient(gateway.proxyPort())) {
      client.send("\u0016\u0003\u0001 nonsense\r\n\r\n").readToEnd();
    }
    assertThat(lines("logs/access.log", 1).get(0)).contains("127.0.0.1 - - [").contains("\"-\" 400 ");
    try (RawClient client = new RawClient(gateway.proxyPort())) {
      client.send("GET /../../etc HTTP/1.1\r\nHost: a\r\n\r\n").readToEnd();
    }
    assertThat(lines("logs/access.log", 2).get(1)).contains("\"GET /../../etc HTTP/1.1\" 400 ");
  }

  @Test
  void aFormatOfOnesOwn() {
    start(
        Map.of(
            "nginx_http_log_format",
            "mine escape=json '{\"uri\":\"$request_uri\",\"by\":\"$http_referer\",\"up\":\"$upstream_addr\","
                + "\"ups\":\"$upstream_status\",\"size\":$request_length,\"type\":\"$sent_http_content_type\"}'",
            "proxy_access_log", "logs/mine.log mine",
            "admin_access_log", "logs/mine.log mine"));
    gateway.get("/echo", Map.of("Referer", "\"\t\\"));
    JsonObject line = new JsonObject(lines("logs/mine.log", 1).get(0));
    assertThat(line.getString("uri")).isEqualTo("/echo");
    assertThat(line.getString("by")).isEqualTo("\"\t\\");
    assertThat(line.getString("up")).startsWith("127.0.0.1:");
    assertThat(line.getString("ups")).isEqualTo("200");
    assertThat(line.getInteger("size")).isGreaterThan(50);
    assertThat(line.getString("type")).startsWith("application/json");
    gateway.admin(HttpMethod.GET, "/none", Map.of(), Buffer.buffer());
    assertThat(new JsonObject(lines("logs/mine.log", 2).get(1)).getString("uri")).isEqualTo("/none");
  }

  @Test
  void theAdminApiHasALogOfItsOwn() {
    start(Map.of("admin_access_log", "logs/admin_access.log"));
    gateway.admin(HttpMethod.POST, "/none", Map.of("Referer", "test"), Buffer.buffer("{}"));
    assertThat(lines("logs/admin_access.log", 1).get(0))
        .matches("127\\.0\\.0\\.1 - - " + TIME + " \"POST /none HTTP/1\\.1\" 404 \\d+ \"test\" \"Vert.x[^\"]+\"");
  }

  @Test
  void whatIsUnderWayAtTheEndIsWritten() {
    start(Map.of("proxy_access_log", "logs/access.log"));
    for (int i = 0; i < 10; i++) {
      gateway.get("/echo");
    }
    gateway.close();
    gateway = null;
    assertThat(read(folder.resolve("node/logs/access.log"))).hasSize(10);
  }

  @Test
  void aLogThatCannotBeOpenedKeepsTheNodeFromStarting() throws IOException {
    Files.writeString(folder.resolve("file"), "");
    assertThatThrownBy(() -> start(Map.of("proxy_access_log", folder + "/file/access.log")))
        .hasMessageContaining("access log " + folder + "/file/access.log cannot be opened");
    assertThatThrownBy(() -> start(Map.of("proxy_access_log", "a.log nope")))
        .hasMessageContaining("proxy_access_log: unknown log format \"nope\"");
  }
}
