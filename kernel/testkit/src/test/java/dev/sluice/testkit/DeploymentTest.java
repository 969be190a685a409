package dev.sluice.testkit;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.sample.StrategyPlugin;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What the kernel makes of what strategies say. */
class DeploymentTest {

  private StrategyPlugin strategies;
  private TestGateway gateway;
  private TestBackend other;
  private JsonObject route;
  private int own;

  @BeforeEach
  void start() {
    strategies = new StrategyPlugin();
    gateway = TestGateway.with(strategies).start();
    other = gateway.backend(TestBackend.echo());
    route = gateway.route("/x");
    own = backend(gateway.get("/x"));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static int backend(HttpResponse<Buffer> answer) {
    assertThat(answer.statusCode()).as(answer.bodyAsString()).isEqualTo(200);
    return answer.bodyAsJsonObject().getInteger("backend");
  }

  private HttpResponse<Buffer> go(String where) {
    return gateway.get("/x", Map.of("X-Go", where));
  }

  private JsonObject upstream(String name, TestBackend to) {
    JsonObject upstream = gateway.create(CoreEntities.UPSTREAMS, new JsonObject().put("name", name));
    gateway.create(
        CoreEntities.TARGETS,
        new JsonObject()
            .put("target", "127.0.0.1:" + to.port())
            .put("upstream", new JsonObject().put("id", upstream.getString("id"))));
    return upstream;
  }

  private void told(String... lines) {
    Await.until("so much is told", () -> strategies.told().size() >= lines.length);
    assertThat(strategies.told()).containsExactlyInAnyOrder(lines);
  }

  @Test
  void requestsGoToTheGroupThatIsNamed() {
    upstream("green", other);
    gateway.plugin("by-header", new JsonObject().put("host", "green"), route);
    assertThat(backend(go("there"))).isEqualTo(other.port());
    assertThat(backend(gateway.get("/x"))).as("the rest").isEqualTo(own);
    told(
        "by-header began there told so",
        "by-header ended ANSWERED 200 failed 0",
        "by-header began  told so",
        "by-header ended ANSWERED 200 failed 0");
  }

  @Test
  void aMachineTakesThePlaceOfTheServicesOwn() {
    JsonObject machine = new JsonObject().put("host", "127.0.0.1").put("port", other.port()).put("uri", "/new");
    gateway.plugin("by-header", machine, route);
    JsonObject seen = gateway.get("/x?a=b", Map.of("X-Go", "there", "Host", "client")).bodyAsJsonObject();
    assertThat(seen.getInteger("backend")).isEqualTo(other.port());
    assertThat(seen.getString("uri")).isEqualTo("/new?a=b");
    assertThat(seen.getJsonObject("headers").getJsonArray("host")).containsExactly("127.0.0.1:" + other.port());
    assertThat(seen.getJsonObject("headers").containsKey("x-go")).as("what was meant for the strategy").isFalse();
    gateway.update(CoreEntities.ROUTES, route.getString("id"), new JsonObject().put("preserve_host", true));
    seen = gateway.get("/x", Map.of("X-Go", "there", "Host", "client")).bodyAsJsonObject();
    assertThat(seen.getJsonObject("headers").getJsonArray("host")).containsExactly("client");
  }

  @Test
  void onlyThePathMayDiffer() {
    gateway.plugin("by-header", new JsonObject().put("uri", "/new"), route);
    JsonObject seen = go("there").bodyAsJsonObject();
    assertThat(seen.getInteger("backend")).isEqualTo(own);
    assertThat(seen.getString("uri")).isEqualTo("/new");
  }

  @Test
  void groupsFollowUpstreamsThatComeAndGo() {
    gateway.plugin("by-header", new JsonObject().put("host", "green.invalid"), route);
    assertThat(go("there").statusCode()).as("no upstream of that name, and no machine").isEqualTo(500);
    JsonObject green = upstream("green.invalid", other);
    assertThat(backend(go("there"))).isEqualTo(other.port());
    gateway.delete(CoreEntities.UPSTREAMS, green.getString("id"));
    assertThat(go("there").statusCode()).isEqualTo(500);
  }

  @Test
  void aGroupTellsWhetherSomebodyCanTakeARequest() {
    gateway.plugin("by-header", new JsonObject().put("host", "green"), route);
    JsonObject green = gateway.create(CoreEntities.UPSTREAMS, new JsonObject().put("name", "green"));
    go("ask");
    gateway.create(
        CoreEntities.TARGETS,
        new JsonObject()
            .put("target", "127.0.0.1:" + other.port())
            .put("upstream", new JsonObject().put("id", green.getString("id"))));
    go("ask");
    Await.until("both are told", () -> strategies.told().size() == 4);
    assertThat(strategies.told())
        .contains("by-header began  available: false", "by-header began  available: true");
  }

  @Test
  void theNextStrategyIsAskedForTheRest() {
    upstream("green", other);
    TestBackend third = gateway.backend(TestBackend.echo());
    upstream("third", third);
    gateway.plugin("by-header", new JsonObject().put("host", "green"), route);
    gateway.plugin("fixed", new JsonObject().put("host", "third").put("to", "there"));
    assertThat(backend(go("there"))).isEqualTo(other.port());
    told("by-header began there told so", "by-header ended ANSWERED 200 failed 0");
    assertThat(backend(gateway.get("/x"))).isEqualTo(third.port());
    Await.until("both are told", () -> strategies.told().size() == 6);
  }

  @Test
  void theMostSpecificConfigurationCounts() {
    upstream("green", other);
    gateway.plugin("fixed", new JsonObject().put("to", "throw"));
    gateway.plugin("fixed", new JsonObject().put("host", "green").put("to", "there"), route);
    assertThat(backend(gateway.get("/x"))).isEqualTo(other.port());
  }

  @Test
  void whoDoesNotKnowWhereFails() {
    gateway.plugin("by-header", new JsonObject().put("host", "green"), route);
    assertThat(go("throw").statusCode()).isEqualTo(500);
    assertThat(go("nowhere").statusCode()).isEqualTo(500);
    assertThat(strategies.told()).isEmpty();
  }

  @Test
  void failuresAreTold() {
    gateway.plugin("by-header", new JsonObject().put("host", "green"), route);
    JsonObject green = upstream("green", other);
    assertThat(gateway.get("/x?status=503", Map.of("X-Go", "there")).statusCode()).isEqualTo(503);
    told("by-header began there told so", "by-header ended ANSWERED 503 failed 0");
    RawOrigin breaking =
        new RawOrigin(
            call -> {
              if (call.head().contains("/x?whole")) {
                call.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
              }
              call.reset();
              return false;
            });
    gateway.create(
        CoreEntities.TARGETS,
        new JsonObject()
            .put("target", "127.0.0.1:" + breaking.port())
            .put("weight", 1000)
            .put("upstream", new JsonObject().put("id", green.getString("id"))));
    assertThat(backend(go("there"))).as("after another attempt").isEqualTo(other.port());
    Await.until("told", () -> strategies.told().contains("by-header ended ANSWERED 200 failed 1"));
    assertThatThrownBy(() -> gateway.get("/x?whole", Map.of("X-Go", "there"))).isInstanceOf(Exception.class);
    Await.until("told", () -> strategies.told().contains("by-header ended BROKEN 200 failed 0"));
    breaking.close();
  }

  @Test
  void whoGivesUpIsToldFromWhoIsStillSending() {
    gateway.plugin("by-header", new JsonObject().put("host", "green"), route);
    JsonObject green = gateway.create(CoreEntities.UPSTREAMS, new JsonObject().put("name", "green"));
    try (RawOrigin silent = new RawOrigin(call -> true)) {
      gateway.create(
          CoreEntities.TARGETS,
          new JsonObject()
              .put("target", "127.0.0.1:" + silent.port())
              .put("upstream", new JsonObject().put("id", green.getString("id"))));
      leaves("GET /x HTTP/1.1\r\nHost: h\r\nX-Go: there\r\n\r\n", "by-header ended GIVEN_UP 0 failed 0");
      leaves("POST /x HTTP/1.1\r\nHost: h\r\nX-Go: there\r\nContent-Length: 4\r\n\r\nbody", "by-header ended GIVEN_UP 0 failed 0");
      leaves("POST /x HTTP/1.1\r\nHost: h\r\nX-Go: there\r\nContent-Length: 4\r\n\r\nbo", "by-header ended ABANDONED 0 failed 0");
    }
  }

  private void leaves(String request, String told) {
    int before = strategies.told().size();
    try (RawClient client = new RawClient(gateway.proxyPort()).send(request)) {
      Await.until("it goes there", () -> strategies.told().size() == before + 1);
      client.reset();
      Await.until("it has ended", () -> strategies.told().size() == before + 2);
      assertThat(strategies.told().get(before + 1)).isEqualTo(told);
    }
  }
}
