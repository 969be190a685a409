package dev.sluice.plugins.mirror;

import io.vertx.core.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class JsonDiffTest {

  private static List<Difference> differences(String one, String other) {
    return JsonDiff.between(Json.decodeValue(one), Json.decodeValue(other), each -> false).differences();
  }

  private static List<String> places(String one, String other) {
    return differences(one, other).stream().map(Difference::place).toList();
  }

  private static List<String> kinds(String one, String other) {
    return differences(one, other).stream().map(Difference::kind).toList();
  }

  @Test
  void formAndOrderPlayNoPart() {
    assertThat(places("{\"a\":1,\"b\":[1,2.50]}", "{\"b\":[1.0,2.5],\"a\":1}")).isEmpty();
    assertThat(places("12345678901234567890", "12345678901234567891")).containsExactly("$");
    assertThat(places("null", "null")).isEmpty();
  }

  @Test
  void eachPlaceIsNamed() {
    String one = "{\"a\":{\"b c\":[{\"d\":1},{\"d\":2}]},\"e\":null,\"f\":\"1\",\"h\":[1,2]}";
    String other = "{\"a\":{\"b c\":[{\"d\":1},{\"d\":3}]},\"f\":1,\"g\":true,\"h\":[1]}";
    assertThat(places(one, other)).containsExactly("$.a['b c'][1].d", "$.e", "$.f", "$.h", "$.g");
    assertThat(kinds(one, other)).contains("$.a['b c'][*].d");
  }

  @Test
  void thereIsAnEnd() {
    String one = "[" + "1,".repeat(5000) + "1]";
    assertThat(places(one, one.replace('1', '2'))).hasSize(200);
    StringBuilder keys = new StringBuilder("{\"k\":1");
    for (int i = 0; i < 5000; i++) {
      keys.append(",\"k").append(i).append("\":1");
    }
    assertThat(places(keys.append('}').toString(), "{}")).hasSize(200);
  }

  @Test
  void whatIsLeftOutTakesNoPlace() {
    String one = "[" + "1,".repeat(5000) + "1]";
    Object primary = Json.decodeValue(one);
    Object shadow = Json.decodeValue(one.replace('1', '2'));
    Found found = JsonDiff.between(primary, shadow, each -> !each.place().equals("$[4000]"));
    assertThat(found.differences()).extracting(Difference::place).containsExactly("$[4000]");
    assertThat(found.more()).isFalse();
    String longer = "[" + "1,".repeat(15_000) + "1]";
    found = JsonDiff.between(Json.decodeValue(longer), Json.decodeValue(longer.replace('1', '2')), each -> true);
    assertThat(found.differences()).isEmpty();
    assertThat(found.more()).as("nobody knows").isTrue();
  }

  @Test
  void numbersWithoutEndAreCompared() {
    assertThat(places("1e400", "1e400")).isEmpty();
    assertThat(places("[1e400,1e400,-1e400]", "[1,-1e400,-1e400]")).containsExactly("$[0]", "$[1]");
  }

  @Test
  void placesAreShownInShort() {
    assertThat(differences("{\"" + "x".repeat(50_000) + "\":1}", "{}").get(0).shown().encode()).hasSizeLessThan(400);
  }

  @Test
  void secretsAreNotShownAtAnyDepth() {
    Difference found =
        differences("{\"session_data\":{\"x\":\"s1\"}}", "{\"session_data\":{\"x\":\"s2\"}}").get(0);
    assertThat(found.shown().encode()).doesNotContain("s1", "s2");
  }

  @Test
  void pathsHoldWhatIsBelow() {
    assertThat(JsonPath.of("$.items[*]").holds("$.items[3].id")).isTrue();
    assertThat(JsonPath.of("$.items[2].id").holds("$.items[3].id")).isFalse();
    assertThat(JsonPath.of("$..id").holds("$.a['b c'][1].id")).isTrue();
    assertThat(JsonPath.of("$..id").holds("$.a.idle")).isFalse();
    assertThat(JsonPath.of("$.*.b").holds("$.a.b")).isTrue();
    assertThat(JsonPath.of("$['b c'].d").holds("$['b c'].d.e")).isTrue();
    assertThat(JsonPath.of("$.a").holds("$.ab")).isFalse();
    assertThat(JsonPath.of("$").holds("$.anything")).isTrue();
  }

  @Test
  void whatIsNoPathIsRefused() {
    for (String wrong : List.of("", "items", "$.", "$items", "$.a[b]", "$.a b", "$[")) {
      assertThat(JsonPath.violation(wrong)).as(wrong).contains("not a JSON path such as $.items[*].id");
    }
  }
}
