package dev.sluice.plugins.dns;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.api.upstream.TargetState;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.Load;
import dev.sluice.testkit.TestBackend;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.MovableClock;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** Names whose meaning changes while requests flow (case UF-15). */
class DnsTrafficTest {

  private static final int HOUR = 3600;

  /** {@code -Dsluice.names=1000} asks for as many as the case does, which takes ten seconds. */
  private static final int NAMES = Integer.getInteger("sluice.names", 200);

  private final DnsServer server = DnsServer.start();
  private final MovableClock clock = new MovableClock(Instant.parse("2026-01-01T00:00:00Z"));
  private final TestGateway gateway =
      TestGateway.with(new DnsPlugin())
          .settings(Map.of("dns_resolver", server.address(), "dns_hostsfile", "/dev/null"))
          .clock(clock)
          .start();
  private final TestBackend first = gateway.backend(TestBackend.echo());
  private final TestBackend second = gateway.backend(TestBackend.echo());

  @AfterEach
  void stop() {
    gateway.close();
    server.close();
  }

  private void serve(String path, String host, int port) {
    JsonObject service =
        gateway.create(CoreEntities.SERVICES, new JsonObject().put("host", host).put("port", port).put("retries", 0));
    gateway.create(
        CoreEntities.ROUTES,
        new JsonObject()
            .put("paths", new JsonArray().add(path))
            .put("service", new JsonObject().put("id", service.getString("id"))));
  }

  private int status(String path) {
    return gateway.get(path).statusCode();
  }

  private int backend(String path) {
    HttpResponse<Buffer> answer = gateway.get(path);
    return answer.statusCode() == 200 ? answer.bodyAsJsonObject().getInteger("backend") : -answer.statusCode();
  }

  private List<String> addresses() {
    return gateway.kernel().snapshot().upstreams().values().stream()
        .flatMap(upstream -> upstream.addresses().stream())
        .map(DnsTrafficTest::text)
        .sorted()
        .toList();
  }

  private static String text(TargetState address) {
    return address.address() + ":" + address.port() + " x" + address.weight();
  }

  private void later(Duration time) {
    clock.advance(time);
  }

  @Test
  void aChangedAnswerTakesOverUnderLoadWithoutAFailedRequest() {
    server.srv("moving.test", HOUR, "1 1 " + first.port() + " one.test").a("one.test", HOUR, "127.0.0.1");
    serve("/", "moving.test", 1);
    assertThat(backend("/")).isEqualTo(first.port());
    try (Load load = Load.on(gateway.proxyPort(), "/", 8, (answer, body) -> answer.statusCode() == 200)) {
      for (int round = 0; round < 3; round++) {
        TestBackend next = round % 2 == 0 ? second : first;
        server.srv("moving.test", HOUR, "1 1 " + next.port() + " one.test");
        load.awaitMore(50);
        later(Duration.ofSeconds(HOUR + 1));
        Await.until("the other one serves", () -> backend("/") == next.port());
        assertThat(addresses()).containsExactly("127.0.0.1:" + next.port() + " x1");
      }
      assertThat(load.failed()).as(load.failures()).isZero();
    }
  }

  @Test
  void aNameAppearsThatWasUnknownAtFirst() {
    serve("/", "late.test", first.port());
    HttpResponse<Buffer> nobody = gateway.get("/");
    assertThat(nobody.statusCode()).isEqualTo(503);
    assertThat(nobody.bodyAsJsonObject().getString("message")).isEqualTo("name resolution failed");

    server.a("late.test", HOUR, "127.0.0.1");
    later(Duration.ofSeconds(31));
    Await.until("it has appeared", () -> status("/") == 200);
    server.code("late.test", DnsServer.NAME_ERROR);
    later(Duration.ofSeconds(HOUR + 1));
    Await.until("it has gone", () -> status("/") == 503);
  }

  @Test
  void anAnswerOutlivesTheServerForItsTime() {
    server.a("old.test", 60, "127.0.0.1");
    serve("/", "old.test", first.port());
    assertThat(status("/")).isEqualTo(200);

    server.code("old.test", DnsServer.SERVER_FAILURE);
    later(Duration.ofSeconds(61));
    int asked = server.questions("old.test").size();
    Await.until("it was asked in vain", () -> server.questions("old.test").size() > asked);
    assertThat(status("/")).isEqualTo(200);
    later(Duration.ofSeconds(HOUR + 1));
    Await.until("the answer is too old", () -> status("/") == 500);
    assertThat(gateway.get("/").bodyAsJsonObject().getString("message"))
        .isEqualTo("failed the initial dns/balancer resolve for 'old.test' with: dns server error: 2 server failure");

    server.a("old.test", 60, "127.0.0.1");
    later(Duration.ofSeconds(2));
    Await.until("the server is back", () -> status("/") == 200);
  }

  @Test
  void targetsTakeWeightAndPortAndTheUpstreamTheNameOfTheirRecords() {
    server.srv("service.test", HOUR, "1 7 " + first.port() + " a.test", "1 2 " + second.port() + " b.test")
        .a("a.test", HOUR, "127.0.0.1")
        .a("b.test", HOUR, "127.0.0.1");
    JsonObject upstream =
        gateway.create(CoreEntities.UPSTREAMS, new JsonObject().put("name", "up").put("use_srv_name", true));
    gateway.create(
        CoreEntities.TARGETS,
        new JsonObject()
            .put("target", "service.test:1")
            .put("weight", 100)
            .put("upstream", new JsonObject().put("id", upstream.getString("id"))));
    serve("/", "up", 1);
    assertThat(addresses())
        .containsExactlyInAnyOrder("127.0.0.1:" + first.port() + " x7", "127.0.0.1:" + second.port() + " x2");
    JsonObject answer = gateway.get("/").bodyAsJsonObject();
    assertThat(answer.getInteger("backend")).isEqualTo(first.port());
    assertThat(answer.getJsonObject("headers").getJsonArray("host").getString(0))
        .isEqualTo("a.test:" + first.port());
  }

  @Test
  void manyNamesWithoutTimeAreAskedForAgainAndAgain() {
    JsonObject upstream = gateway.create(CoreEntities.UPSTREAMS, new JsonObject().put("name", "many"));
    for (int i = 0; i < NAMES; i++) {
      server.a("n" + i + ".test", 0, "127.0.0.1");
    }
    for (int i = 0; i < NAMES; i++) {
      gateway.create(
          CoreEntities.TARGETS,
          new JsonObject()
              .put("target", "n" + i + ".test:" + first.port())
              .put("upstream", new JsonObject().put("id", upstream.getString("id"))));
    }
    serve("/", "many", 1);
    assertThat(addresses()).hasSize(NAMES);
    for (int round = 0; round < 2; round++) {
      String ip = "127.0.0." + (round + 2);
      for (int i = 0; i < NAMES; i++) {
        server.a("n" + i + ".test", 0, ip);
      }
      later(Duration.ofSeconds(2));
      Await.until(
          "all have moved",
          () -> addresses().stream().filter(each -> each.startsWith(ip + ":")).count() == NAMES);
      assertThat(addresses()).hasSize(NAMES);
    }
  }
}
