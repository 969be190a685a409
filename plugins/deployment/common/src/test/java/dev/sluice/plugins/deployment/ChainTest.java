package dev.sluice.plugins.deployment;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ChainTest {

  private static List<JsonObject> chain(int records) {
    List<JsonObject> rows = new ArrayList<>();
    String previous = Chain.BEGINNING;
    for (int number = 1; number <= records; number++) {
      JsonObject row = new JsonObject()
          .put("number", number)
          .put("to", "green")
          .put("numbers", new JsonObject().put("error_rate", 0.5).put("requests", 20))
          .put("previous", previous);
      previous = Chain.hash(row);
      rows.add(row.put("hash", previous).put("id", Records.id(number)));
    }
    return rows;
  }

  private static String why(List<JsonObject> rows) {
    return Chain.beginning().walk(rows).map(Chain.Break::why).orElse("");
  }

  @Test
  void whatIsAsItWasWrittenHolds() {
    assertThat(why(chain(0))).isEmpty();
    assertThat(why(chain(4))).isEmpty();
  }

  @Test
  void aChainIsWalkedAlongInParts() {
    List<JsonObject> rows = chain(5);
    Chain chain = Chain.beginning();
    assertThat(chain.walk(rows.subList(0, 2))).isEmpty();
    Chain later = Chain.after(chain.number(), chain.hash());
    assertThat(later.walk(rows.subList(2, 5))).isEmpty();
    assertThat(later.number()).isEqualTo(5);
    assertThat(later.hash()).isEqualTo(rows.get(4).getString("hash"));
    assertThat(chain.walk(rows.subList(3, 5))).contains(new Chain.Break(3, "record 3 is missing"));
  }

  @Test
  void whatStoresMakeOfDocumentsPlaysNoPart() {
    JsonObject row = chain(1).get(0);
    JsonObject back = new JsonObject()
        .put("service", null)
        .put("previous", Chain.BEGINNING)
        .put("numbers", new JsonObject().put("requests", 20L).put("error_rate", 0.50))
        .put("to", "green")
        .put("number", 1L);
    assertThat(Chain.hash(back)).isEqualTo(row.getString("hash"));
  }

  @Test
  void tamperingIsNamed() {
    List<JsonObject> changed = chain(4);
    changed.get(2).put("to", "blue");
    assertThat(why(changed)).isEqualTo("record 3 was changed");

    List<JsonObject> deep = chain(4);
    deep.get(1).getJsonObject("numbers").put("requests", 21);
    assertThat(why(deep)).isEqualTo("record 2 was changed");

    List<JsonObject> other = chain(4);
    other.get(1).put("number", 9);
    assertThat(why(other)).isEqualTo("record 2 was changed");

    List<JsonObject> strange = chain(2);
    strange.add(new JsonObject().put("id", "9d1c6e0c-8c1f-4a9e-9f6f-6a2e5d1a7b11"));
    assertThat(why(strange)).isEqualTo("something follows that is no record");

    List<JsonObject> gone = chain(4);
    gone.remove(1);
    assertThat(why(gone)).isEqualTo("record 2 is missing");

    List<JsonObject> forged = chain(4);
    forged.get(1).put("to", "blue");
    forged.get(1).put("hash", Chain.hash(forged.get(1)));
    assertThat(why(forged)).isEqualTo("record 3 does not follow the one before it");
  }
}
