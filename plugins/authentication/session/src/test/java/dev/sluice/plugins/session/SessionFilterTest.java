package dev.sluice.plugins.session;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.EchoGateway;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static dev.sluice.plugins.session.SessionFixture.setCookie;
import static dev.sluice.testkit.EchoGateway.header;
import static org.assertj.core.api.Assertions.assertThat;

/** Sessions that the browser keeps. */
class SessionFilterTest {

  private SessionFixture f;

  @BeforeEach
  void start() {
    f = new SessionFixture();
  }

  @AfterEach
  void stop() {
    f.close();
  }

  @Test
  void aSessionStandsInForTheProof() {
    f.guard("/", new JsonObject());
    f.isNobody(f.visit("/"));
    assertThat(f.cookies).isEmpty();
    HttpResponse<Buffer> login = f.login("/");
    assertThat(setCookie(login, "session")).hasValueSatisfying(
        line -> assertThat(line).matches("session=[A-Za-z0-9_-]+; Path=/; SameSite=Strict; Secure; HttpOnly"));
    HttpResponse<Buffer> back = f.visit("/");
    f.isBob(back);
    assertThat(back.headers().contains("Set-Cookie")).as("nothing has changed").isFalse();
    assertThat(f.cookies.get("session")).doesNotContain(f.bob.getString("id"));
  }

  @Test
  void nobodyElsesCookieIsTaken() {
    f.guard("/own", new JsonObject());
    f.guard("/other-secret", new JsonObject().put("secret", "another"));
    f.guard("/other-audience", new JsonObject().put("audience", "others"));
    f.login("/own");
    f.isNobody(f.visit("/other-secret"));
    f.isNobody(f.visit("/other-audience"));
    String good = f.cookies.get("session");
    for (String wrong : new String[] {
      good.substring(0, good.length() - 2), good.substring(2), "x" + good, "", "abc", "=",
      (good.charAt(0) == 'A' ? "B" : "A") + good.substring(1),
    }) {
      f.cookies.put("session", wrong);
      f.isNobody(f.visit("/own"));
    }
  }

  @Test
  void aSessionEndsInTime() {
    f.guard("/idle", new JsonObject().put("idling_timeout", 100));
    f.login("/idle");
    f.advance(99);
    f.isBob(f.visit("/idle"));
    f.advance(99);
    f.isBob(f.visit("/idle"));
    f.advance(100);
    f.isNobody(f.visit("/idle"));
  }

  @Test
  void andInAnyCase() {
    f.guard("/", new JsonObject().put("idling_timeout", 0).put("rolling_timeout", 100).put("absolute_timeout", 250));
    f.login("/");
    String first = f.cookies.get("session");
    f.advance(74);
    f.isBob(f.visit("/"));
    assertThat(f.cookies.get("session")).isEqualTo(first);
    f.advance(1);
    f.isBob(f.visit("/"));
    assertThat(f.cookies.get("session")).as("renewed").isNotEqualTo(first);
    f.advance(99);
    f.isBob(f.visit("/"));
    f.advance(76);
    f.isNobody(f.visit("/"));
  }

  @Test
  void aNewProofBeginsANewSession() {
    f.guard("/", new JsonObject());
    f.login("/");
    String bobs = f.cookies.get("session");
    JsonObject eve = f.gateway.gateway().consumer("eve");
    EchoGateway.isConsumer(f.visit("/", Map.of("who", "eve")), eve, "proof-of-eve");
    assertThat(f.cookies.get("session")).isNotEqualTo(bobs);
    EchoGateway.isConsumer(f.visit("/"), eve, "proof-of-eve");
  }

  @Test
  void aSessionEndsWithItsConsumer() {
    f.guard("/", new JsonObject());
    f.login("/");
    f.gateway.gateway().delete(CoreEntities.CONSUMERS, f.bob.getString("id"));
    f.isNobody(f.visit("/"));
    assertThat(f.cookies).isEmpty();
  }

  @Test
  void groupsGoAlong() {
    f.guard("/", new JsonObject());
    f.visit("/", Map.of("who", "bob", "groups", "a,b"));
    assertThat(header(f.visit("/"), "x-authenticated-groups")).containsExactly("a, b");
  }

  private HttpResponse<Buffer> send(HttpMethod method, String path, String type, String body) {
    Map<String, String> headers = f.withCookies(Map.of("Content-Type", type));
    return f.took(f.gateway.gateway().send(method, path, headers, Buffer.buffer(body)));
  }

  @Test
  void aClientMayEndIt() {
    f.guard("/", new JsonObject().put("read_body_for_logout", true).put("remember", true));
    f.login("/");
    f.isBob(f.visit("/?session_logout=1"));
    f.isBob(send(HttpMethod.POST, "/", "application/x-www-form-urlencoded", "a=1"));
    HttpResponse<Buffer> bye = send(HttpMethod.POST, "/?session_logout=1", "text/plain", "");
    assertThat(bye.statusCode()).isEqualTo(200);
    assertThat(bye.bodyAsString()).isNull();
    assertThat(setCookie(bye, "session")).hasValueSatisfying(line -> assertThat(line).contains("; Max-Age=0"));
    assertThat(f.cookies).isEmpty();
    f.isNobody(f.visit("/"));
    f.login("/");
    assertThat(send(HttpMethod.POST, "/", "application/x-www-form-urlencoded", "session_logout=1").statusCode())
        .isEqualTo(200);
    assertThat(f.cookies).isEmpty();
    f.isNobody(send(HttpMethod.POST, "/?session_logout=1", "text/plain", ""));
  }

  @Test
  void theCookieIsOnesOwn() {
    f.guard("/", new JsonObject()
        .put("cookie_name", "sid")
        .put("cookie_path", "/x")
        .put("cookie_domain", "a.test")
        .put("cookie_same_site", "Lax")
        .put("cookie_secure", false)
        .put("cookie_http_only", false));
    assertThat(setCookie(f.visit("/", Map.of("who", "bob")), "sid")).hasValueSatisfying(
        line -> assertThat(line).endsWith("; Path=/x; Domain=a.test; SameSite=Lax"));
  }

  @Test
  void othersMayBeToldOfIt() {
    JsonArray all = new JsonArray(List.of(SessionHeader.labels()));
    f.guard("/", new JsonObject().put("request_headers", all).put("response_headers", all));
    HttpResponse<Buffer> login = f.login("/");
    assertThat(login.getHeader("Session-Audience")).isEqualTo("default");
    assertThat(login.getHeader("Session-Subject")).isEqualTo(f.bob.getString("id"));
    assertThat(login.getHeader("Session-Timeout")).isEqualTo("900");
    assertThat(login.getHeader("Session-Rolling-Timeout")).isEqualTo("3600");
    assertThat(login.getHeader("Session-Absolute-Timeout")).isEqualTo("86400");
    assertThat(header(login, "session-id")).isEmpty();
    f.advance(10);
    HttpResponse<Buffer> back = f.visit("/", Map.of("Session-Id", "mine", "Session-Subject", "root"));
    assertThat(header(back, "session-id")).containsExactly(login.getHeader("Session-Id"));
    assertThat(header(back, "session-subject")).containsExactly(f.bob.getString("id"));
    assertThat(header(back, "session-idling-timeout")).containsExactly("890");
  }

  @Test
  void aBrowserMayBeRemembered() {
    f.guard("/", new JsonObject()
        .put("remember", true)
        .put("remember_rolling_timeout", 10_000)
        .put("remember_absolute_timeout", 15_000));
    HttpResponse<Buffer> login = f.login("/");
    assertThat(setCookie(login, "remember")).hasValueSatisfying(line -> assertThat(line).endsWith("; Max-Age=10000"));
    String memory = f.cookies.get("remember");
    f.advance(5000);
    f.isBob(f.visit("/"));
    assertThat(f.cookies.get("remember")).as("remembered anew").isNotEqualTo(memory);
    assertThat(f.cookies).containsKey("session");
    f.advance(9999);
    f.isBob(f.visit("/"));
    f.advance(1000);
    f.cookies.remove("session");
    f.isNobody(f.visit("/"));
    f.cookies.put("session", f.cookies.get("remember"));
    f.isNobody(f.visit("/"));
  }
}
