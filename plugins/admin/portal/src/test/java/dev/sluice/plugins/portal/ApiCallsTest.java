package dev.sluice.plugins.portal;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** The way from the pages to the Admin API, where no token is asked for. */
class ApiCallsTest extends PortalFixture {

  private static final JsonObject UPSTREAM = new JsonObject().put("name", "u");

  @Test
  void callsArePassedOn() {
    HttpResponse<Buffer> made = call("POST", "/kong-admin/default/upstreams", UPSTREAM, "Origin", origin());
    assertThat(made.statusCode()).isEqualTo(201);
    HttpResponse<Buffer> listed = call("GET", "/kong-admin/upstreams?size=1&sort_desc=1");
    assertThat(listed.bodyAsJsonObject().getJsonArray("data").getJsonObject(0).getString("name")).isEqualTo("u");
    assertThat(listed.getHeader("Cache-Control")).isEqualTo("no-store");
    assertThat(call("DELETE", "/kong-admin/upstreams/u", "Origin", origin()).statusCode()).isEqualTo(204);
    assertThat(call("GET", "/kong-admin/upstreams/u").statusCode()).isEqualTo(404);
    assertThat(call("GET", "/kong-admin").bodyAsJsonObject().getString("version")).startsWith("3.");
    assertThat(call("HEAD", "/kong-admin/upstreams").statusCode()).isEqualTo(200);
  }

  @Test
  void theNodeTellsWhereThePortalIs() {
    JsonObject configuration = call("GET", "/kong-admin/").bodyAsJsonObject().getJsonObject("configuration");
    assertThat(configuration.getJsonArray("admin_gui_listen")).isEqualTo(new JsonArray().add("127.0.0.1:0"));
    assertThat(configuration.getJsonArray("admin_gui_listeners").getJsonObject(0).getBoolean("ssl")).isFalse();
  }

  @ParameterizedTest
  @CsvSource({
    "POST, http://evil.test, cross-site",
    "POST, http://evil.test, ''",
    "POST, http://127.0.0.1:1, same-site",
    "POST, http://127.0.0.1:1, ''",
    "POST, http://localhost:{port}, ''",
    "POST, null, ''",
    "POST, '', ''",
    "POST, '', none",
    "POST, '', same-site",
    "DELETE, '', ''",
    "GET, http://127.0.0.1:1, same-site",
    "GET, '', same-site",
    "GET, '', cross-site"
  })
  void pagesOfOthersMayNothing(String method, String origin, String site) {
    call("POST", "/kong-admin/upstreams", UPSTREAM, "Origin", origin());
    String[] headers = new String[(origin.isEmpty() ? 0 : 2) + (site.isEmpty() ? 0 : 2)];
    if (!origin.isEmpty()) {
      headers[0] = "Origin";
      headers[1] = origin.replace("{port}", String.valueOf(port()));
    }
    if (!site.isEmpty()) {
      headers[headers.length - 2] = "Sec-Fetch-Site";
      headers[headers.length - 1] = site;
    }
    HttpResponse<Buffer> answer =
        method.equals("POST")
            ? call(method, "/kong-admin/services", new JsonObject().put("host", "h.test"), headers)
            : call(method, "/kong-admin/upstreams/u", headers);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.getHeader("Access-Control-Allow-Origin")).isNull();
    JsonObject services = call("GET", "/kong-admin/services").bodyAsJsonObject();
    assertThat(services.getJsonArray("data")).isEmpty();
    assertThat(call("GET", "/kong-admin/upstreams/u").statusCode()).isEqualTo(200);
  }

  @Test
  void noOtherOriginIsGivenLeaveToRead() {
    HttpResponse<Buffer> answer =
        call("GET", "/kong-admin/upstreams", "Origin", origin(), "Sec-Fetch-Site", "same-origin");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().names()).noneMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control"));
  }

  @ParameterizedTest
  @CsvSource({"/", "/kong-admin/upstreams", "/_portal/session", "/_portal/theme.js"})
  void itIsNotAskedUnderForeignNames(String path) {
    assertThat(call("GET", path, "Host", "evil.test").statusCode()).isEqualTo(403);
    assertThat(call("GET", path, "Host", "localhost:" + port()).statusCode()).isEqualTo(200);
  }

  @Test
  void withoutATokenNobodyHasToLogIn() {
    JsonObject session = call("GET", "/_portal/session").bodyAsJsonObject();
    assertThat(session).isEqualTo(new JsonObject().put("required", false).put("open", true));
    HttpResponse<Buffer> entered =
        call("POST", "/_portal/session", new JsonObject().put("token", "anything"), "Origin", origin());
    assertThat(entered.statusCode()).isEqualTo(204);
    assertThat(entered.getHeader("Set-Cookie")).as("nothing is kept").isNull();
  }

  @Test
  void anAnswerThatIsAPageMayDoNothing() {
    HttpResponse<Buffer> page = call("GET", "/kong-admin/default/nothing/at/all");
    assertThat(page.getHeader("Content-Security-Policy")).contains("default-src 'none'", "sandbox");
    assertThat(page.getHeader("Cross-Origin-Resource-Policy")).isEqualTo("same-origin");
    assertThat(page.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
  }

  /** Whoever may use the proxy could else say of themselves that they are a page of the portal. */
  @Test
  void itIsNotBehindTheProxy() {
    JsonObject service =
        gateway.create(gateway.type("services"), new JsonObject().put("host", "127.0.0.1").put("port", port()));
    gateway.create(
        gateway.type("routes"),
        new JsonObject()
            .put("paths", new JsonArray().add("/inner"))
            .put("service", new JsonObject().put("id", service.getString("id"))));
    assertThat(gateway.get("/inner/kong-admin/services").statusCode()).isEqualTo(503);
  }
}
