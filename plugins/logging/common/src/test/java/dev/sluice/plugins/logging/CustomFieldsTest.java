package dev.sluice.plugins.logging;

import dev.sluice.api.schema.ConfigSchema;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CustomFieldsTest {

  private static final ConfigSchema<CustomFields> SCHEMA =
      ConfigSchema.of(CustomFields::of).field(CustomFields.NAME, CustomFields.field()).build();

  private static JsonObject applied(String name, String code, JsonObject entry) {
    JsonObject given = new JsonObject().put(CustomFields.NAME, new JsonObject().put(name, code));
    SCHEMA.read(given).addTo(entry);
    return entry;
  }

  @Test
  void constantsAreAdded() {
    assertThat(applied("a", "return 'x'", new JsonObject())).isEqualTo(new JsonObject().put("a", "x"));
    assertThat(applied("a", " return \"it's \\\"x\\\"\" ;", new JsonObject()))
        .isEqualTo(new JsonObject().put("a", "it's \"x\""));
    assertThat(applied("a", "return 1", new JsonObject()).getValue("a")).isEqualTo(1L);
    assertThat(applied("a", "return -1.5", new JsonObject()).getValue("a")).isEqualTo(-1.5);
    assertThat(applied("a", "return true", new JsonObject()).getValue("a")).isEqualTo(true);
    assertThat(applied("a", "return '" + "\\n".repeat(100_000) + "'", new JsonObject()).getString("a")).hasSize(100_000);
  }

  @Test
  void nilTakesAway() {
    JsonObject entry = new JsonObject().put("a", new JsonObject().put("b", 1).put("c", 2));
    assertThat(applied("a.b", "return nil", entry)).isEqualTo(new JsonObject().put("a", new JsonObject().put("c", 2)));
  }

  @Test
  void dotsLeadDown() {
    assertThat(applied("a.b.c", "return 1", new JsonObject()).getJsonObject("a").getJsonObject("b").getLong("c"))
        .isEqualTo(1);
    assertThat(applied("a.b", "return 1", new JsonObject().put("a", "text"))).isEqualTo(new JsonObject().put("a", "text"));
  }

  @ParameterizedTest
  @ValueSource(strings = {
      "return kong.request.get_header('x')",
      "local x = 1 return x",
      "return 1 + 1",
      "return 'a' .. 'b'",
      "error('x')",
      "return {}",
      "returned",
      "return_x",
      "return 'a' 'b'",
      "return '",
      "return 'a\\",
      "return 'a\\'",
      "return '\\x'"})
  void whatNeedsLuaIsRefused(String code) {
    assertThatThrownBy(() -> applied("my.field", code, new JsonObject()))
        .hasMessageContaining("config.custom_fields_by_lua: 'my.field' needs Lua");
  }
}
