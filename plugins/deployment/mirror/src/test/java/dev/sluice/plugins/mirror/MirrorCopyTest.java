package dev.sluice.plugins.mirror;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.RawClient;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is copied, and what is not. */
class MirrorCopyTest extends MirrorFixture {

  private static final JsonObject WRITES = new JsonObject().put("methods", new JsonArray().add("GET").add("POST"));

  private static Map<String, String> without(Seen seen, String... names) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    headers.putAll(seen.headers());
    for (String name : names) {
      headers.remove(name);
    }
    return headers;
  }

  private void theSame(Seen original, Seen copy) {
    assertThat(copy.method()).isEqualTo(original.method());
    assertThat(copy.uri()).isEqualTo(original.uri());
    assertThat(copy.body()).isEqualTo(original.body());
    // A request that went up in chunks is copied with its length.
    assertThat(without(copy, "host", Mirror.MARK, "content-length"))
        .isEqualTo(without(original, "host", "content-length", "transfer-encoding"));
    assertThat(copy.headers().get(Mirror.MARK)).isEqualTo("copy");
    assertThat(copy.headers().get("host")).isEqualTo("127.0.0.1:" + shadowBackend.port());
  }

  @Test
  void aCopyIsTheRequestAsItWentUpstream() {
    gateway.plugin("adding", NOTHING);
    configure(WRITES);
    gateway.send(
        HttpMethod.POST, "/orders/1?a=b%20c", Map.of("X-Mine", "1", "Authorization", "Basic eA=="), Buffer.buffer("the body"));
    good("/plain");
    compared(2);
    assertThat(atShadow).hasSize(2);
    assertThat(atPrimary.peek().headers()).containsEntry("X-Added", "by a filter").doesNotContainKey(Mirror.MARK);
    theSame(atPrimary.remove(), atShadow.remove());
    theSame(atPrimary.remove(), atShadow.remove());
  }

  @Test
  void bodiesThatAreStreamedAreCopiedToo() {
    configure(WRITES.copy().put("max_body", 1 << 20));
    Buffer big = Buffer.buffer("0123456789abcdef".repeat(20_000));
    gateway.send(HttpMethod.POST, "/big", Map.of(), big);
    compared(1);
    assertThat(atShadow.peek().body()).isEqualTo(big);
    theSame(atPrimary.remove(), atShadow.remove());
    try (RawClient client = new RawClient(gateway.proxyPort())) {
      client.send("POST /parts HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
      for (int i = 0; i < 10; i++) {
        client.send("3e8\r\n" + "x".repeat(1000) + "\r\n");
      }
      assertThat(client.send("0\r\n\r\n").readToEnd()).contains("200 OK");
    }
    compared(2);
    assertThat(atShadow.peek().body().length()).isEqualTo(10_000);
    theSame(atPrimary.remove(), atShadow.remove());
  }

  @Test
  void aHostThatTheRouteKeepsIsKept() {
    gateway.update(CoreEntities.ROUTES, route.getString("id"), new JsonObject().put("preserve_host", true));
    configure(NOTHING);
    gateway.get("/", Map.of("Host", "shop.example"));
    compared(1);
    assertThat(atShadow.peek().headers()).containsEntry("host", "shop.example");
  }

  @Test
  void onlyReadingMethodsAreCopiedUnlessAsked() {
    configure(NOTHING);
    gateway.send(HttpMethod.POST, "/", Map.of(), Buffer.buffer("x"));
    gateway.send(HttpMethod.DELETE, "/", Map.of(), Buffer.buffer());
    gateway.send(HttpMethod.HEAD, "/", Map.of(), Buffer.buffer());
    JsonObject status = seen(3);
    assertThat(status.getJsonObject("dropped").getInteger("method")).isEqualTo(2);
    assertThat(status.getInteger("equal")).isEqualTo(1);
    assertThat(atShadow).extracting(Seen::method).containsExactly("HEAD");
  }

  @Test
  void copiesAndOtherProtocolsAreNotCopied() {
    configure(NOTHING);
    gateway.get("/", Map.of(Mirror.MARK, "copy"));
    gateway.get("/", Map.of("Upgrade", "websocket"));
    JsonObject dropped = seen(2).getJsonObject("dropped");
    assertThat(dropped.getInteger("marked")).isEqualTo(1);
    assertThat(dropped.getInteger("streaming")).isEqualTo(1);
    assertThat(atShadow).isEmpty();
  }

  @Test
  void aShareIsCopied() {
    String plugin = configure(new JsonObject().put("percentage", 0));
    good("/");
    assertThat(status().getInteger("requests")).isZero();
    gateway.update(
        CoreEntities.PLUGINS, plugin, new JsonObject().put("config", new JsonObject().put("percentage", 50)));
    for (int i = 0; i < 200; i++) {
      good("/");
    }
    Await.until("all is over", () -> status().getInteger("in_flight") == 0);
    assertThat(status().getInteger("requests")).isBetween(50, 150);
    assertThat(atShadow.size()).isEqualTo(status().getInteger("mirrored"));
  }

  @Test
  void aCopyIsNoRequest() {
    gateway.plugin("logged", NOTHING);
    configure(new JsonObject().put("noise_percentage", 100));
    int before = Logged.REQUESTS.get();
    for (int i = 0; i < 10; i++) {
      good("/");
    }
    assertThat(compared(10).getJsonObject("noise").getInteger("probes")).isEqualTo(10);
    assertThat(atPrimary).hasSize(20);
    assertThat(atPrimary).filteredOn(each -> "probe".equals(each.headers().get(Mirror.MARK))).hasSize(10);
    Await.until("all are logged", () -> Logged.REQUESTS.get() - before >= 10);
    assertThat(Logged.REQUESTS.get() - before).isEqualTo(10);
  }

  @Test
  void theShadowsBalancerChooses() {
    JsonObject weighted = upstream("weighted");
    MirrorSetUp.target(gateway, weighted, 1, 0);
    MirrorSetUp.target(gateway, weighted, shadowBackend.port(), 100);
    configure(new JsonObject().put("upstream", "weighted"));
    for (int i = 0; i < 5; i++) {
      good("/");
    }
    assertThat(compared(5).getJsonObject("shadow").getInteger("healthy")).isEqualTo(1);
  }

  @Test
  void aBalancerThatChoosesForACopyGivesClientsNothing() {
    JsonObject giving = gateway.create(
        CoreEntities.UPSTREAMS, new JsonObject().put("name", "giving").put("algorithm", "least-connections"));
    MirrorSetUp.target(gateway, giving, shadowBackend.port(), 100);
    configure(new JsonObject().put("upstream", "giving"));
    assertThat(good("/").headers().contains("Set-Cookie")).isFalse();
    assertThat(compared(1).getInteger("equal")).isEqualTo(1);
  }

  @Test
  void itCanHoldForARouteAndForAllServices() {
    JsonObject config = new JsonObject().put("upstream", "shadow-up");
    HttpResponse<Buffer> none = gateway.admin(HttpMethod.GET, "/mirror", Map.of(), Buffer.buffer());
    assertThat(none.statusCode()).isEqualTo(404);
    JsonObject forAll = gateway.plugin("mirror", config);
    good("/");
    Await.until("it is compared", () -> get("/mirror").getInteger("compared") == 1);
    gateway.plugin("mirror", config, route);
    good("/");
    Await.until("it is compared", () -> get("/routes/way/mirror").getInteger("compared") == 1);
    assertThat(get("/mirror").getInteger("requests")).isEqualTo(1);
    assertThat(get("/plugins/" + forAll.getString("id") + "/mirror").getInteger("requests")).isEqualTo(1);
    HttpResponse<Buffer> other = gateway.admin(HttpMethod.GET, STATUS, Map.of(), Buffer.buffer());
    assertThat(other.statusCode()).isEqualTo(404);
    assertThat(other.bodyAsJsonObject().getString("message")).isEqualTo("this service has no plugin 'mirror' of its own");
    assertThat(post("/routes/way/mirror/reset").bodyAsJsonObject().getInteger("requests")).isZero();
    assertThat(get("/routes/way/mirror").getInteger("requests")).isZero();
  }
}
