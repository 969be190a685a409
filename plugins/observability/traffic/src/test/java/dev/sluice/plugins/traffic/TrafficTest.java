package dev.sluice.plugins.traffic;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.plugins.adminapi.AdminApiPlugin;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Real requests are told of, with their numbers, statuses, times and places. */
class TrafficTest {

  private TestGateway gateway;
  private TestBackend backend;
  private JsonObject upstream;
  private JsonObject balanced;
  private JsonObject plain;
  private JsonObject toBalanced;
  private JsonObject toPlain;

  @BeforeEach
  void start() {
    gateway = TestGateway.with(new TrafficPlugin(), new AdminApiPlugin()).start();
    backend = gateway.backend(TestBackend.of(request -> {
      int wait = Integer.parseInt(request.getParam("wait", "0"));
      if (wait == 0) {
        TestBackend.answer(request);
      } else {
        request.pause();
        Vertx.currentContext().owner().setTimer(wait, late -> {
          request.resume();
          TestBackend.answer(request);
        });
      }
    }));
    upstream = gateway.create(CoreEntities.UPSTREAMS, new JsonObject().put("name", "u.test"));
    gateway.create(
        CoreEntities.TARGETS,
        new JsonObject().put("target", "127.0.0.1:" + backend.port()).put("upstream", upstream));
    balanced = service(new JsonObject().put("name", "balanced").put("host", "u.test"));
    plain = service(new JsonObject().put("name", "plain").put("host", "127.0.0.1").put("port", backend.port()));
    toBalanced = route("b", balanced);
    toPlain = route("p", plain);
  }

  private JsonObject service(JsonObject body) {
    return gateway.create(CoreEntities.SERVICES, body);
  }

  private JsonObject route(String name, JsonObject service) {
    return gateway.create(
        CoreEntities.ROUTES,
        new JsonObject().put("name", name).put("paths", new JsonArray().add("/" + name)).put("service", service));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private JsonObject ask(String uri) {
    HttpResponse<Buffer> answer = gateway.admin(HttpMethod.GET, uri, Map.of(), Buffer.buffer());
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return answer.bodyAsJsonObject();
  }

  private JsonObject refused(String uri, int status) {
    HttpResponse<Buffer> answer = gateway.admin(HttpMethod.GET, uri, Map.of(), Buffer.buffer());
    assertThat(answer.statusCode()).isEqualTo(status);
    return answer.bodyAsJsonObject();
  }

  private void send(int times, String uri) {
    IntStream.range(0, times).forEach(i -> gateway.get(uri));
  }

  private JsonObject counted(String arguments, int requests) {
    Await.until(
        requests + " requests are counted",
        () -> ask("/traffic?" + arguments).getJsonObject("total").getInteger("requests") == requests);
    return ask("/traffic?" + arguments);
  }

  private static List<JsonObject> rows(JsonObject answer) {
    return answer.getJsonArray("data").stream().map(JsonObject.class::cast).toList();
  }

  private static JsonObject row(JsonObject answer, String name) {
    return rows(answer).stream().filter(each -> name.equals(each.getString("name"))).findAny().orElseThrow();
  }

  @Test
  void requestsAreCountedWhereTheyWent() {
    send(7, "/b");
    send(2, "/b?status=404");
    send(1, "/p?status=503");
    send(3, "/nowhere");
    JsonObject services = counted("by=service", 13);
    assertThat(services.getJsonObject("total").getJsonObject("statuses").getMap())
        .containsEntry("2xx", 7).containsEntry("4xx", 5).containsEntry("5xx", 1).containsEntry("none", 0);
    assertThat(rows(services)).extracting(each -> each.getInteger("requests")).containsExactly(9, 3, 1);
    assertThat(row(services, "balanced").getString("id")).isEqualTo(balanced.getString("id"));
    assertThat(rows(services).get(1).getValue("id")).isNull();
    JsonObject routes = ask("/traffic?by=route");
    assertThat(row(routes, "b").getJsonObject("statuses").getInteger("4xx")).isEqualTo(2);
    assertThat(row(routes, "b").getJsonArray("paths")).containsExactly("/b");
    JsonObject upstreams = ask("/traffic?by=upstream");
    assertThat(row(upstreams, "u.test").getString("id")).isEqualTo(upstream.getString("id"));
    assertThat(row(upstreams, "127.0.0.1:" + backend.port()).getInteger("requests")).isEqualTo(1);
    assertThat(row(upstreams, "u.test").getJsonArray("series").stream().mapToInt(each -> (int) each).sum()).isEqualTo(9);
    assertThat(ask("/traffic?size=1").getInteger("more")).isEqualTo(2);
  }

  @Test
  void percentilesAndTheGatewaysShareAreRight() {
    send(8, "/b");
    send(2, "/b?wait=300");
    JsonObject total = counted("", 10).getJsonObject("total");
    JsonObject latency = total.getJsonObject("latency_ms");
    assertThat(latency.getDouble("p50")).isLessThan(200);
    assertThat(latency.getDouble("p95")).isBetween(262.0, 400.0);
    assertThat(latency.getDouble("p99")).isBetween(latency.getDouble("p95"), 400.0);
    assertThat(latency.getDouble("mean")).isBetween(60.0, 200.0);
    assertThat(total.getDouble("gateway_ms")).isBetween(0.001, latency.getDouble("mean") - 59);
    assertThat(total.getJsonObject("bytes").getInteger("sent")).isGreaterThan(1000);
  }

  @Test
  void oneOfThemIsAskedFor() {
    send(2, "/b");
    send(3, "/p");
    assertThat(rows(counted("service=plain", 3))).hasSize(1);
    assertThat(rows(counted("route=" + toBalanced.getString("id") + "&by=route", 2))).hasSize(1);
    counted("upstream=u.test", 2);
    counted("upstream=u.test&service=plain", 0);
    refused("/traffic?service=other", 404);
    assertThat(refused("/traffic?by=colour", 400).getJsonObject("fields").getString("by"))
        .isEqualTo("expected one of: service, route, upstream");
    assertThat(refused("/traffic?seconds=301", 400).getJsonObject("fields").getString("seconds"))
        .isEqualTo("expected an integer between 1 and 300");
    JsonObject steps = ask("/traffic?seconds=60&step=5");
    assertThat(steps.getJsonObject("total").getJsonObject("series").getJsonArray("p95")).hasSize(12);
    assertThat(steps.getLong("from") % 5).isZero();
    assertThat(steps.getLong("until") - steps.getLong("from")).isBetween(56L, 60L);
  }

  @Test
  void whatIsRemovedIsShownNoMore() {
    send(2, "/b");
    send(1, "/p");
    assertThat(rows(counted("", 3))).hasSize(2);
    gateway.update(CoreEntities.SERVICES, balanced.getString("id"), new JsonObject().put("name", "renamed"));
    assertThat(row(ask("/traffic"), "renamed").getInteger("requests")).isEqualTo(2);
    gateway.delete(CoreEntities.ROUTES, toPlain.getString("id"));
    gateway.delete(CoreEntities.SERVICES, plain.getString("id"));
    assertThat(rows(ask("/traffic"))).extracting(each -> each.getString("name")).containsExactly("renamed");
    assertThat(ask("/traffic").getJsonObject("total").getInteger("requests")).isEqualTo(3);
    refused("/traffic?service=" + plain.getString("id"), 404);
  }

  @Test
  void countsAreKeptWhileTheConfigurationChanges() {
    for (int i = 0; i < 20; i++) {
      send(1, "/b");
      gateway.update(CoreEntities.ROUTES, toBalanced.getString("id"), new JsonObject().put("tags", new JsonArray().add("t" + i)));
      gateway.update(CoreEntities.UPSTREAMS, upstream.getString("id"), new JsonObject().put("slots", 100 + i));
    }
    assertThat(rows(counted("by=upstream", 20))).hasSize(1);
    assertThat(rows(ask("/traffic?by=route"))).hasSize(1);
  }

  @Test
  void workspacesSeeTheirOwn() {
    gateway.create(CoreEntities.WORKSPACES, new JsonObject().put("name", "team"));
    JsonObject made = gateway
        .admin(HttpMethod.POST, "/team/services", Map.of("Content-Type", "application/json"),
            new JsonObject().put("name", "s").put("host", "127.0.0.1").put("port", backend.port()).toBuffer())
        .bodyAsJsonObject();
    gateway.admin(HttpMethod.POST, "/team/routes", Map.of("Content-Type", "application/json"),
        new JsonObject().put("name", "r").put("paths", new JsonArray().add("/t")).put("service", made).toBuffer());
    send(4, "/t");
    send(1, "/b");
    counted("", 1);
    Await.until(
        "four requests", () -> ask("/team/traffic").getJsonObject("total").getInteger("requests") == 4);
    assertThat(rows(ask("/team/traffic?service=s"))).hasSize(1);
    refused("/traffic?service=s", 404);
  }

  @Test
  void theTailShowsRequestsAsTheyCome() {
    send(1, "/b");
    JsonObject first = ask("/traffic/tail");
    assertThat(rows(first)).isEmpty();
    assertThat(first.getBoolean("goes_on")).isFalse();
    gateway.send(HttpMethod.POST, "/b/x?key=secret", Map.of("X-Forwarded-For", "9.9.9.9"), Buffer.buffer("abc"));
    send(1, "/p?status=500");
    send(1, "/nowhere");
    String tail = "/traffic/tail?after=" + first.getString("next");
    Await.until("three requests", () -> rows(ask(tail)).size() == 3);
    JsonObject seen = ask(tail);
    assertThat(seen.encode()).doesNotContain("secret");
    assertThat(seen.getBoolean("goes_on")).isTrue();
    assertThat(seen.getInteger("missed")).isZero();
    JsonObject one = rows(seen).get(0);
    assertThat(one.getString("method")).isEqualTo("POST");
    assertThat(one.getString("path")).isEqualTo("/b/x");
    assertThat(one.getInteger("status")).isEqualTo(200);
    assertThat(one.getJsonObject("service").getString("name")).isEqualTo("balanced");
    assertThat(one.getJsonObject("upstream").getString("id")).isEqualTo(upstream.getString("id"));
    assertThat(one.getString("target")).isEqualTo("127.0.0.1:" + backend.port());
    assertThat(one.getJsonObject("bytes").getInteger("received")).isEqualTo(3);
    assertThat(rows(seen).get(2).getString("source")).isEqualTo("gateway");
    assertThat(rows(ask("/traffic/tail?after=" + seen.getString("next")))).isEmpty();
  }

  @Test
  void theTailCanBeNarrowed() {
    String errors = "/traffic/tail?status=5xx&route=p";
    String services = "/traffic/tail?service=balanced&upstream=u.test";
    ask(errors);
    ask(services);
    send(2, "/p?status=502");
    send(1, "/p");
    send(3, "/b?status=500");
    Await.until("two errors", () -> rows(ask(errors)).size() == 2);
    Await.until("three of a service", () -> rows(ask(services)).size() == 3);
    assertThat(refused("/traffic/tail?status=many", 400).getJsonObject("fields").getString("status"))
        .isEqualTo("expected a status, such as 404 or 5xx");
  }
}
