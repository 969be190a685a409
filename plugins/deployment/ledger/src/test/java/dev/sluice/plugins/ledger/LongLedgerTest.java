package dev.sluice.plugins.ledger;

import dev.sluice.plugins.deployment.Records;
import dev.sluice.testkit.Await;
import dev.sluice.testkit.TestGateway;
import dev.sluice.testkit.fake.EndpointsAlone;
import dev.sluice.testkit.fake.MovableClock;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** More records than are read at once. */
class LongLedgerTest extends LedgerFixture {

  private static final int RECORDS = Records.PAGE + 50;
  private final MovableClock clock = new MovableClock(Instant.parse("2024-01-01T00:00:00Z"));

  @BeforeEach
  void start() {
    gateway = TestGateway.with(new LedgerPlugin(), new Writer(), new EndpointsAlone()).clock(clock).start();
    fill(RECORDS);
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private void tamper(long number, String reason) {
    gateway.update(gateway.type("switches"), Records.id(number), new JsonObject().put("reason", reason));
  }

  @Test
  void itIsReadPageByPageAndWrittenAtItsEnd() {
    List<Long> numbers = new ArrayList<>();
    String path = "/switches?size=300&service=" + ONE;
    while (path != null) {
      JsonObject answer = get(path);
      JsonArray data = answer.getJsonArray("data");
      data.forEach(row -> numbers.add(((JsonObject) row).getLong("number")));
      path = answer.getString("next");
    }
    assertThat(numbers).containsExactlyElementsOf(LongStream.rangeClosed(1, RECORDS).map(n -> RECORDS + 1 - n).boxed().toList());
    assertThat(get("/switches/550").getString("reason")).isEqualTo("reason 550");
    assertThat(get("/switches/" + Records.id(551)).getString("reason")).isEqualTo("reason 551");

    assertThat(append(OTHER)).isEqualTo(RECORDS + 1);
    fill(1);
    assertThat(append(OTHER)).as("another node has written one").isEqualTo(RECORDS + 3);
    List<JsonObject> own = Await.result(ledger.of(OTHER));
    assertThat(own).extracting(row -> row.getLong("number")).startsWith(RECORDS + 3L, RECORDS + 2L, RECORDS + 1L, RECORDS + 0L);
    assertThat(own).allMatch(row -> row.getString("plugin").equals(OTHER)).hasSize(20);
    JsonObject chain = chain("/switches");
    assertThat(chain.getBoolean("valid")).as(chain.encode()).isTrue();
    assertThat(chain.getLong("records")).isEqualTo(RECORDS + 3);
    assertThat(chain.getString("head")).isEqualTo(own.get(0).getString("hash"));
  }

  @Test
  void tamperingWithAnOldRecordIsFound() {
    assertThat(chain("/switches").getBoolean("valid")).isTrue();
    tamper(3, "never mind");
    JsonObject asked = chain("/switches?verify=1");
    assertThat(asked.getBoolean("valid")).isFalse();
    assertThat(asked.getLong("broken_at")).isEqualTo(3);
    assertThat(asked.getString("reason")).isEqualTo("record 3 was changed");
    assertThat(chain("/switches").getLong("broken_at")).as("that is not forgotten").isEqualTo(3);
    tamper(3, "reason 3");
    assertThat(chain("/switches").getBoolean("valid")).isTrue();

    tamper(4, "never mind");
    clock.advance(Duration.ofSeconds(61));
    assertThat(chain("/switches").getLong("broken_at")).as("found without being asked").isEqualTo(4);
  }

  @Test
  void itsEndIsLookedAtEachTime() {
    assertThat(chain("/switches").getBoolean("valid")).isTrue();
    fill(2);
    tamper(RECORDS + 1, "never mind");
    assertThat(chain("/switches").getLong("broken_at")).isEqualTo(RECORDS + 1);
    tamper(RECORDS + 1, "reason " + (RECORDS + 1));
    assertThat(chain("/switches").getBoolean("valid")).isTrue();
    gateway.delete(gateway.type("switches"), Records.id(RECORDS + 2));
    assertThat(chain("/switches").getString("reason")).isEqualTo("record " + (RECORDS + 2) + " is missing");
    assertThat(append(ONE)).as("what is not there is not followed").isEqualTo(RECORDS + 2);
    assertThat(chain("/switches").getString("reason")).isEqualTo("record " + (RECORDS + 2) + " was written anew");
  }
}
