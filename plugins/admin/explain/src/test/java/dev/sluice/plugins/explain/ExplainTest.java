package dev.sluice.plugins.explain;

import dev.sluice.api.entity.CoreEntities;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ExplainTest extends ExplainFixture {

  @Test
  void saysWhyARouteWon() {
    JsonArray hosts = new JsonArray().add("a.test");
    route("plain", paths("/users"));
    route("regex", paths("~/users/(?<who>[^/]+)").put("hosts", hosts).put("strip_path", false));
    route("longer", paths("/users/").put("hosts", hosts));
    JsonObject explained = explain("http://a.test/users/ada?x=1");
    assertThat(explained.getBoolean("sent")).isTrue();
    JsonObject route = explained.getJsonObject("route");
    assertThat(route.getString("name")).isEqualTo("regex");
    assertThat(route.getJsonObject("matched"))
        .isEqualTo(new JsonObject().put("host", "a.test").put("path", "~/users/(?<who>[^/]+)"));
    assertThat(route.getJsonObject("captures").getJsonObject("named")).isEqualTo(new JsonObject().put("who", "ada"));
    JsonArray others = explained.getJsonArray("runners_up");
    assertThat(others.getJsonObject(0).getString("name")).isEqualTo("longer");
    assertThat(others.getJsonObject(0).getString("behind")).isEqualTo("the path is no regular expression");
    assertThat(others.getJsonObject(1).getString("name")).isEqualTo("plain");
    assertThat(others.getJsonObject(1).getString("behind")).isEqualTo("fewer kinds of criteria");
    assertThat(explained.getJsonObject("service").getString("name")).isEqualTo("api");
    assertThat(explained.getJsonObject("request").getString("line")).isEqualTo("GET /users/ada?x=1 HTTP/1.1");
  }

  @Test
  void saysWhatNearlyMatched() {
    route("post", paths("/orders").put("methods", new JsonArray().add("POST")));
    route("elsewhere", paths("/orders").put("hosts", new JsonArray().add("a.test")).put("methods", new JsonArray().add("PUT")));
    JsonObject explained = explain("http://b.test/orders");
    assertThat(explained.getBoolean("sent")).isFalse();
    assertThat(explained.getJsonObject("answer").getInteger("status")).isEqualTo(404);
    assertThat(explained.getJsonObject("answer").getString("message")).isEqualTo("no Route matched with those values");
    JsonObject nearest = explained.getJsonArray("nearly").getJsonObject(0);
    assertThat(nearest.getString("name")).isEqualTo("post");
    assertThat(nearest.getJsonObject("missed")).isEqualTo(new JsonObject().put("method", "POST"));
    assertThat(explained.getJsonArray("nearly").getJsonObject(1).getJsonObject("missed").fieldNames())
        .containsExactly("method", "host");
  }

  @Test
  void tellsOfRedirectsAndMissingServices() {
    route("secure", paths("/s").put("protocols", new JsonArray().add("https")).put("https_redirect_status_code", 301));
    JsonObject moved = explain("http://a.test/s?x").getJsonObject("answer");
    assertThat(moved.getString("by")).isEqualTo("protocols");
    assertThat(moved.getInteger("status")).isEqualTo(301);
    assertThat(moved.getJsonObject("headers").getString("Location")).isEqualTo("https://a.test/s?x");
    gateway.create(CoreEntities.ROUTES, paths("/alone"));
    assertThat(explain("/alone").getJsonObject("answer")).isNotNull();
    assertThat(posted("/explain", new JsonObject().put("url", "/alone").put("host", "x")).getJsonObject("answer").getString("message"))
        .isEqualTo("no Service found with those values");
  }

  @Test
  void saysWhoGuards() {
    route("all", paths("/"));
    String guard = onService("key-auth", new JsonObject());
    gateway.consumer("ada");
    JsonObject stranger = posted("/explain", new JsonObject().put("url", "http://a.test/"));
    JsonObject plugin = stranger.getJsonArray("plugins").getJsonObject(0);
    assertThat(plugin.getString("id")).isEqualTo(guard);
    assertThat(plugin.getJsonObject("scope")).isEqualTo(new JsonObject().put("service", service.getString("id")));
    assertThat(plugin.getJsonArray("phases")).containsExactly("access");
    assertThat(plugin.getBoolean("authenticates")).isTrue();
    assertThat(stranger.getJsonArray("notes")).contains("without a consumer it is likely to be refused by: key-auth");
    JsonObject known = posted("/explain", new JsonObject().put("url", "http://a.test/").put("consumer", "ada"));
    assertThat(known.getJsonObject("consumer").getString("name")).isEqualTo("ada");
    assertThat(known.getJsonObject("request").getJsonArray("headers"))
        .contains(new JsonObject().put("name", "X-Consumer-Username").put("value", "ada"));
    assertThat(post("/explain", new JsonObject().put("url", "/").put("host", "a").put("consumer", "who")).statusCode()).isEqualTo(400);
  }

  @Test
  void tellsChances() {
    route("all", paths("/"));
    upstream("turns", new JsonObject(), 81, 82);
    upstream("ring", new JsonObject().put("algorithm", "consistent-hashing").put("hash_on", "ip"), 81, 82, 83);
    gateway.update(CoreEntities.SERVICES, service.getString("id"), new JsonObject().put("host", "turns"));
    JsonObject turns = explain("http://a.test/").getJsonObject("upstream");
    assertThat(turns.getString("algorithm")).isEqualTo("round-robin");
    assertThat(turns.getJsonArray("targets").getJsonObject(0).getDouble("chance")).isEqualTo(1 / 3.0);
    assertThat(turns.getJsonArray("targets").getJsonObject(1).getString("host_header")).isEqualTo("127.0.0.1:82");
    gateway.update(CoreEntities.SERVICES, service.getString("id"), new JsonObject().put("host", "ring"));
    JsonObject ring = explain("http://a.test/").getJsonObject("upstream");
    assertThat(ring.getJsonArray("targets")).extracting(each -> ((JsonObject) each).getDouble("chance")).containsOnlyOnce(1.0);
  }

  @Test
  void saysWhatIsAnsweredWhenNobodyCanTakeIt() {
    route("all", paths("/"));
    upstream("empty", new JsonObject().put("tags", new JsonArray().add("sluice:retry_after=7")));
    gateway.update(CoreEntities.SERVICES, service.getString("id"), new JsonObject().put("host", "empty"));
    JsonObject told = explain("http://a.test/").getJsonObject("answer");
    HttpResponse<Buffer> real = gateway.get("/", Map.of());
    assertThat(told.getString("by")).isEqualTo("balancer");
    assertThat(told.getInteger("status")).isEqualTo(real.statusCode()).isEqualTo(503);
    assertThat(told.getString("message")).isEqualTo(real.bodyAsJsonObject().getString("message"));
    assertThat(told.getJsonObject("headers").getString("Retry-After")).isEqualTo(real.getHeader("Retry-After")).isEqualTo("7");
  }

  @Test
  void tellsOfStrategies() {
    route("all", paths("/"));
    onService("canary", new JsonObject().put("upstream_uri", "/new").put("percentage", 100).put("hash", "ip"));
    JsonObject explained = posted("/explain", new JsonObject().put("url", "http://a.test/old").put("client_ip", "10.1.2.3"));
    assertThat(explained.getString("group")).isEqualTo("canary");
    assertThat(explained.getString("reason")).isEqualTo("bucket within the share");
    JsonObject strategy = explained.getJsonArray("strategies").getJsonObject(0);
    assertThat(strategy.getString("by")).isEqualTo("ip");
    assertThat(strategy.getString("key")).isEqualTo("10.1.2.3");
    assertThat(strategy.getInteger("bucket")).isBetween(0, 999);
    assertThat(strategy.getBoolean("by_chance")).isFalse();
    assertThat(strategy.getBoolean("sticky")).isTrue();
    assertThat(explained.getJsonObject("request").getString("line")).isEqualTo("GET /new HTTP/1.1");
  }

  @Test
  void knowsOtherProtocols() {
    route("calls", paths("/pkg.Calls").put("strip_path", false).put("protocols", new JsonArray().add("grpc")));
    JsonObject question = new JsonObject().put("method", "POST").put("url", "http://a.test/pkg.Calls/Do");
    JsonObject refused = posted("/explain", question).getJsonObject("answer");
    assertThat(refused.getString("by")).isEqualTo("protocols");
    assertThat(refused.getInteger("status")).isEqualTo(415);
    question.put("headers", new JsonObject().put("Content-Type", "application/grpc").put("TE", "trailers"));
    assertThat(posted("/explain", question).getJsonObject("answer").getInteger("status")).isEqualTo(426);
    gateway.update(CoreEntities.SERVICES, service.getString("id"), new JsonObject().put("protocol", "grpc"));
    JsonObject call = posted("/explain", question.put("http_version", "2"));
    assertThat(call.getJsonObject("request").getString("line")).isEqualTo("POST /pkg.Calls/Do HTTP/2");
    assertThat(call.getJsonObject("request").getJsonArray("headers"))
        .contains(new JsonObject().put("name", "te").put("value", "trailers"));
  }

  @Test
  void knowsWebSockets() {
    route("chat", paths("/chat"));
    JsonObject upgrade = new JsonObject()
        .put("Connection", "Upgrade")
        .put("Upgrade", "websocket")
        .put("Sec-WebSocket-Version", "13")
        .put("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
    JsonObject chat = posted("/explain", new JsonObject().put("url", "http://a.test/chat").put("headers", upgrade));
    assertThat(chat.getJsonObject("request").getJsonArray("headers"))
        .contains(new JsonObject().put("name", "Upgrade").put("value", "websocket"));
  }

  @Test
  void sendsNothingAndRunsNoFilter() {
    route("all", paths("/"));
    for (int i = 0; i < 20; i++) {
      explain("http://a.test/");
    }
    assertThat(gateway.kernel().snapshot().upstreams().values().iterator().next().addresses().get(0).inFlight()).isZero();
    assertThat(gateway.get("/", Map.of()).statusCode()).isEqualTo(200);
  }

  @Test
  void refusesWhatIsNoQuestion() {
    assertThat(post("/explain", new JsonObject()).bodyAsString()).contains("url: required field missing");
    assertThat(post("/explain", new JsonObject().put("url", "/").put("methd", "GET")).bodyAsString()).contains("unknown field");
    assertThat(post("/explain", new JsonObject().put("url", "ftp://x/")).statusCode()).isEqualTo(400);
    assertThat(post("/explain", new JsonObject().put("url", "/ x")).statusCode()).isEqualTo(400);
    assertThat(post("/explain", new JsonObject().put("url", "https://x/")).bodyAsString()).contains("no listener");
    JsonObject split = new JsonObject().put("url", "/").put("headers", new JsonObject().put("X", "a\r\nY: b"));
    assertThat(post("/explain", split).statusCode()).isEqualTo(400);
    JsonObject above = explain("http://a.test/a/../..").getJsonObject("answer");
    assertThat(above.getString("by")).isEqualTo("request");
    assertThat(above.getInteger("status")).isEqualTo(400);
  }
}
