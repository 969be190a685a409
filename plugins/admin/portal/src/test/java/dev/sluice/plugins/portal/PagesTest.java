package dev.sluice.plugins.portal;

import dev.sluice.testkit.RawClient;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.client.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** How the pages are served. */
class PagesTest extends PortalFixture {

  private static final Pattern SCRIPT = Pattern.compile("src=\"(/_portal/assets/[^\"]+\\.js)\"");

  private String script() {
    Matcher found = SCRIPT.matcher(call("GET", "/").bodyAsString());
    assertThat(found.find()).isTrue();
    return found.group(1);
  }

  @Test
  void nothingMayComeFromElsewhereAndNothingMayFrameThem() {
    HttpResponse<Buffer> page = call("GET", "/");
    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.getHeader("Content-Type")).isEqualTo("text/html; charset=utf-8");
    assertThat(page.getHeader("Content-Security-Policy"))
        .contains("default-src 'none'", "script-src 'self';", "frame-ancestors 'none'", "base-uri 'none'")
        .doesNotContain("unsafe-eval", "script-src 'self' ");
    assertThat(page.getHeader("X-Frame-Options")).isEqualTo("DENY");
    assertThat(page.getHeader("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.getHeader("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(page.bodyAsString()).doesNotContain("<style", "onload=").doesNotContainPattern("<script>");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/default/upstreams", "/team.a/routes/1", "/login", "/workspaces"})
  void aPlaceWithinThePageIsThePage(String path) {
    HttpResponse<Buffer> page = call("GET", path, "Accept", "text/html,*/*;q=0.8");
    assertThat(page.bodyAsString()).isEqualTo(call("GET", "/").bodyAsString());
    assertThat(page.getHeader("Cache-Control")).isEqualTo("no-cache");
    assertThat(call("GET", path, "Accept", "application/json").statusCode()).isEqualTo(404);
  }

  @Test
  void whatIsNamedByItsHashIsKeptForEver() {
    String script = script();
    HttpResponse<Buffer> plain = call("GET", script);
    assertThat(plain.getHeader("Cache-Control")).isEqualTo("public, max-age=31536000, immutable");
    assertThat(plain.getHeader("Content-Type")).isEqualTo("text/javascript; charset=utf-8");
    String tag = plain.getHeader("ETag");
    HttpResponse<Buffer> again = call("GET", script, "If-None-Match", "\"other\", W/" + tag);
    assertThat(again.statusCode()).isEqualTo(304);
    assertThat(again.getHeader("ETag")).isEqualTo(tag);
    assertThat(again.body()).isNull();
    assertThat(call("GET", script, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(call("HEAD", script, "If-None-Match", tag).statusCode()).isEqualTo(304);
    assertThat(call("GET", script, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);
    assertThat(call("GET", "/_portal/assets/gone.js", "Accept", "text/html").statusCode()).isEqualTo(404);
  }

  @Test
  void densestFormThatTheClientTakes() throws IOException {
    String script = script();
    byte[] plain = call("GET", script).body().getBytes();
    HttpResponse<Buffer> gzip = call("GET", script, "Accept-Encoding", "br;q=0, gzip");
    assertThat(gzip.getHeader("Content-Encoding")).isEqualTo("gzip");
    assertThat(new GZIPInputStream(new ByteArrayInputStream(gzip.body().getBytes())).readAllBytes()).isEqualTo(plain);
    HttpResponse<Buffer> brotli = call("GET", script, "Accept-Encoding", "gzip, deflate, br");
    assertThat(brotli.getHeader("Content-Encoding")).isEqualTo("br");
    assertThat(brotli.getHeader("Vary")).isEqualTo("Accept-Encoding");
    assertThat(brotli.body().length()).isLessThan(gzip.body().length());
    assertThat(brotli.getHeader("ETag")).isNotEqualTo(gzip.getHeader("ETag"));
    assertThat(call("GET", script).getHeader("Content-Encoding")).isNull();
  }

  @Test
  void headTellsWhatGetWould() {
    String script = script();
    HttpResponse<Buffer> head = call("HEAD", script);
    assertThat(head.statusCode()).isEqualTo(200);
    assertThat(head.body()).isNull();
    assertThat(head.getHeader("Content-Length")).isEqualTo(call("GET", script).getHeader("Content-Length"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/../PortalPlugin.class", "/_portal/../../dev/sluice/plugins/portal/PortalPlugin.class", "/%2e%2e/%2e%2e/etc/passwd",
        "/_portal/assets/..%2f..%2f..%2fMETA-INF/MANIFEST.MF", "//etc/passwd", "/files.txt", "/_portal/", "/web/files.txt",
        "/_portal\\..\\x", "/_portal/theme.js.br"
      })
  void noPathLeadsOut(String path) {
    try (RawClient raw = new RawClient(port())) {
      String answer = raw.send("GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n").readToEnd();
      assertThat(answer).startsWith("HTTP/1.1 4");
    }
  }

  @Test
  void pagesAreOnlyRead() {
    HttpResponse<Buffer> answer = call("POST", "/", "Origin", origin());
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.getHeader("Allow")).isEqualTo("GET, HEAD");
  }

  @Test
  void theLicencesOfWhatIsBundledAreThere() {
    assertThat(call("GET", "/_portal/THIRD-PARTY.txt").bodyAsString())
        .contains("@kong/kongponents 9.", "vue 3.", "@fontsource/inter", "Apache License");
  }
}
