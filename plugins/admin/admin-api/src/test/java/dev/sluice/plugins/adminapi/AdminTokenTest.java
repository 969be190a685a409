package dev.sluice.plugins.adminapi;

import dev.sluice.testkit.TestGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** An Admin API that demands a token (case AD-02). */
class AdminTokenTest extends AdminClient {

  @Override
  TestGateway.Builder gateway() {
    return super.gateway().setting("admin_token", "s3cret-token");
  }

  private HttpResponse<Buffer> call(String method, String uri, Map<String, String> headers) {
    return gateway.admin(HttpMethod.valueOf(method), uri, headers, Buffer.buffer());
  }

  @ParameterizedTest
  @CsvSource({
    "GET, /", "GET, /services", "GET, /nowhere", "DELETE, /services/x", "GET, /robots.txt", "GET, /%zz", "GET, /status",
    "GET, /a/services", "OPTIONS, /services", "HEAD, /services", "POST, /services", "TRACE, /", "GET, /openapi.json"
  })
  void nothingIsToldWithoutIt(String method, String path) {
    HttpResponse<Buffer> answer = call(method, path);
    assertThat(answer.statusCode()).isEqualTo(401);
    if (!method.equals("HEAD")) {
      refused(answer, 401, "Invalid RBAC credentials");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "Kong-Admin-Token, s3cret-token, 200",
    "kong-admin-token, s3cret-token, 200",
    "Authorization, Bearer s3cret-token, 200",
    "Authorization, bearer s3cret-token, 200",
    "Kong-Admin-Token, s3cret-tokem, 401",
    "Kong-Admin-Token, s3cret-toke, 401",
    "Kong-Admin-Token, '', 401",
    "Authorization, s3cret-token, 401",
    "Authorization, Basic s3cret-token, 401",
    "Cookie, s3cret-token, 401"
  })
  void whoHasItComesIn(String header, String value, int status) {
    assertThat(call("GET", "/services", Map.of(header, value)).statusCode()).isEqualTo(status);
  }

  @Test
  void aWrongOneIsNotMadeGoodByARightOneElsewhere() {
    Map<String, String> both = Map.of("Kong-Admin-Token", "wrong", "Authorization", "Bearer s3cret-token");
    assertThat(call("GET", "/services", both).statusCode()).isEqualTo(401);
  }

  @Test
  void browsersMayAskWhetherTheyMayAskAndLearnNothing() {
    Map<String, String> preflight =
        Map.of(
            "Origin", "http://manager.test:8002", "Access-Control-Request-Method", "POST",
            "Access-Control-Request-Headers", "kong-admin-token,content-type");
    HttpResponse<Buffer> known = call("OPTIONS", "/services", preflight);
    HttpResponse<Buffer> unknown = call("OPTIONS", "/nowhere", preflight);
    assertThat(known.statusCode()).isEqualTo(204);
    assertThat(known.getHeader("Access-Control-Allow-Origin")).isEqualTo("http://manager.test:8002");
    assertThat(known.getHeader("Access-Control-Allow-Headers")).isEqualTo("kong-admin-token,content-type");
    assertThat(unknown.headers().toString()).isEqualTo(known.headers().toString());
  }

  @Test
  void theStatusListenerAsksForNone() {
    assertThat(gateway.kernel().ports()).containsKey("status_listen.0");
    assertThat(gateway.kernel().node().configuration().encode()).doesNotContain("s3cret-token");
  }

  @Test
  void recordsSayWhoseItWas() {
    Map<String, String> token = Map.of("Kong-Admin-Token", "s3cret-token");
    call("DELETE", "/services/none", token);
    String rows = call("GET", "/audit", token).bodyAsString();
    assertThat(rows).contains("token " + Audit.fingerprint("s3cret-token")).doesNotContain("s3cret-token");
  }
}
