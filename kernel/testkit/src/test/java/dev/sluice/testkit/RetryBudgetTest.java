package dev.sluice.testkit;

import dev.sluice.api.entity.CoreEntities;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** How often upstreams are asked again, and what clients are told when nobody can take their requests. */
class RetryBudgetTest {

  private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
  private static final int REQUESTS = 50;

  private static TestGateway gateway;
  private static int number;

  @BeforeAll
  static void start() {
    gateway = TestGateway.with().setting("upstream_retry_after", "3").start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  /** A path that leads to the given ports, the first of them preferred, through an upstream with tags. */
  private static String pathTo(JsonArray tags, int... ports) {
    String name = "u" + ++number;
    JsonObject upstream = gateway.create(CoreEntities.UPSTREAMS, new JsonObject().put("name", name).put("tags", tags));
    int weight = 100;
    for (int port : ports) {
      gateway.create(
          CoreEntities.TARGETS,
          new JsonObject()
              .put("target", "127.0.0.1:" + port)
              .put("weight", weight--)
              .put("upstream", new JsonObject().put("id", upstream.getString("id"))));
    }
    JsonObject service = gateway.create(CoreEntities.SERVICES, new JsonObject().put("host", name));
    gateway.create(
        CoreEntities.ROUTES,
        new JsonObject()
            .put("paths", new JsonArray().add("/" + name + "/"))
            .put("service", new JsonObject().put("id", service.getString("id"))));
    return "/" + name + "/";
  }

  private static JsonArray tags(String... tags) {
    JsonArray all = new JsonArray();
    for (String tag : tags) {
      all.add(tag);
    }
    return all;
  }

  private static RawOrigin resetting() {
    return new RawOrigin(
        call -> {
          call.reset();
          return false;
        });
  }

  private static int closedPort() {
    try (RawOrigin origin = RawOrigin.saying(OK)) {
      return origin.port();
    }
  }

  private static int answered(String path, int status) {
    int count = 0;
    for (int i = 0; i < REQUESTS; i++) {
      count += gateway.get(path).statusCode() == status ? 1 : 0;
    }
    return count;
  }

  @Test
  void anUpstreamThatAlwaysFailsIsAskedAgainWithinTheBudget() {
    try (RawOrigin one = resetting();
        RawOrigin two = resetting()) {
      String path = pathTo(tags("sluice:retry_budget=20", "sluice:retry_floor=0"), one.port(), two.port());
      assertThat(answered(path, 502)).isEqualTo(REQUESTS);
      assertThat(one.heads()).hasSize(REQUESTS);
      // Seconds go by on a slow machine, and old requests with them: there may be fewer, never more.
      assertThat(two.heads().size()).isBetween(1, REQUESTS / 5);
    }
  }

  @Test
  void theFloorIsThereForLittleTraffic() {
    try (RawOrigin bad = resetting();
        RawOrigin good = RawOrigin.saying(OK)) {
      assertThat(answered(pathTo(tags(), bad.port(), good.port()), 200)).isEqualTo(REQUESTS);
      String path = pathTo(tags("sluice:retry_budget=0", "sluice:retry_floor=0"), bad.port(), good.port());
      assertThat(answered(path, 502)).isEqualTo(REQUESTS);
      String unbound = pathTo(tags("sluice:retry_budget=off", "sluice:retry_floor=0"), bad.port(), good.port());
      assertThat(answered(unbound, 200)).isEqualTo(REQUESTS);
    }
  }

  @Test
  void whoHasHadNothingOfTheRequestCostsNothing() {
    try (RawOrigin good = RawOrigin.saying(OK)) {
      JsonArray nothing = tags("sluice:retry_budget=0", "sluice:retry_floor=0");
      assertThat(answered(pathTo(nothing, closedPort(), good.port()), 200)).isEqualTo(REQUESTS);
      assertThat(answered(pathTo(nothing, closedPort(), closedPort()), 502)).isEqualTo(REQUESTS);
    }
  }

  @Test
  void clientsAreToldWhenToComeBack() {
    HttpResponse<Buffer> own = gateway.get(pathTo(tags("sluice:retry_after=7")));
    assertThat(own.statusCode()).isEqualTo(503);
    assertThat(own.getHeader("Retry-After")).isEqualTo("7");
    assertThat(own.bodyAsJsonObject().getString("message")).isEqualTo("failure to get a peer from the ring-balancer");
    assertThat(gateway.get(pathTo(tags())).getHeader("Retry-After")).isEqualTo("3");
    assertThat(gateway.get(pathTo(tags("sluice:retry_after=0"))).getHeader("Retry-After")).isNull();
  }
}
