package dev.sluice.plugins.proxycache;

import dev.sluice.api.schema.SchemaException;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.EndpointsAlone;
import dev.sluice.testkit.fake.MovableClock;
import dev.sluice.testkit.fake.SayWho;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ProxyCacheTest {

  private static final MovableClock CLOCK = new MovableClock(Instant.parse("2026-03-04T05:06:07Z"));
  private static final AtomicInteger ASKED = new AtomicInteger();
  private static TestGateway gateway;
  private static TestBackend backend;
  private static JsonObject plugin;

  @BeforeAll
  static void start() {
    gateway = TestGateway.with(new ProxyCachePlugin(), new EndpointsAlone(), new SayWho()).clock(CLOCK).start();
    backend = gateway.backend(TestBackend.of(ProxyCacheTest::answer));
    gateway.plugin("say-who", new JsonObject());
    plugin = configure("/plain", new JsonObject().put("cache_ttl", 60));
    configure("/cc", new JsonObject().put("cache_ttl", 60).put("cache_control", true).put("storage_ttl", 1000));
  }

  /** Says what the request wants: {@code set-*} headers come back without that prefix. */
  private static void answer(HttpServerRequest request) {
    int number = ASKED.incrementAndGet();
    var response = request.response().putHeader("Content-Type", "text/plain");
    request.headers().forEach((name, value) -> {
      if (name.startsWith("set-")) {
        response.putHeader(name.substring(4), value);
      }
    });
    String status = request.getHeader("status");
    response.setStatusCode(status == null ? 200 : Integer.parseInt(status));
    response.end(request.method().equals(HttpMethod.HEAD) ? "" : "answer " + number);
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  private static JsonObject configure(String path, JsonObject config) {
    return gateway.plugin("proxy-cache", config.put("strategy", "memory"), gateway.route(path, backend));
  }

  private static HttpResponse<Buffer> get(String path, String... headers) {
    return send(HttpMethod.GET, path, headers);
  }

  private static HttpResponse<Buffer> send(HttpMethod method, String path, String... headers) {
    Map<String, String> map = headers.length == 0 ? Map.of()
        : headers.length == 2 ? Map.of(headers[0], headers[1])
            : Map.of(headers[0], headers[1], headers[2], headers[3]);
    return gateway.send(method, path, map, Buffer.buffer());
  }

  private static void is(String status, HttpResponse<Buffer> answer) {
    assertThat(answer.getHeader("X-Cache-Status")).isEqualTo(status);
  }

  @Test
  void whatWasAskedBeforeIsAnsweredAgain() {
    var miss = get("/plain/a?x=1", "set-x-more", "1");
    is("Miss", miss);
    CLOCK.advance(Duration.ofSeconds(3));
    var hit = get("/plain/a?x=1");
    is("Hit", hit);
    assertThat(hit.bodyAsString()).isEqualTo(miss.bodyAsString());
    assertThat(hit.getHeader("Age")).isEqualTo("3");
    assertThat(hit.getHeader("x-more")).isEqualTo("1");
    assertThat(hit.getHeader("Content-Type")).isEqualTo("text/plain");
    assertThat(hit.getHeader("Content-Length")).isEqualTo(String.valueOf(miss.body().length()));
    assertThat(hit.getHeader("X-Kong-Upstream-Latency")).isEqualTo("0");
    assertThat(hit.headers().contains("X-Kong-Response-Latency")).isFalse();
    assertThat(hit.getHeader("X-Kong-Request-Id")).isNotEqualTo(miss.getHeader("X-Kong-Request-Id"));
    assertThat(hit.getHeader("X-Cache-Key")).matches("[0-9a-f]{64}").isEqualTo(miss.getHeader("X-Cache-Key"));
  }

  @Test
  void differentRequestsAreToldApart() {
    get("/plain/d?x=1&y=2");
    is("Hit", get("/plain/d?y=2&x=1"));
    is("Miss", get("/plain/d?x=2&y=2"));
    is("Miss", get("/plain/D?x=1&y=2"));
    is("Miss", send(HttpMethod.HEAD, "/plain/d?x=1&y=2"));
    is("Bypass", send(HttpMethod.POST, "/plain/d?x=1&y=2"));
    is("Miss", get("/plain/d?x=1&y=2", "Host", "other.test"));
  }

  @Test
  void oneUserDoesNotSeeTheOther() {
    get("/plain/user", "Authorization", "Basic a");
    is("Miss", get("/plain/user"));
    is("Miss", get("/plain/user", "Authorization", "Basic b"));
    is("Hit", get("/plain/user", "Authorization", "Basic a"));
    is("Bypass", get("/plain/cookie", "set-Set-Cookie", "session=1"));
    is("Miss", get("/plain/cookie"));
  }

  @Test
  void thatGoesForUsersWhoAreNoConsumersToo() {
    is("Miss", get("/plain/session", "key", "ada"));
    is("Miss", get("/plain/session", "key", "bob"));
    is("Miss", get("/plain/session"));
    is("Hit", get("/plain/session", "key", "ada"));
    String ada = gateway.consumer("ada").getString("id");
    is("Miss", get("/plain/session", "who", "ada"));
    is("Miss", get("/plain/session", "key", ada));
    is("Hit", get("/plain/session", "who", "ada", "key", "another"));
  }

  @Test
  void varyIsHeeded() {
    get("/plain/vary", "set-Vary", "Accept-Language", "Accept-Language", "de");
    is("Hit", get("/plain/vary", "Accept-Language", "de"));
    is("Miss", get("/plain/vary", "set-Vary", "Accept-Language", "Accept-Language", "en"));
    is("Hit", get("/plain/vary", "Accept-Language", "en"));
    is("Hit", get("/plain/vary", "Accept-Language", "de"));
    is("Bypass", get("/plain/star", "set-Vary", "*"));
  }

  @Test
  void onlyWantedAnswersAreKept() {
    is("Bypass", get("/plain/html", "set-Content-Type", "text/html"));
    is("Bypass", get("/plain/charset", "set-Content-Type", "text/plain; charset=utf-8"));
    is("Bypass", get("/plain/500", "status", "500"));
    is("Miss", get("/plain/404", "status", "404"));
    var hit = get("/plain/404");
    is("Hit", hit);
    assertThat(hit.statusCode()).isEqualTo(404);
  }

  @Test
  void answersGrowOld() {
    configure("/old", new JsonObject().put("cache_ttl", 10).put("storage_ttl", 100));
    get("/old");
    CLOCK.advance(Duration.ofSeconds(10));
    is("Hit", get("/old"));
    CLOCK.advance(Duration.ofSeconds(1));
    is("Refresh", get("/old"));
    is("Hit", get("/old"));
    CLOCK.advance(Duration.ofSeconds(101));
    is("Miss", get("/old"));
  }

  @Test
  void cacheControlOfAnswersCounts() {
    is("Bypass", get("/cc/none"));
    for (String no : new String[] {"max-age=0", "no-cache", "no-store", "private, max-age=9", "s-maxage=0, max-age=9"}) {
      is("Bypass", get("/cc/no", "set-Cache-Control", no));
    }
    is("Miss", get("/cc/yes", "set-Cache-Control", "public, MAX-AGE=5"));
    is("Hit", get("/cc/yes"));
    is("Miss", get("/cc/expires", "set-Expires", "Wed, 04 Mar 2099 05:06:07 GMT"));
    is("Bypass", get("/cc/expired", "set-Expires", "Thu, 01 Jan 1970 00:00:00 GMT"));
  }

  @Test
  void cacheControlOfRequestsCounts() {
    is("Miss", get("/cc/q", "set-Cache-Control", "max-age=10"));
    is("Bypass", get("/cc/q", "Cache-Control", "no-cache"));
    is("Bypass", get("/cc/q", "Authorization", "Basic a"));
    is("Hit", get("/cc/q", "Cache-Control", "only-if-cached"));
    CLOCK.advance(Duration.ofSeconds(5));
    is("Refresh", get("/cc/q", "Cache-Control", "max-age=4", "set-Cache-Control", "max-age=10"));
    CLOCK.advance(Duration.ofSeconds(5));
    is("Refresh", get("/cc/q", "Cache-Control", "min-fresh=6", "set-Cache-Control", "max-age=10"));
    CLOCK.advance(Duration.ofSeconds(15));
    is("Hit", get("/cc/q", "Cache-Control", "max-stale=5"));
    is("Hit", get("/cc/q", "Cache-Control", "max-stale"));
    is("Refresh", get("/cc/q", "Cache-Control", "max-stale=4", "set-Cache-Control", "max-age=10"));
    var never = get("/cc/never", "Cache-Control", "only-if-cached");
    assertThat(never.statusCode()).isEqualTo(504);
    assertThat(never.bodyAsString()).startsWith("The upstream server is timing out\nrequest_id: ");
  }

  @Test
  void whatTellsAnswersApartIsConfigured() {
    configure("/by", new JsonObject()
        .put("vary_query_params", new JsonArray().add("x"))
        .put("vary_headers", new JsonArray().add("X-Lang"))
        .put("ignore_uri_case", true)
        .put("response_headers", new JsonObject().put("age", false).put("X-Cache-Key", false)));
    get("/by/a?x=1&y=1", "x-lang", "de");
    var hit = get("/by/A?x=1&y=2", "x-lang", "de");
    is("Hit", hit);
    assertThat(hit.headers().contains("Age")).isFalse();
    assertThat(hit.headers().contains("X-Cache-Key")).isFalse();
    is("Miss", get("/by/a?x=1", "x-lang", "en"));
    is("Miss", get("/by/a?x=2", "x-lang", "de"));
  }

  private static HttpResponse<Buffer> admin(HttpMethod method, String path) {
    return gateway.admin(method, path, Map.of(), Buffer.buffer());
  }

  @Test
  void operatorsSeeAndForget() {
    String key = get("/plain/op").getHeader("X-Cache-Key");
    var shown = admin(HttpMethod.GET, "/proxy-cache/" + key);
    assertThat(shown.statusCode()).isEqualTo(200);
    assertThat(shown.bodyAsJsonObject().getInteger("status")).isEqualTo(200);
    assertThat(shown.bodyAsJsonObject().getString("body")).startsWith("answer ");
    String own = "/proxy-cache/" + plugin.getString("id") + "/caches/" + key;
    assertThat(admin(HttpMethod.GET, own).statusCode()).isEqualTo(200);
    assertThat(admin(HttpMethod.GET, "/proxy-cache/" + UUID.randomUUID() + "/caches/" + key).statusCode()).isEqualTo(404);
    assertThat(admin(HttpMethod.DELETE, own).statusCode()).isEqualTo(204);
    assertThat(admin(HttpMethod.GET, "/proxy-cache/" + key).statusCode()).isEqualTo(404);
    assertThat(admin(HttpMethod.DELETE, "/proxy-cache/" + key).bodyAsString()).contains("404 Not Found");
    is("Miss", get("/plain/op"));
    assertThat(admin(HttpMethod.DELETE, "/proxy-cache").statusCode()).isEqualTo(204);
    is("Miss", get("/plain/op"));
  }

  @Test
  void wrongValuesAreNamed() {
    assertThat(refusal(new JsonObject())).isEqualTo("schema violation (config.strategy: required field missing)");
    assertThat(refusal(new JsonObject("{\"strategy\":\"memory\",\"response_code\":[99]}")))
        .contains("value should be between 100 and 900");
    assertThat(refusal(new JsonObject("{\"strategy\":\"memory\",\"memory\":{\"dictionary_name\":\"x\"}}")))
        .contains("missing shared dict 'x'");
  }

  private static String refusal(JsonObject config) {
    try {
      CacheConfig.SCHEMA.read(config);
      return "";
    } catch (SchemaException e) {
      return e.getMessage();
    }
  }
}
