package dev.sluice.plugins.requesttermination;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TerminationConfigTest {

  @Test
  void defaultsAreKongs() {
    assertThat(TerminationConfig.SCHEMA.complete(new JsonObject()))
        .isEqualTo(new JsonObject()
            .put("status_code", 503)
            .putNull("message")
            .putNull("content_type")
            .putNull("body")
            .put("echo", false)
            .putNull("trigger"));
    assertThat(new TerminationFactory(null).priority()).isEqualTo(2);
    JsonArray fields = TerminationConfig.SCHEMA.render().getJsonArray("fields");
    assertThat(fields.stream().map(field -> ((JsonObject) field).fieldNames().iterator().next()))
        .containsExactly("protocols", "config");
  }

  private static void refuses(JsonObject config, String message) {
    assertThatThrownBy(() -> TerminationConfig.SCHEMA.read(config))
        .hasMessage("schema violation (config" + message + ")");
  }

  @Test
  void whatDoesNotGoTogetherIsRefused() {
    refuses(new JsonObject().put("status_code", 99), ".status_code: value should be between 100 and 599");
    refuses(
        new JsonObject().put("message", "a").put("body", "b"), ": message cannot be used with content_type or body");
    refuses(new JsonObject().put("content_type", "x"), ": content_type requires a body");
    refuses(new JsonObject().put("echo", true).put("body", "x"), ": echo cannot be used with content_type and body");
  }

  @Test
  void aContentTypeCannotSmuggleHeaders() {
    TerminationConfig config = TerminationConfig.SCHEMA.read(
        new JsonObject().put("body", "x").put("content_type", "text/plain\r\nSet-Cookie: a=b"));
    assertThatThrownBy(() -> new TerminationFactory(null).create(config)).hasMessageContaining("content_type");
  }
}
