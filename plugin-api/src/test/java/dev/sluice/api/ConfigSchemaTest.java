package dev.sluice.api;

import dev.sluice.api.schema.Check;
import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Match;
import dev.sluice.api.schema.SchemaException;
import dev.sluice.api.schema.Types;
import io.vertx.core.json.JsonObject;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A configuration in the hands of a plugin's author, who sees public types alone. */
class ConfigSchemaTest {

  private record Limits(Optional<Integer> minute, String policy, Optional<String> redisHost) {

    static Limits decode(JsonObject config) {
      return new Limits(
          Optional.ofNullable(config.getInteger("minute")),
          config.getString("policy"),
          Optional.ofNullable(config.getJsonObject("redis").getString("host")));
    }
  }

  private static final ConfigSchema<Limits> SCHEMA = ConfigSchema.of(Limits::decode)
      .withoutConsumer()
      .protocols(Types.httpProtocols().defaultTo("http", "https"))
      .field("minute", Fields.number().gt(0).describe("Per minute."))
      .field("hour", Fields.number().gt(0))
      .field("policy", Fields.string().oneOf("local", "redis").defaultTo("local"))
      .field("redis", Fields.record()
          .field("host", Types.host())
          .field("password", Fields.string().referenceable().encrypted())
          .required())
      .field("old", Fields.integer().deprecated("old no longer works", "4.0", 10))
      .check(Check.atLeastOneOf("config.minute", "config.hour"))
      .check(Check.conditional("config.policy", Match.eq("redis"), "config.redis.host", Match.required()))
      .configCheck(config -> config.getValue("hour") != null && config.getValue("minute") != null
          ? Optional.of("one of them is enough")
          : Optional.empty())
      .build();

  @Test
  void readsAConfiguration() {
    assertThat(SCHEMA.read(new JsonObject().put("minute", 5)))
        .isEqualTo(new Limits(Optional.of(5), "local", Optional.empty()));
  }

  @Test
  void refusesWhatBreaksIt() {
    assertThatThrownBy(() -> SCHEMA.read(new JsonObject().put("minute", 0)))
        .isInstanceOf(SchemaException.class)
        .hasMessage("schema violation (config.minute: value must be greater than 0)");
    assertThatThrownBy(() -> SCHEMA.read(new JsonObject())).hasMessage("schema violation (at least one of these fields"
        + " must be non-empty: 'config.minute', 'config.hour')");
    assertThatThrownBy(() -> SCHEMA.read(new JsonObject().put("minute", 1).put("policy", "redis"))).hasMessage("""
        2 schema violations (failed conditional validation given value of field 'config.policy'; config.redis: {
          host = "required field missing"
        })""");
    assertThatThrownBy(() -> SCHEMA.read(new JsonObject().put("minute", 1).put("hour", 1)))
        .hasMessage("schema violation (config: one of them is enough)");
  }

  @Test
  void rendersItself() {
    JsonObject rendered = SCHEMA.render();
    assertThat(rendered.getJsonArray("fields")).hasSize(3);
    assertThat(rendered.getJsonArray("fields").getJsonObject(0).getJsonObject("consumer"))
        .isEqualTo(new JsonObject("""
            {"type": "foreign", "reference": "consumers", "eq": null,
             "description": "Not available for this plugin: must be null."}"""));
    assertThat(rendered.getJsonArray("fields").getJsonObject(1).getJsonObject("protocols").getJsonArray("default"))
        .containsExactly("http", "https");
    JsonObject config = rendered.getJsonArray("fields").getJsonObject(2).getJsonObject("config");
    assertThat(config.getString("type")).isEqualTo("record");
    assertThat(config.getBoolean("required")).isTrue();
    assertThat(config.getJsonArray("fields").getJsonObject(0)).isEqualTo(
        new JsonObject("{\"minute\": {\"type\": \"number\", \"gt\": 0, \"description\": \"Per minute.\"}}"));
    assertThat(config.getJsonArray("fields").getJsonObject(4)).isEqualTo(new JsonObject("""
        {"old": {"type": "integer", "deprecation":
          {"message": "old no longer works", "removal_in_version": "4.0", "old_default": 10}}}"""));
    assertThat(rendered.getJsonArray("entity_checks").getJsonObject(0)).isEqualTo(
        new JsonObject("{\"at_least_one_of\": [\"config.minute\", \"config.hour\"]}"));
  }

  @Test
  void anyTakesAnything() {
    ConfigSchema<JsonObject> any = ConfigSchema.any(JsonObject::copy);
    assertThat(any.read(new JsonObject().put("a", 1))).isEqualTo(new JsonObject().put("a", 1));
    assertThatThrownBy(() -> any.read(null)).isInstanceOf(SchemaException.class);
  }
}
