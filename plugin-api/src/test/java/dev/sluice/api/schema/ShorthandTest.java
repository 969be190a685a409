package dev.sluice.api.schema;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ShorthandTest {

  private static final Schema SCHEMA = Schema.builder()
      .field("config", Fields.record()
          .field("redis", Fields.record()
              .field("host", Fields.string())
              .field("port", Fields.integer().defaultTo(6379))
              .required())
          .field("limit", Fields.integer())
          .shorthand(alias("redis_host", Fields.string(), "host"))
          .shorthand(alias("redis_port", Fields.integer(), "port"))
          .shorthand(Shorthand.expanding("max", Fields.integer(),
              value -> new JsonObject().put("limit", value.orElse(null))))
          .required())
      .build();

  private final Run run = Run.plain();

  private static Shorthand alias(String name, Field field, String target) {
    return Shorthand.alias(name, field, name + " is gone", "4.0", "redis", target);
  }

  @Test
  void anAliasIsWrittenThroughAndShownBesideItsField() {
    assertThat(run.insert(SCHEMA, "{'config':{'redis_host':'h'}}")).isEqualTo(Run.json(
        "{'config':{'redis':{'host':'h','port':6379},'limit':null,'redis_host':'h','redis_port':6379}}"));
  }

  @Test
  void aPatchMayUseEitherName() {
    JsonObject stored = run.insert(SCHEMA, "{'config':{'redis_host':'h'}}");
    JsonObject byField = run.patch(SCHEMA, stored, "{'config':{'redis':{'host':'i'}}}");
    assertThat(byField.getJsonObject("config").getString("redis_host")).isEqualTo("i");
    JsonObject byAlias = run.patch(SCHEMA, byField, "{'config':{'redis_host':'j'}}");
    assertThat(byAlias.getJsonObject("config").getJsonObject("redis"))
        .isEqualTo(Run.json("{'host':'j','port':6379}"));
    assertThat(run.patch(SCHEMA, byAlias, "{'config':{'redis_host':null}}")
        .getJsonObject("config").getJsonObject("redis").getValue("host")).isNull();
  }

  @Test
  void twoNamesWithDifferentValuesAreRefused() {
    SchemaException refusal =
        run.refusal(SCHEMA, "{'config':{'redis_host':'a','redis':{'host':'b'}}}");
    assertThat(refusal.fields().getString("redis_host")).isEqualTo("both deprecated and new field are used but their"
        + " values mismatch: redis_host = a vs redis.host = b");
    assertThat(run.refusal(SCHEMA, "{'config':{'redis_host':'a','redis':{'host':'a'}}}")).isNull();
  }

  @Test
  void aWrongTypeStopsAllElse() {
    assertThat(run.message(SCHEMA, "{'config':{'redis_port':'x','bogus':1}}"))
        .contains("schema violation (redis_port: expected an integer)");
  }

  @Test
  void anExpansionIsNeverShown() {
    JsonObject config = run.insert(SCHEMA, "{'config':{'max':5}}").getJsonObject("config");
    assertThat(config.getInteger("limit")).isEqualTo(5);
    assertThat(config.containsKey("max")).isFalse();
  }

  @Test
  void shorthandsAreRendered() {
    JsonObject config = SCHEMA.render().getJsonArray("fields").getJsonObject(0).getJsonObject("config");
    assertThat(config.getJsonArray("shorthand_fields").getJsonObject(0)).isEqualTo(Run.json(
        "{'redis_host':{'type':'string','deprecation':{'message':'redis_host is gone','removal_in_version':'4.0',"
            + "'replaced_with':[{'path':['redis','host']}]}}}"));
  }
}
