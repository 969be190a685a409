package dev.sluice.plugins.bluegreen;

import dev.sluice.testkit.Await;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** What is written down of switches, and what becomes of it. */
class BlueGreenLedgerTest extends BlueGreenFixture {

  private static final JsonObject WATCH = new JsonObject()
      .put("watch", new JsonObject().put("window", 600).put("min_requests", 10).put("max_error_rate", 0.2));

  private JsonObject chain() {
    return get("/switches").getJsonObject("chain");
  }

  @Test
  void aSwitchCanBeUndoneAndTamperingIsNamed() {
    configure(NOTHING);
    posted(STATUS + "/switch", NOTHING);
    JsonObject undone = posted("/switches/1/undo", new JsonObject().put("reason", "too soon"));
    assertThat(undone.getString("action")).isEqualTo("undo");
    assertThat(side()).isEqualTo("blue null");
    refused("/switches/1/undo", NOTHING, 409, "something else has changed it since; use force to undo it still");
    posted(STATUS + "/switch", NOTHING);
    assertThat(chain().getBoolean("valid")).isTrue();

    String second = get("/switches/2").getString("id");
    gateway.update(gateway.type("switches"), second, new JsonObject().put("reason", "never mind"));
    assertThat(chain().getBoolean("valid")).isFalse();
    assertThat(chain().getLong("broken_at")).isEqualTo(2);
    assertThat(chain().getString("reason")).isEqualTo("record 2 was changed");
    gateway.update(gateway.type("switches"), second, new JsonObject().put("reason", "too soon"));
    assertThat(chain().getBoolean("valid")).isTrue();
    gateway.delete(gateway.type("switches"), get("/switches/3").getString("id"));
    assertThat(chain().getString("reason")).as("its end is cut off").isEqualTo("record 3 is missing");
    assertThat(gateway.admin(HttpMethod.GET, "/switches/9", Map.of(), Buffer.buffer()).statusCode()).isEqualTo(404);
    assertThat(gateway.admin(HttpMethod.GET, "/switches?size=x", Map.of(), Buffer.buffer()).statusCode())
        .isEqualTo(400);
  }

  @Test
  void aFaultySideIsSwitchedBackFrom() {
    configure(WATCH);
    posted(STATUS + "/switch", NOTHING);
    greenStatus = 500;
    for (int i = 0; i < 10; i++) {
      gateway.get("/");
    }
    Await.until("it has switched back", () -> side().equals("blue null"));
    Await.until("it is written down", () -> newest().getString("action").equals("rollback"));
    JsonObject row = newest();
    assertThat(row.getString("by")).isEqualTo("watch");
    assertThat(row.getString("from")).isEqualTo("green");
    assertThat(row.getString("to")).isEqualTo("blue");
    assertThat(row.getJsonObject("numbers").getLong("requests")).isGreaterThanOrEqualTo(10);
    assertThat(row.getJsonObject("numbers").getDouble("error_rate")).isGreaterThan(0.2);
    assertThat(row.getString("reason")).contains("requests failed after the switch");
    assertThat(get(STATUS).getJsonObject("watch").getString("state")).isEqualTo("tripped");
    assertThat(chain().getBoolean("valid")).isTrue();
  }

  @Test
  void aGoodSideStays() {
    configure(WATCH);
    posted(STATUS + "/switch", NOTHING);
    for (int i = 0; i < 15; i++) {
      assertThat(side()).isEqualTo("green null");
    }
    Await.until("all are counted", () -> get(STATUS).getJsonObject("watch").getLong("requests") == 15);
    JsonObject watch = get(STATUS).getJsonObject("watch");
    assertThat(watch.getString("state")).isEqualTo("watching");
    assertThat(watch.getLong("errors")).isZero();
    assertThat(get(STATUS).getString("active")).isEqualTo("green");
  }

  @Test
  void whatIsTakenBackIsNotWatched() {
    configure(WATCH);
    greenStatus = 500;
    posted(STATUS + "/switch", NOTHING);
    posted(STATUS + "/rollback", NOTHING);
    assertThat(get(STATUS).getJsonObject("watch").getString("side")).isEqualTo("green");
    assertThat(side()).isEqualTo("blue null");
  }
}
