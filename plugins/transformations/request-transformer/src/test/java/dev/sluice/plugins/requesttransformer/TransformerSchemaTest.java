package dev.sluice.plugins.requesttransformer;

import dev.sluice.api.schema.SchemaException;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TransformerSchemaTest {

  private static void refused(String config, String message) {
    assertThatThrownBy(() -> TransformerSchema.SCHEMA.read(new JsonObject(config)))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining(message);
  }

  @Test
  void defaultsAreKongs() {
    String empty = "{\"body\":[],\"headers\":[],\"querystring\":[]}";
    assertThat(TransformerSchema.SCHEMA.complete(new JsonObject()))
        .isEqualTo(new JsonObject("{\"http_method\":null,\"remove\":" + empty + ",\"rename\":" + empty
            + ",\"replace\":{\"body\":[],\"headers\":[],\"querystring\":[],\"uri\":null},\"add\":" + empty
            + ",\"append\":" + empty + "}"));
  }

  @Test
  void wrongValuesAreNamed() {
    refused("{\"add\":{\"headers\":[\"nocolon\"]}}", "invalid value: nocolon");
    refused("{\"add\":{\"headers\":[\"a b:c\"]}}", "'a b' is not a valid header");
    refused("{\"rename\":{\"headers\":[\"a:b c\"]}}", "'b c' is not a valid header");
    refused("{\"add\":{\"body\":[\"x\"]}}", "key 'x' has no value");
    refused("{\"add\":{\"body\":[\"x:$(\"]}}", "value '$(' is not in supported format");
    refused("{\"http_method\":\"get\"}", "config.http_method: invalid value: get");
  }
}
