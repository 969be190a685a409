package dev.sluice.api.entity;

import dev.sluice.api.schema.ConfigSchema;
import dev.sluice.api.schema.Fields;
import dev.sluice.api.schema.Run;
import dev.sluice.api.schema.Schema;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class VaultSchemaTest {

  private static final Schema SCHEMA = CoreEntities.VAULTS.schema();
  private static final ConfigSchema<JsonObject> ENV =
      ConfigSchema.<JsonObject>of(config -> config).alone().field("prefix", Fields.string()).build();

  private final Run run = Run.withVaults(Map.of("env", ENV));

  @Test
  void theConfigurationIsThatOfTheKind() {
    JsonObject made = run.insert(SCHEMA, "{'prefix':'my-vault','name':'env'}");
    assertThat(made.getJsonObject("config")).isEqualTo(new JsonObject().putNull("prefix"));
    assertThat(VaultConfig.decode(made).name()).isEqualTo("env");
    assertThat(run.message(SCHEMA, "{'prefix':'my-vault','name':'env','config':{'x':1}}"))
        .contains("schema violation (config.x: unknown field)");
    assertThat(ENV.render().getJsonArray("fields")).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', value = {
    "{} | name: required field missing",
    "{'name':'other','prefix':'a-b'} | name: vault 'other' is not installed",
    "{'name':'env'} | prefix: required field missing",
    "{'name':'env','prefix':'env'} | prefix: must not be one of: env",
  })
  void problemsAreNamed(String body, String problem) {
    assertThat(run.message(SCHEMA, body)).contains("schema violation (" + problem + ")");
  }

  @ParameterizedTest
  @ValueSource(strings = {"A", "a", "1a", "a_b", "a-", "-a", "a b"})
  void prefixesHaveAForm(String prefix) {
    assertThat(run.message(SCHEMA, "{'name':'env','prefix':'" + prefix + "'}"))
        .contains("schema violation (prefix: invalid value: " + prefix + ")");
  }
}
