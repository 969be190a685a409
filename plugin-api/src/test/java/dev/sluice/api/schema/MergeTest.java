package dev.sluice.api.schema;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MergeTest {

  private static final Schema SCHEMA = Schema.builder()
      .field("updated_at", Types.autoTimestamp())
      .field("name", Fields.string())
      .field("list", Fields.array(Fields.integer()))
      .field("map", Fields.map(Fields.string(), Fields.string()))
      .field("record", Fields.record()
          .field("a", Fields.integer().defaultTo(1))
          .field("deep", Fields.record().field("x", Fields.integer()).field("y", Fields.integer()).required())
          .required())
      .field("rows", Fields.set(Fields.record().field("p", Fields.integer()).field("q", Fields.integer())))
      .check(Check.atLeastOneOf("name", "list"))
      .build();

  private final Run run = Run.plain();
  private final JsonObject stored = run.insert(
      SCHEMA, "{'name':'n','list':[1,2],'map':{'k':'v'},'record':{'a':5,'deep':{'x':1,'y':2}}}").put("updated_at", 1);

  @Test
  void recordsMergeAndAllElseIsReplaced() {
    JsonObject patched = run.patch(
        SCHEMA, stored, "{'list':[3],'map':{'z':'w'},'record':{'deep':{'y':9}}}");
    assertThat(patched.getJsonArray("list")).isEqualTo(new JsonArray().add(3));
    assertThat(patched.getJsonObject("map")).isEqualTo(Run.json("{'z':'w'}"));
    assertThat(patched.getJsonObject("record")).isEqualTo(Run.json("{'a':5,'deep':{'x':1,'y':9}}"));
    assertThat(patched.getString("name")).isEqualTo("n");
  }

  @Test
  void theTimeOfTheChangeIsNew() {
    assertThat(run.patch(SCHEMA, stored, "{}").getValue("updated_at")).isEqualTo(1_700_000_000);
  }

  @Test
  void nullClears() {
    JsonObject patched = run.patch(SCHEMA, stored, "{'name':null,'record':{'a':null}}");
    assertThat(patched.getValue("name")).isNull();
    assertThat(patched.getJsonObject("record").getValue("a")).isNull();
    assertThat(run.patchRefusal(SCHEMA, stored, "{'record':{'deep':null}}").fields())
        .isEqualTo(Run.json("{'record':{'deep':'required field missing'}}"));
  }

  @Test
  void gapsInNewElementsAreFilled() {
    assertThat(run.patch(SCHEMA, stored, "{'rows':[{'p':1}]}").getJsonArray("rows").getJsonObject(0))
        .isEqualTo(Run.json("{'p':1,'q':null}"));
  }

  @Test
  void checksSayThatItIsAnUpdate() {
    assertThat(run.patchRefusal(SCHEMA, stored, "{'name':null,'list':[]}")).hasMessage(
        "schema violation (when updating, at least one of these fields must be non-empty: 'name', 'list')");
  }

  @Test
  void whatIsStoredStaysAsItIs() {
    JsonObject before = stored.copy();
    run.patch(SCHEMA, stored, "{'record':{'deep':{'y':9}},'list':[7]}");
    assertThat(stored).isEqualTo(before);
  }
}
