package dev.sluice.api.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class CoercionTest {

  private static final Schema SCHEMA = Schema.builder()
      .field("n", Fields.integer())
      .field("b", Fields.bool())
      .field("s", Fields.string())
      .field("list", Fields.array(Fields.integer()))
      .field("map", Fields.map(Fields.string(), Fields.array(Fields.string())))
      .field("record", Fields.record().field("x", Fields.number()).field("y", Fields.string()))
      .field("service", Fields.foreign("services"))
      .shorthand(Shorthand.expanding("size", Fields.integer(), size -> new JsonObject()))
      .build();

  private final Run run = Run.plain();

  @ParameterizedTest
  @CsvSource({"80, 80", "0x50, 80", "1e2, 100", "' 80', 80", "-1, -1"})
  void numbersAreWrittenInManyWays(String text, int expected) {
    assertThat(run.coerce(SCHEMA, "{'n':'" + text + "'}").getValue("n")).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"abc", "8O", "1_000", "--1"})
  void whatIsNoNumberStays(String text) {
    assertThat(run.coerce(SCHEMA, "{'n':'" + text + "'}").getValue("n")).isEqualTo(text);
  }

  @Test
  void onlyTwoTextsAreBooleans() {
    assertThat(run.coerce(SCHEMA, "{'b':'true'}").getValue("b")).isEqualTo(true);
    assertThat(run.coerce(SCHEMA, "{'b':'false'}").getValue("b")).isEqualTo(false);
    assertThat(run.coerce(SCHEMA, "{'b':'TRUE'}").getValue("b")).isEqualTo("TRUE");
    assertThat(run.coerce(SCHEMA, "{'n':true}").getValue("n")).isEqualTo(true);
  }

  @Test
  void theEmptyTextIsNull() {
    JsonObject coerced = run.coerce(SCHEMA, "{'s':'','list':'','record':{'y':''},'service':{'id':''}}");
    assertThat(coerced).isEqualTo(Run.json("{'s':null,'list':null,'record':{'y':null},'service':{'id':null}}"));
    assertThat(run.coerce(SCHEMA, "{'list':['']}").getJsonArray("list")).isEqualTo(new JsonArray().addNull());
  }

  @Test
  void aScalarBecomesAList() {
    assertThat(run.coerce(SCHEMA, "{'list':'1','map':{'k':'v'}}"))
        .isEqualTo(Run.json("{'list':[1],'map':{'k':['v']}}"));
    assertThat(run.coerce(SCHEMA, "{'list':['1','2']}").getJsonArray("list")).isEqualTo(new JsonArray().add(1).add(2));
  }

  @Test
  void anObjectIsNoList() {
    assertThat(run.coerce(SCHEMA, "{'list':{'0':'1'}}")).isEqualTo(Run.json("{'list':{'0':'1'}}"));
  }

  @Test
  void recordsAndShorthandsAreReached() {
    assertThat(run.coerce(SCHEMA, "{'record':{'x':'0.5','other':'1'},'size':'7','unknown':'1'}"))
        .isEqualTo(Run.json("{'record':{'x':0.5,'other':'1'},'size':7,'unknown':'1'}"));
  }
}
