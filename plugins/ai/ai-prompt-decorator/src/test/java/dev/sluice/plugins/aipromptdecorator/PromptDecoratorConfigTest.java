package dev.sluice.plugins.aipromptdecorator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class PromptDecoratorConfigTest {

  private static JsonObject prepend(JsonArray messages) {
    return new JsonObject().put("prompts", new JsonObject().put("prepend", messages));
  }

  @Test
  void defaultsAreKongs() {
    JsonArray given = new JsonArray().add(new JsonObject().put("content", "x"));
    assertThat(PromptDecoratorConfig.SCHEMA.complete(prepend(given)))
        .isEqualTo(new JsonObject()
            .put("prompts", new JsonObject()
                .put("prepend", new JsonArray().add(new JsonObject().put("role", "system").put("content", "x")))
                .putNull("append"))
            .put("max_request_body_size", 8192)
            .put("llm_format", "openai"));
    assertThat(new PromptDecoratorFactory().priority()).isEqualTo(772);
  }

  @Test
  void somethingMustBeAdded() {
    for (JsonObject config : new JsonObject[] {new JsonObject(), prepend(new JsonArray())}) {
      assertThatThrownBy(() -> PromptDecoratorConfig.SCHEMA.read(config)).hasMessage("schema violation (at least one"
          + " of these fields must be non-empty: 'config.prompts.prepend', 'config.prompts.append')");
    }
  }

  @Test
  void messagesAreFewAndShort() {
    JsonObject message = new JsonObject().put("content", "x");
    JsonArray many = new JsonArray();
    for (int i = 0; i < 16; i++) {
      many.add(message);
    }
    assertThatThrownBy(() -> PromptDecoratorConfig.SCHEMA.read(prepend(many)))
        .hasMessageContaining("length must be at most 15");
    JsonArray lengthy = new JsonArray().add(new JsonObject().put("content", "x".repeat(501)));
    assertThatThrownBy(() -> PromptDecoratorConfig.SCHEMA.read(prepend(lengthy)))
        .hasMessageContaining("length must be at most 500");
  }
}
