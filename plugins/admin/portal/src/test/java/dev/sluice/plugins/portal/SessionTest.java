package dev.sluice.plugins.portal;

import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.MovableClock;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Logging in, where the Admin API asks for a token. */
class SessionTest extends PortalFixture {

  private static final String TOKEN = "s3cret-token";

  private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));

  @Override
  TestGateway.Builder gateway() {
    return super.gateway().setting("admin_token", TOKEN).clock(clock);
  }

  private HttpResponse<Buffer> logIn(String token) {
    return call("POST", "/_portal/session", new JsonObject().put("token", token), "Origin", origin());
  }

  private String cookie() {
    String line = logIn(TOKEN).getHeader("Set-Cookie");
    return line.substring(0, line.indexOf(';'));
  }

  private int services(String... headers) {
    return call("GET", "/kong-admin/services", headers).statusCode();
  }

  @Test
  void thePagesAreShownAndTheApiIsNot() {
    assertThat(call("GET", "/").statusCode()).isEqualTo(200);
    assertThat(services()).isEqualTo(401);
    assertThat(services("Cookie", "sluice_portal=guessed")).isEqualTo(401);
    assertThat(call("GET", "/_portal/session").bodyAsJsonObject())
        .isEqualTo(new JsonObject().put("required", true).put("open", false));
  }

  @Test
  void theTokenOpensASession() {
    HttpResponse<Buffer> entered = logIn(TOKEN);
    assertThat(entered.statusCode()).isEqualTo(204);
    assertThat(entered.getHeader("Set-Cookie"))
        .contains("HttpOnly", "SameSite=Strict", "Path=/", "Max-Age=43200")
        .doesNotContain(TOKEN, "Secure");
    String cookie = cookie();
    assertThat(services("Cookie", "other=1; " + cookie)).isEqualTo(200);
    assertThat(call("GET", "/_portal/session", "Cookie", cookie).bodyAsJsonObject().getBoolean("open")).isTrue();
    assertThat(logIn("s3cret-tokem").statusCode()).isEqualTo(401);
    assertThat(logIn("").statusCode()).isEqualTo(400);
    assertThat(call("POST", "/_portal/session", new JsonObject().put("token", TOKEN)).statusCode()).isEqualTo(403);
  }

  @Test
  void aSessionIsOfNoUseToOtherPages() {
    String cookie = cookie();
    JsonObject service = new JsonObject().put("host", "h.test");
    assertThat(call("POST", "/kong-admin/services", service, "Cookie", cookie, "Origin", "http://evil.test").statusCode())
        .isEqualTo(403);
    assertThat(call("POST", "/kong-admin/services", service, "Cookie", cookie, "Origin", origin()).statusCode())
        .isEqualTo(201);
  }

  @Test
  void whoLeavesIsOut() {
    String cookie = cookie();
    HttpResponse<Buffer> left = call("DELETE", "/_portal/session", "Cookie", cookie, "Origin", origin());
    assertThat(left.statusCode()).isEqualTo(204);
    assertThat(left.getHeader("Set-Cookie")).contains("Max-Age=0");
    assertThat(services("Cookie", cookie)).isEqualTo(401);
  }

  @Test
  void whoLogsInAgainLeavesTheSessionBefore() {
    String before = cookie();
    JsonObject token = new JsonObject().put("token", TOKEN);
    HttpResponse<Buffer> again = call("POST", "/_portal/session", token, "Origin", origin(), "Cookie", before);
    assertThat(again.getHeader("Set-Cookie")).doesNotContain(before);
    assertThat(services("Cookie", before)).isEqualTo(401);
  }

  @Test
  void aSessionOverTlsHasACookieOfItsOwn() {
    JsonObject token = new JsonObject().put("token", TOKEN);
    String line = call("POST", "/_portal/session", token, "Origin", "https://127.0.0.1:" + port()).getHeader("Set-Cookie");
    assertThat(line).startsWith("__Host-sluice_portal=").contains("; Secure", "Path=/");
    assertThat(services("Cookie", line.substring(0, line.indexOf(';')))).isEqualTo(200);
  }

  /** Whatever listens on the same host may set cookies for it. */
  @Test
  void aCookieThatOthersHaveSetEndsNoSession() {
    assertThat(services("Cookie", "sluice_portal=other; " + cookie())).isEqualTo(200);
    assertThat(services("Cookie", "sluice_portal=other; sluice_portal=another")).isEqualTo(401);
  }

  @Test
  void whatNoHeaderCouldHoldIsNoToken() {
    assertThat(logIn("x".repeat(17_000)).statusCode()).isEqualTo(400);
  }

  @Test
  void aSessionEnds() {
    String cookie = cookie();
    clock.advance(Sessions.LENGTH.minus(Duration.ofSeconds(1)));
    assertThat(services("Cookie", cookie)).isEqualTo(200);
    clock.advance(Duration.ofSeconds(1));
    assertThat(services("Cookie", cookie)).isEqualTo(401);
  }

  @Test
  void whoHasTheTokenItselfNeedsNoSession() {
    assertThat(services("Kong-Admin-Token", TOKEN)).isEqualTo(200);
    assertThat(services("Kong-Admin-Token", "wrong", "Cookie", cookie())).isEqualTo(401);
  }
}
