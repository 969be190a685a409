package dev.sluice.plugins.mirror;

import dev.sluice.api.entity.CoreEntities;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.RawClient;
import dev.sluice.testkit.RawOrigin;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A shadow that is away, hangs or breaks off, and what is more than the bounds: clients see nothing of it. */
class MirrorBoundsTest extends MirrorFixture {

  private final Queue<HttpServerRequest> held = new ConcurrentLinkedQueue<>();

  private void readTimeout(int millis) {
    gateway.update(CoreEntities.SERVICES, service.getString("id"), new JsonObject().put("read_timeout", millis));
  }

  private void errors(String which, int number) {
    Await.until(number + " " + which, () -> status().getJsonObject("shadow_errors").getInteger(which) == number);
    Await.until("all is over", () -> status().getInteger("in_flight") == 0);
  }

  @Test
  void aShadowThatHangsIsGivenNoMoreThanTheBound() {
    shadow = held::add;
    configure(new JsonObject().put("max_in_flight", 3));
    for (int i = 0; i < 20; i++) {
      assertThat(good("/").bodyAsString()).isEqualTo("same");
    }
    Await.until("all have been seen", () -> status().getInteger("requests") == 20);
    JsonObject status = status();
    assertThat(status.getInteger("in_flight")).isEqualTo(3);
    assertThat(status.getJsonObject("dropped").getInteger("in_flight")).isEqualTo(17);
    Await.until("the shadow has them", () -> held.size() == 3);
    held.forEach(request -> request.response().end("same"));
    assertThat(compared(3).getInteger("equal")).isEqualTo(3);
    shadow = request -> request.response().end("same");
    good("/");
    assertThat(compared(4).getInteger("equal")).isEqualTo(4);
  }

  @Test
  void aShadowThatIsTooSlowIsGivenUp() {
    readTimeout(200);
    shadow = request -> {
      if (request.path().equals("/trickle")) {
        request.response().setChunked(true).write("it begins");
      }
    };
    configure(NOTHING);
    good("/");
    good("/trickle");
    errors("timeout", 2);
  }

  @Test
  void aShadowThatIsAwayIsNoMatter() {
    RawOrigin gone = new RawOrigin(call -> false);
    gone.close();
    upstream("gone", gone.port());
    configure(new JsonObject().put("upstream", "gone"));
    good("/");
    errors("unreachable", 1);
  }

  @Test
  void aShadowWithoutTargetsIsNoMatter() {
    upstream("empty");
    String plugin = configure(new JsonObject().put("upstream", "empty"));
    good("/");
    errors("no_target", 1);
    JsonObject config = new JsonObject().put("upstream", "no-such-upstream");
    gateway.update(CoreEntities.PLUGINS, plugin, new JsonObject().put("config", config));
    good("/");
    errors("no_target", 2);
    assertThat(status().getJsonObject("shadow").getBoolean("exists")).isFalse();
  }

  @Test
  void aShadowThatBreaksOffIsNoMatter() {
    RawOrigin breaking =
        new RawOrigin(
            call -> {
              if (call.head().contains("/half")) {
                call.send("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf");
              } else if (call.head().contains("/rubbish")) {
                call.send("rubbish\r\n\r\n");
              } else if (call.head().contains("/switch")) {
                call.send("HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: upgrade\r\n\r\n");
              }
              call.reset();
              return false;
            });
    try (breaking) {
      upstream("breaking", breaking.port());
      configure(new JsonObject().put("upstream", "breaking"));
      good("/half");
      good("/rubbish");
      good("/reset");
      good("/switch");
      errors("broken", 4);
    }
  }

  @Test
  void aKeptConnectionThatHasBeenClosedIsNoFault() {
    RawOrigin closing =
        new RawOrigin(
            call -> {
              call.send("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nsame");
              return false;
            });
    try (closing) {
      upstream("closing", closing.port());
      configure(new JsonObject().put("upstream", "closing"));
      for (int i = 0; i < 20; i++) {
        good("/");
      }
      assertThat(compared(20).getInteger("equal")).isEqualTo(20);
    }
  }

  @Test
  void longBodiesAreLeftOut() {
    configure(new JsonObject().put("max_body", 1000).put("methods", new JsonArray().add("GET").add("POST")));
    gateway.send(HttpMethod.POST, "/", Map.of(), Buffer.buffer("x".repeat(1001)));
    try (RawClient client = new RawClient(gateway.proxyPort())) {
      client.send("POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
      client.send("3e8\r\n" + "x".repeat(1000) + "\r\n1\r\nx\r\n0\r\n\r\n");
      assertThat(client.readToEnd()).contains("200 OK");
    }
    JsonObject status = seen(2);
    assertThat(status.getJsonObject("dropped").getInteger("request_body")).isEqualTo(2);
    primary = request -> request.response().end("x".repeat(1001));
    assertThat(good("/").bodyAsString()).hasSize(1001);
    Await.until("it is left out", () -> status().getJsonObject("not_compared").getInteger("answer_body") == 1);
    primary = request -> request.response().end("x");
    shadow = request -> request.response().end("x".repeat(100_000));
    good("/");
    Await.until("it is left out", () -> status().getJsonObject("not_compared").getInteger("answer_body") == 2);
    primary = request -> request.response().end("x".repeat(1000));
    shadow = request -> request.response().end("x".repeat(1000));
    good("/");
    assertThat(compared(1).getInteger("equal")).isEqualTo(1);
  }

  @Test
  void answersWithoutEndAreNotWaitedFor() {
    shadow = request -> request.response().putHeader("Content-Type", "text/event-stream").setChunked(true).write("data: 1\n\n");
    configure(NOTHING);
    good("/");
    Await.until("it is left out", () -> status().getJsonObject("not_compared").getInteger("answer_body") == 1);
    assertThat(status().getInteger("in_flight")).isZero();
  }

  private void leftOut(int answers) {
    Await.until("it is left out", () -> status().getJsonObject("not_compared").getInteger("answer_body") == answers);
    Await.until("the place is free", () -> status().getInteger("in_flight") == 0);
  }

  @Test
  void nobodyReadsMoreThanTheBoundOfTheShadow() {
    shadow = request -> request.response().setChunked(true).write("x".repeat(1001));
    configure(new JsonObject().put("max_body", 1000));
    good("/");
    leftOut(1);
    shadow = request -> request.response().putHeader("Content-Length", "1001").write("x");
    good("/");
    leftOut(2);
    primary = request -> request.response().putHeader("Content-Length", "1001").end();
    shadow = primary;
    assertThat(gateway.send(HttpMethod.HEAD, "/", Map.of(), Buffer.buffer()).statusCode()).isEqualTo(200);
    assertThat(seen(3).getInteger("equal")).as("a HEAD has no body").isEqualTo(1);
  }

  @Test
  void clientsOfLongAnswersKeepNoPlace() {
    primary = request -> {
      if (request.path().equals("/events")) {
        request.response().putHeader("Content-Type", "text/event-stream").setChunked(true).write("data: 1\n\n");
      } else if (request.path().equals("/long")) {
        request.response().setChunked(true).write("x".repeat(1001));
      } else {
        request.response().end("same");
      }
    };
    configure(new JsonObject().put("max_body", 1000).put("max_in_flight", 1));
    try (RawClient events = new RawClient(gateway.proxyPort()); RawClient slow = new RawClient(gateway.proxyPort())) {
      events.send("GET /events HTTP/1.1\r\nHost: h\r\n\r\n");
      assertThat(events.readUntil("data: 1\n\n")).contains("200 OK");
      leftOut(1);
      slow.send("GET /long HTTP/1.1\r\nHost: h\r\n\r\n");
      leftOut(2);
      good("/");
      assertThat(compared(1).getInteger("equal")).isEqualTo(1);
    }
    good("/");
    assertThat(compared(2).getInteger("equal")).as("no place is given back twice").isEqualTo(2);
  }

  @Test
  void clientsThatLeaveAndUpstreamsThatFailAreAccountedFor() {
    primary = request -> {
      if (request.path().equals("/held")) {
        held.add(request);
      } else {
        request.connection().close();
      }
    };
    configure(NOTHING);
    assertThat(gateway.get("/").statusCode()).isEqualTo(502);
    try (RawClient client = new RawClient(gateway.proxyPort())) {
      client.send("GET /held HTTP/1.1\r\nHost: h\r\n\r\n");
      Await.until("it is under way", () -> !held.isEmpty());
      client.reset();
    }
    assertThat(seen(2).getJsonObject("not_compared").getInteger("primary")).isEqualTo(2);
  }
}
