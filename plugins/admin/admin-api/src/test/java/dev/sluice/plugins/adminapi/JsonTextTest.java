package dev.sluice.plugins.adminapi;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class JsonTextTest {

  @ParameterizedTest
  @CsvSource({
    "80.0, 80",
    "0.0, 0",
    "-0.0, 0",
    "1.5, 1.5",
    "1461276890.123, 1461276890.123",
    "9007199254740992, 9007199254740992",
    "0.1, 0.1",
    "0.0001, 0.0001",
    "0.00001, 1e-05",
    "1e16, 1e+16",
    "-2.5e100, -2.5e+100",
    "123456789012345678, 1.234567890123457e+17",
    "NaN, null",
    "Infinity, null",
  })
  void printsNumbersPlainly(double number, String text) {
    assertThat(JsonText.of(number)).isEqualTo(text);
  }

  @Test
  void printsWholeNumbersInFull() {
    assertThat(JsonText.of(9_007_199_254_740_993L)).isEqualTo("9007199254740993");
  }

  @Test
  void printsTrees() {
    Map<String, Object> map = new LinkedHashMap<>();
    map.put("n", null);
    map.put("l", List.of(1, true));
    JsonObject tree =
        new JsonObject()
            .put("m", map)
            .put("e", new JsonArray())
            .put("o", new JsonObject())
            .put("s", "\"\\/\n\r\t\u0001\u007fü😀");
    assertThat(JsonText.of(tree))
        .isEqualTo(
            "{\"m\":{\"n\":null,\"l\":[1,true]},\"e\":[],\"o\":{},\"s\":\"\\\"\\\\/\\n\\r\\t\\u0001\\u007fü😀\"}");
    assertThat(new JsonObject(JsonText.of(tree)).getString("s")).isEqualTo(tree.getString("s"));
  }
}
