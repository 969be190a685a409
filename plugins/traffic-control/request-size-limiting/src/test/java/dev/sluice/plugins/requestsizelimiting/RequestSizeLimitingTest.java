package dev.sluice.plugins.requestsizelimiting;

import dev.sluice.testkit.RawClient;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class RequestSizeLimitingTest {

  private static TestGateway gateway;
  private static TestBackend backend;

  @BeforeAll
  static void start() {
    gateway = TestGateway.with(new RequestSizeLimitingPlugin()).start();
    backend = gateway.backend(TestBackend.echo());
    configure("/ten", "{\"allowed_payload_size\":10,\"size_unit\":\"bytes\"}");
    configure("/kilo", "{\"allowed_payload_size\":1,\"size_unit\":\"kilobytes\"}");
    configure("/length", "{\"require_content_length\":true}");
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static void configure(String path, String config) {
    gateway.plugin("request-size-limiting", new JsonObject(config), gateway.route(path, backend));
  }

  private static int post(String path, int length, Map<String, String> headers) {
    return gateway.send(HttpMethod.POST, path, headers, Buffer.buffer("x".repeat(length))).statusCode();
  }

  private static String raw(String request) {
    try (RawClient client = new RawClient(gateway.proxyPort())) {
      return client.send(request).readToEnd();
    }
  }

  private static String chunked(String path, String body) {
    return raw(
        "POST " + path + " HTTP/1.1\r\nHost: a\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
            + Integer.toHexString(body.length()) + "\r\n" + body + "\r\n0\r\n\r\n");
  }

  @Test
  void theLimitItselfPasses() {
    assertThat(post("/ten", 10, Map.of())).isEqualTo(200);
    var refused = gateway.send(HttpMethod.POST, "/ten", Map.of(), Buffer.buffer("x".repeat(11)));
    assertThat(refused.statusCode()).isEqualTo(413);
    assertThat(refused.bodyAsJsonObject().getString("message")).isEqualTo("Request size limit exceeded");
    assertThat(post("/kilo", 1024, Map.of())).isEqualTo(200);
    assertThat(post("/kilo", 1025, Map.of())).isEqualTo(413);
  }

  @Test
  void aBodyOfUnknownLengthIsMeasured() {
    assertThat(chunked("/ten", "0123456789")).startsWith("HTTP/1.1 200").contains("\"body\":\"0123456789\"");
    assertThat(chunked("/ten", "0123456789x")).startsWith("HTTP/1.1 413");
  }

  @Test
  void theLengthMayBeNeeded() {
    var refused = gateway.get("/length");
    assertThat(refused.statusCode()).isEqualTo(411);
    assertThat(refused.bodyAsJsonObject().getString("message")).isEqualTo("A valid Content-Length header is required");
    assertThat(chunked("/length", "x")).startsWith("HTTP/1.1 411");
    assertThat(post("/length", 5, Map.of())).isEqualTo(200);
  }

  @Test
  void whoAsksBeforehandIsToldSo() {
    String request = "POST /ten HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\nExpect: 100-continue\r\n\r\n";
    try (RawClient client = new RawClient(gateway.proxyPort())) {
      String answer = client.send(request).readUntil("}");
      assertThat(answer).contains("HTTP/1.1 417", "Request size limit exceeded");
    }
  }

  @Test
  void defaultsAreKongs() {
    assertThat(SizeConfig.SCHEMA.read(new JsonObject())).isEqualTo(new SizeConfig(128 * 1024 * 1024, false));
    assertThat(SizeConfig.SCHEMA.read(new JsonObject("{\"allowed_payload_size\":4503599627370496}")).bytes())
        .isEqualTo(4_503_599_627_370_496.0 * 1024 * 1024);
  }
}
