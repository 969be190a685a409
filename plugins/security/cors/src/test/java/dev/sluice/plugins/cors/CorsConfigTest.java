package dev.sluice.plugins.cors;

import dev.sluice.api.schema.SchemaException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CorsConfigTest {

  private static final JsonArray METHODS =
      new JsonArray(List.of("GET", "HEAD", "PUT", "PATCH", "POST", "DELETE", "OPTIONS", "TRACE", "CONNECT"));

  @Test
  void defaultsAreKongs() {
    assertThat(CorsConfig.SCHEMA.complete(new JsonObject()))
        .isEqualTo(new JsonObject()
            .putNull("origins")
            .putNull("headers")
            .putNull("exposed_headers")
            .put("methods", METHODS)
            .putNull("max_age")
            .put("credentials", false)
            .put("private_network", false)
            .put("preflight_continue", false));
    assertThat(new CorsFactory().priority()).isEqualTo(2000);
  }

  @Test
  void wrongValuesAreNamed() {
    refused(new JsonObject().put("origins", new JsonArray().add("*").add("(")), "'(' is not a valid regex");
    refused(new JsonObject().put("methods", new JsonArray().add("NOPE")), "expected one of: GET, HEAD, PUT");
    refused(new JsonObject().put("max_age", "x"), "config.max_age: expected a number");
  }

  private static void refused(JsonObject config, String message) {
    assertThatThrownBy(() -> CorsConfig.SCHEMA.read(config))
        .isInstanceOf(SchemaException.class)
        .hasMessageContaining(message);
  }

  @Test
  void aHeaderNameBringsNoSecondLine() {
    JsonObject config = new JsonObject().put("exposed_headers", new JsonArray().add("X\r\nSet-Cookie: a"));
    CorsConfig read = CorsConfig.SCHEMA.read(config);
    assertThatThrownBy(() -> new CorsFactory().create(read)).isInstanceOf(IllegalArgumentException.class);
  }
}
