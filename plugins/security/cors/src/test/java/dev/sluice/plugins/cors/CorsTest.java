package dev.sluice.plugins.cors;

import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CorsTest {

  private static final String ALL = "GET,HEAD,PUT,PATCH,POST,DELETE,OPTIONS,TRACE,CONNECT";
  private static TestGateway gateway;
  private static TestBackend backend;

  @BeforeAll
  static void start() {
    gateway = TestGateway.with(new CorsPlugin()).start();
    backend = gateway.backend(TestBackend.of(request -> request
        .response()
        .putHeader("Access-Control-Allow-Origin", "upstream")
        .putHeader("Vary", "Accept")
        .end("from upstream")));
    configure("/def", new JsonObject());
    configure("/one", origins("http://o.test"));
    configure("/two", origins("http://o.test", "https://p.test:8443"));
    configure("/re", origins("http://.*\\.test$", "api\\.(a|b)\\.org"));
    configure("/cred", new JsonObject().put("credentials", true));
    configure("/cont", origins("http://o.test").put("preflight_continue", true));
    configure("/mixed", origins("http://x.test", "*").put("credentials", true));
    configure("/full", origins("http://o.test", "http://q.test")
        .put("methods", new JsonArray().add("GET").add("PUT"))
        .put("headers", new JsonArray().add("X-A").add("X-B"))
        .put("exposed_headers", new JsonArray().add("X-E").add("X-F"))
        .put("max_age", 3600)
        .put("credentials", true)
        .put("private_network", true));
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static JsonObject origins(String... origins) {
    return new JsonObject().put("origins", new JsonArray(List.of(origins)));
  }

  private static void configure(String path, JsonObject config) {
    gateway.plugin("cors", config, gateway.route(path, backend));
  }

  private static HttpResponse<Buffer> preflight(String path, String origin, Map<String, String> more) {
    Map<String, String> headers = new HashMap<>(more);
    headers.put("Origin", origin);
    headers.put("Access-Control-Request-Method", "PUT");
    HttpResponse<Buffer> answer = gateway.send(HttpMethod.OPTIONS, path, headers, Buffer.buffer());
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer;
  }

  private static HttpResponse<Buffer> preflight(String path, String origin) {
    return preflight(path, origin, Map.of());
  }

  private static void grants(HttpResponse<Buffer> answer, String origin) {
    assertThat(answer.getHeader("Access-Control-Allow-Origin")).isEqualTo(origin);
  }

  @Test
  void aPreflightIsAnsweredHere() {
    var answer = preflight("/def", "http://o.test", Map.of("Access-Control-Request-Headers", "X-One, x-two"));
    assertThat(answer.body()).isNull();
    assertThat(answer.getHeader("Content-Length")).isEqualTo("0");
    grants(answer, "*");
    assertThat(answer.getHeader("Access-Control-Allow-Methods")).isEqualTo(ALL);
    assertThat(answer.getHeader("Access-Control-Allow-Headers")).isEqualTo("X-One, x-two");
    assertThat(answer.headers().contains("Vary")).isFalse();
    assertThat(answer.headers().contains("Access-Control-Allow-Credentials")).isFalse();
  }

  @Test
  void allThatIsConfiguredIsTold() {
    var answer = preflight("/full", "http://o.test", Map.of("Access-Control-Request-Private-Network", "true"));
    grants(answer, "http://o.test");
    assertThat(answer.headers().getAll("Vary")).containsExactly("Origin");
    assertThat(answer.getHeader("Access-Control-Allow-Credentials")).isEqualTo("true");
    assertThat(answer.getHeader("Access-Control-Allow-Headers")).isEqualTo("X-A,X-B");
    assertThat(answer.getHeader("Access-Control-Allow-Methods")).isEqualTo("GET,PUT");
    assertThat(answer.getHeader("Access-Control-Max-Age")).isEqualTo("3600");
    assertThat(answer.getHeader("Access-Control-Allow-Private-Network")).isEqualTo("true");
    assertThat(answer.headers().contains("Access-Control-Expose-Headers")).isFalse();
    assertThat(preflight("/full", "http://o.test").headers().contains("Access-Control-Allow-Private-Network")).isFalse();
  }

  @Test
  void onlyKnownOriginsAreLetIn() {
    grants(preflight("/two", "http://o.test"), "http://o.test");
    grants(preflight("/two", "http://o.test:80"), "http://o.test");
    grants(preflight("/two", "https://p.test:8443"), "https://p.test:8443");
    grants(preflight("/two", "https://p.test"), null);
    grants(preflight("/two", "null"), null);
    grants(preflight("/re", "http://a.test"), "http://a.test");
    grants(preflight("/re", "https://api.b.org:99"), "https://api.b.org:99");
    grants(preflight("/re", "http://xapi.a.org"), null);
    grants(preflight("/one", "http://else.test"), "http://o.test");
  }

  @Test
  void credentialsAndAStarDoNotGoTogether() {
    var answer = preflight("/cred", "http://o.test");
    grants(answer, "http://o.test");
    assertThat(answer.headers().getAll("Vary")).containsExactly("Origin");
    assertThat(answer.getHeader("Access-Control-Allow-Credentials")).isEqualTo("true");
    var mixed = preflight("/mixed", "http://any.test");
    grants(mixed, "http://any.test");
    assertThat(mixed.headers().getAll("Vary")).containsExactly("Origin");
    var nobody = gateway.get("/cred");
    grants(nobody, "*");
    assertThat(nobody.headers().contains("Access-Control-Allow-Credentials")).isFalse();
  }

  @Test
  void whatUpstreamSaysIsReplaced() {
    var answer = gateway.get("/two", Map.of("Origin", "http://o.test"));
    grants(answer, "http://o.test");
    assertThat(answer.headers().getAll("Vary")).containsExactly("Accept", "Origin");
    grants(gateway.get("/two", Map.of("Origin", "http://evil.test")), null);
    grants(gateway.get("/two"), null);
    var full = gateway.get("/full", Map.of("Origin", "http://q.test"));
    assertThat(full.getHeader("Access-Control-Expose-Headers")).isEqualTo("X-E,X-F");
    assertThat(full.headers().contains("Access-Control-Allow-Methods")).isFalse();
  }

  @Test
  void aPreflightMayGoUpstream() {
    var answer = preflight("/cont", "http://o.test");
    assertThat(answer.bodyAsString()).isEqualTo("from upstream");
    grants(answer, "upstream");
    assertThat(answer.headers().getAll("Vary")).containsExactly("Accept");
  }

  @Test
  void otherOptionsGoUpstream() {
    var answer = gateway.send(HttpMethod.OPTIONS, "/def", Map.of("Origin", "http://o.test"), Buffer.buffer());
    assertThat(answer.bodyAsString()).isEqualTo("from upstream");
    grants(answer, "*");
  }
}
