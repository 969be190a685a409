package dev.sluice.plugins.bluegreen;

import dev.sluice.testkit.Await;
import dev.sluice.testkit.RawClient;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** The watch at work where something is in its way, and where a side says nothing at all. */
class BlueGreenWatchTest extends BlueGreenFixture {

  private static JsonObject watch(int requests) {
    return new JsonObject()
        .put("watch", new JsonObject().put("window", 600).put("min_requests", requests).put("max_error_rate", 0.2));
  }

  private JsonObject shown() {
    return get(STATUS).getJsonObject("watch");
  }

  private long inFlight() {
    return get(STATUS).getJsonObject("sides").getJsonObject("green").getLong("in_flight");
  }

  @Test
  void whatCannotBeWrittenIsTriedAgain() {
    configure(watch(5).put("blue", "empty-up"));
    posted(STATUS + "/switch", NOTHING);
    greenStatus = 500;
    for (int i = 0; i < 5; i++) {
      gateway.get("/");
    }
    Await.until("nobody is healthy at the other side", () -> shown().getString("hindered_by", "").contains("no healthy"));
    assertThat(shown().getString("state")).isEqualTo("tripped");
    assertThat(get(STATUS).getString("active")).isEqualTo("green");
    fillTheEmptyOne();
    Await.until("it has switched back", () -> side().equals("blue null"));
    Await.until("it is written down", () -> newest().getString("action").equals("rollback"));
    assertThat(newest().getString("by")).isEqualTo("watch");
    Await.until("nothing is in the way", () -> !shown().containsKey("hindered_by"));
  }

  @Test
  void aSideThatNeverAnswersIsSwitchedBackFromThoughClientsGiveUp() {
    configure(watch(3));
    posted(STATUS + "/switch", NOTHING);
    List<RawClient> clients = Stream.generate(() -> new RawClient(gateway.proxyPort())).limit(3).toList();
    clients.forEach(client -> client.send("GET /held HTTP/1.1\r\nHost: localhost\r\n\r\n"));
    RawClient sending = new RawClient(gateway.proxyPort())
        .send("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 20000\r\n\r\nthe first of it");
    Await.until("all wait", () -> held.size() == 3 && inFlight() == 4);
    long patience = System.nanoTime() + 5_100_000_000L;
    Await.until("they have waited long enough", () -> System.nanoTime() > patience);
    sending.close();
    Await.until("who was still sending is gone", () -> inFlight() == 3);
    assertThat(shown().getLong("errors")).as("the side could not have answered that one").isZero();
    clients.forEach(RawClient::close);
    Await.until("it has switched back", () -> side().equals("blue null"));
    Await.until("it is written down", () -> newest().getString("action").equals("rollback"));
    assertThat(newest().getJsonObject("numbers").getLong("errors")).isEqualTo(3);
  }
}
