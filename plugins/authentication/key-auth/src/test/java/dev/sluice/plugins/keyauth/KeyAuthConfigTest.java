package dev.sluice.plugins.keyauth;

import dev.sluice.api.schema.SchemaException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class KeyAuthConfigTest {

  @Test
  void defaultsAreKongs() {
    assertThat(KeyAuthConfig.SCHEMA.complete(new JsonObject()))
        .isEqualTo(new JsonObject()
            .put("key_names", new JsonArray().add("apikey"))
            .put("hide_credentials", false)
            .putNull("anonymous")
            .put("key_in_header", true)
            .put("key_in_query", true)
            .put("key_in_body", false)
            .put("run_on_preflight", true)
            .putNull("realm"));
  }

  @Test
  void theSchemaHasKongsFieldsInKongsOrder() {
    JsonObject schema = KeyAuthConfig.SCHEMA.render();
    List<String> top = names(schema.getJsonArray("fields"));
    assertThat(top).containsExactly("consumer", "protocols", "config");
    JsonObject config = schema.getJsonArray("fields").getJsonObject(2).getJsonObject("config");
    assertThat(names(config.getJsonArray("fields")))
        .containsExactly(
            "key_names", "hide_credentials", "anonymous", "key_in_header", "key_in_query", "key_in_body",
            "run_on_preflight", "realm");
    assertThat(new KeyAuthFactory().priority()).isEqualTo(1250);
  }

  private static List<String> names(JsonArray fields) {
    return fields.stream().map(field -> ((JsonObject) field).fieldNames().iterator().next()).toList();
  }

  @Test
  void wrongValuesAreNamed() {
    assertThatThrownBy(() -> KeyAuthConfig.SCHEMA.read(new JsonObject().put("anonymous", 5)))
        .isInstanceOf(SchemaException.class)
        .hasMessage("schema violation (config.anonymous: expected a string)");
    assertThatThrownBy(
            () -> KeyAuthConfig.SCHEMA.read(new JsonObject().put("key_names", new JsonArray().add("a b"))))
        .hasMessageContaining("bad header name 'a b', allowed characters are A-Z, a-z, 0-9, '_', and '-'");
  }

  @Test
  void theRealmIsQuoted() {
    assertThat(KeyAuthConfig.SCHEMA.read(new JsonObject().put("realm", "a \"b\" \\")).challenge())
        .isEqualTo("Key realm=\"a \\\"b\\\" \\\\\"");
    KeyAuthConfig broken = KeyAuthConfig.SCHEMA.read(new JsonObject().put("realm", "a\r\nSet-Cookie: b"));
    assertThatThrownBy(() -> new KeyAuthFactory().create(broken)).hasMessage("realm holds a control character");
  }
}
