package dev.sluice.plugins.adminapi;

import dev.sluice.testkit.RawClient;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** What the Admin API turns away (cases AD-03, AD-06, AD-07 and LM-08), for lack of a token demanded of nobody. */
class AdminSafetyTest extends AdminClient {

  private static final String NO_NAME = "this node has no such name; admin_allowed_hosts can name more";

  @Override
  TestGateway.Builder gateway() {
    return super.gateway()
        .setting("admin_allowed_hosts", "kong.example, *.inner.example")
        .setting("pg_password", "pg-s3cret")
        .setting("admin_gui_api_url", "https://api.example:8444/x")
        .setting("nginx_admin_client_max_body_size", "64k");
  }

  private String asked(String host) {
    try (RawClient client = new RawClient(gateway.adminPort())) {
      return client.send("GET /services HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n").readToEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "127.0.0.1", "127.0.0.1:8001", "10.1.2.3", "[::1]:8001", "localhost", "LocalHost:1", "localhost.",
        "kong.example", "KONG.example:8001", "a.inner.example", "api.example"
      })
  void isAskedUnderItsNames(String host) {
    assertThat(asked(host)).startsWith("HTTP/1.1 200 ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.test", "evil.test:8001", "127.0.0.1.evil.test", "localhost.evil.test", "xinner.example", "inner.example",
        "2130706433", "0x7f.1", "kong.example.evil.test"
      })
  void isNotAskedUnderForeignNames(String host) {
    assertThat(asked(host)).startsWith("HTTP/1.1 403 ").contains(NO_NAME);
  }

  @Test
  void aSecondHostIsNoWayAround() {
    assertThat(asked("127.0.0.1\r\nHost: evil.test")).startsWith("HTTP/1.1 40");
  }

  @Test
  void knowsTheNameOfItsMachine() {
    assertThat(asked(gateway.kernel().node().hostname())).startsWith("HTTP/1.1 200 ");
  }

  private HttpResponse<Buffer> browser(String method, String uri, String... headers) {
    Map<String, String> given = new HashMap<>();
    for (int i = 0; i < headers.length; i += 2) {
      given.put(headers[i], headers[i + 1]);
    }
    Buffer body = method.equals("POST") ? Buffer.buffer("name=csrf&host=h.test") : Buffer.buffer();
    if (body.length() > 0) {
      given.put("Content-Type", "application/x-www-form-urlencoded");
    }
    return gateway.admin(HttpMethod.valueOf(method), uri, given, body);
  }

  @ParameterizedTest
  @CsvSource({
    "POST, http://evil.test, cors, empty",
    "POST, http://evil.test, navigate, document",
    "POST, null, navigate, document",
    "GET, http://evil.test, cors, empty",
    "GET, http://8.8.8.8, cors, empty",
    "GET, http://evil.test, navigate, iframe",
    "DELETE, http://localhost.evil.test, cors, empty",
    "OPTIONS, http://evil.test, cors, empty"
  })
  void pagesOfOtherSitesDoNothing(String method, String origin, String mode, String destination) {
    HttpResponse<Buffer> answer =
        browser(
            method, "/services", "Origin", origin, "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", mode,
            "Sec-Fetch-Dest", destination);
    refused(answer, 403, "cross-site request");
    assertThat(answer.getHeader("Access-Control-Allow-Origin")).isNull();
    refused(call("GET", "/services/csrf"), 404, "Not found");
  }

  @ParameterizedTest
  @CsvSource({
    "http://localhost:8002, same-site",
    "http://localhost:8002, cross-site",
    "https://kong.example, cross-site",
    "http://127.0.0.1:1, same-origin"
  })
  void itsOwnPagesMay(String origin, String site) {
    assertThat(browser("GET", "/services", "Origin", origin, "Sec-Fetch-Site", site).statusCode()).isEqualTo(200);
    assertThat(
            browser(
                    "GET", "/", "Sec-Fetch-Site", "cross-site", "Sec-Fetch-Mode", "navigate", "Sec-Fetch-Dest",
                    "document")
                .statusCode())
        .isEqualTo(200);
  }

  @Test
  void isNoPartOfAPage() {
    HttpResponse<Buffer> answer = call("GET", "/services");
    assertThat(answer.getHeader("X-Frame-Options")).isEqualTo("DENY");
    assertThat(answer.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  @Test
  void textsOfClientsStayTexts() {
    JsonArray tags = new JsonArray().add("<script>alert(1)</script>".replace("/", ""));
    JsonObject made = new JsonObject().put("username", "<img src=x>\"\r\nX: y").put("tags", tags);
    HttpResponse<Buffer> answer = call("POST", "/consumers", made);
    assertThat(ok(answer).getString("username")).isEqualTo(made.getString("username"));
    assertThat(answer.getHeader("Content-Type")).isEqualTo("application/json; charset=utf-8");
    assertThat(answer.getHeader("X")).isNull();
    assertThat(call("POST", "/services", new JsonObject().put("name", "<b>").put("host", "h")).statusCode())
        .isEqualTo(400);
  }

  @Test
  void bodiesAreBounded() {
    JsonObject large = new JsonObject().put("username", "x".repeat(70_000));
    assertThat(call("POST", "/consumers", large).statusCode()).isEqualTo(413);
    refused(raw("{\"a\":".repeat(10_000)), 400, "Cannot parse JSON body");
    refused(raw("[".repeat(60_000)), 400, "Cannot parse JSON body");
    refused(raw("{\"username\":\"one\",\"username\":\"two\"}"), 400, "Cannot parse JSON body");
    refused(form("POST", "/consumers", "a=1&".repeat(1001)), 400, "Too many arguments");
    refused(call("GET", "/consumers?" + "a=1&".repeat(1001)), 400, "Too many arguments");
    ok(call("GET", "/consumers"));
  }

  private HttpResponse<Buffer> raw(String json) {
    return gateway.admin(
        HttpMethod.POST, "/consumers", Map.of("Content-Type", "application/json"), Buffer.buffer(json));
  }

  @Test
  void settingsThatAreSecretAreMasked() {
    String shown = call("GET", "/").bodyAsString();
    assertThat(shown).doesNotContain("pg-s3cret");
  }
}
