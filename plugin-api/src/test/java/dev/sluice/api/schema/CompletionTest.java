package dev.sluice.api.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class CompletionTest {

  private static final Schema SCHEMA = Schema.builder()
      .field("id", Types.id())
      .field("created_at", Types.autoTimestamp())
      .field("updated_at", Types.autoTimestampMillis())
      .field("key", Fields.string().required().auto())
      .field("name", Fields.string())
      .field("size", Fields.integer().defaultTo(3))
      .field("tags", Fields.set(Fields.string()))
      .field("hosts", Fields.array(Fields.string()).defaultTo("a", "b"))
      .field("inner", Fields.record()
          .field("on", Fields.bool().required().defaultTo(true))
          .field("note", Fields.string())
          .required())
      .field("maybe", Fields.record().field("note", Fields.string()))
      .field("rows", Fields.array(Fields.record().field("a", Fields.string()).field("b", Fields.string())))
      .field("limits", Fields.map(Fields.string(), Fields.record().field("minute", Fields.number())))
      .build();

  private final Run run = Run.plain();

  @Test
  void gapsAreFilledWithDefaultsAndNulls() {
    JsonObject document = run.insert(SCHEMA, "{'key':'k'}");
    assertThat(document.fieldNames()).containsExactlyInAnyOrderElementsOf(SCHEMA.fields().keySet());
    assertThat(document.getValue("name")).isNull();
    assertThat(document.getInteger("size")).isEqualTo(3);
    assertThat(document.getJsonArray("hosts")).containsExactly("a", "b");
    assertThat(document.getJsonObject("inner")).isEqualTo(Run.json("{'on':true,'note':null}"));
    assertThat(document.getValue("maybe")).isNull();
  }

  @Test
  void nestedGapsAreFilledWhereverTheyAre() {
    JsonObject document = run.insert(
        SCHEMA, "{'maybe':{},'inner':{'note':'n'},'rows':[{'a':'x'}],'limits':{'v':{}}}");
    assertThat(document.getJsonObject("maybe")).isEqualTo(Run.json("{'note':null}"));
    assertThat(document.getJsonObject("inner")).isEqualTo(Run.json("{'on':true,'note':'n'}"));
    assertThat(document.getJsonArray("rows").getJsonObject(0)).isEqualTo(Run.json("{'a':'x','b':null}"));
    assertThat(document.getJsonObject("limits")).isEqualTo(Run.json("{'v':{'minute':null}}"));
  }

  @Test
  void anExplicitNullIsKept() {
    JsonObject document = run.insert(SCHEMA, "{'size':null,'hosts':null}");
    assertThat(document.containsKey("size")).isTrue();
    assertThat(document.getValue("size")).isNull();
    assertThat(document.getValue("hosts")).isNull();
    assertThat(run.message(SCHEMA, "{'inner':null}")).contains("schema violation (inner: required field missing)");
  }

  @Test
  void automaticValuesAreMadeUp() {
    JsonObject document = run.insert(SCHEMA, "{}");
    assertThat(document.getString("id")).matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    assertThat(document.getString("key")).matches("[0-9A-Za-z]{32}");
    assertThat(document.getValue("created_at")).isEqualTo(1_700_000_000);
    assertThat(document.getValue("updated_at")).isEqualTo(1_700_000_000.25);
    assertThat(run.insert(SCHEMA, "{}").getString("id")).isNotEqualTo(document.getString("id"));
  }

  @Test
  void onlyTheTimeOfCreationMayBeGiven() {
    JsonObject document = run.insert(
        SCHEMA, "{'id':'0000000A-0000-4000-8000-000000000001','created_at':5,'updated_at':6}");
    assertThat(document.getString("id")).isEqualTo("0000000a-0000-4000-8000-000000000001");
    assertThat(document.getValue("created_at")).isEqualTo(5);
    assertThat(document.getValue("updated_at")).isEqualTo(1_700_000_000.25);
    assertThat(run.insert(SCHEMA, "{'created_at':null}").getValue("created_at")).isEqualTo(1_700_000_000);
  }

  @Test
  void setsDropWhatTheyHoldAlready() {
    JsonObject document = run.insert(SCHEMA, "{'tags':['b','a','b'],'hosts':['a','a']}");
    assertThat(document.getJsonArray("tags")).isEqualTo(new JsonArray().add("b").add("a"));
    assertThat(document.getJsonArray("hosts")).isEqualTo(new JsonArray().add("a").add("a"));
  }

  @Test
  void numbersBecomeCanonical() {
    assertThat(run.insert(SCHEMA, "{'size':8.0e1}").getValue("size")).isEqualTo(80);
    assertThat(run.insert(SCHEMA, "{'size':9007199254740991}").getValue("size")).isEqualTo(9_007_199_254_740_991L);
  }

  @Test
  void anEmptyObjectIsAnEmptyListAndTheOtherWayRound() {
    JsonObject document = run.insert(SCHEMA, "{'tags':{},'limits':[],'inner':[]}");
    assertThat(document.getValue("tags")).isEqualTo(new JsonArray());
    assertThat(document.getValue("limits")).isEqualTo(new JsonObject());
    assertThat(document.getJsonObject("inner").getBoolean("on")).isTrue();
  }

  @Test
  void documentsGivenAreNotChangedNorDefaultsShared() {
    JsonObject given = Run.json("{'inner':{}}");
    run.insert(SCHEMA, given).getJsonArray("hosts").add("c");
    assertThat(given).isEqualTo(Run.json("{'inner':{}}"));
    assertThat(run.insert(SCHEMA, "{}").getJsonArray("hosts")).hasSize(2);
  }

  @Test
  void theEmptySchemaTakesAnything() {
    assertThat(run.insert(Schema.EMPTY, "{'a':1}")).isEqualTo(Run.json("{'a':1}"));
    assertThat(run.patch(Schema.EMPTY, Run.json("{'a':1}"), "{'b':2}")).isEqualTo(Run.json("{'a':1,'b':2}"));
  }

  @Test
  void theLastStepSeesWhatWasGiven() {
    Schema shouting = Schema.builder()
        .field("name", Fields.string())
        .field("note", Fields.string())
        .finish((document, given) -> given.containsKey("name")
            ? document.put("name", document.getString("name") + "!")
            : document)
        .build();
    JsonObject stored = run.insert(shouting, "{'name':'a'}");
    assertThat(stored.getString("name")).isEqualTo("a!");
    assertThat(run.patch(shouting, stored, "{'note':'n'}").getString("name")).isEqualTo("a!");
    assertThat(run.patch(shouting, stored, "{'name':'b'}").getString("name")).isEqualTo("b!");
  }
}
